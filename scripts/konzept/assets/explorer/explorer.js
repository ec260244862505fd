/* The explorer: choose measures or an indicator, see sentence, chart and table of the choice.

   A front-end module in anywidget's format with two hosts: a notebook (konzept/notebook/widget.py) and a page
   without a server (page.js beside this file).  A host offers `model.get`, `set`, `save_changes`, `on`, `off`, `send`.
   Data are untrusted: they become text nodes and nothing else.  Its parts become one script where they are read
   (elements/explorer/script.py); what a name stands for is found in the part that exports it. */

import { changesView } from "./changes.js";
import { chosen, prepare } from "./choosing.js";
import { controlsOf, fill } from "./controls.js";
import { make } from "./elements.js";
import { figureOf } from "./figure.js";
import { indicatorView, numbersView } from "./indicators.js";
import { measuresView } from "./measures.js";
import { outOf } from "./out.js";
import { tableOf } from "./table.js";

export const VIEWS = { massnahmen: measuresView, kennzahlen: indicatorView, zahlen: numbersView, aenderungen: changesView };

let widgets = 0;

function render({ model, el }) {
  const data = prepare(model.get("material"));
  const choices = new Map(data.material.choices);
  const set = (values) => {
    for (const [trait, value] of Object.entries(values)) model.set(trait, value);
    model.set("strange", []);
    model.save_changes();
  };
  const addressOf = (values) => {
    const words = [...choices].filter(([trait]) => values[trait] !== undefined).map(([trait, { word }]) => [word, String(values[trait])]);
    return `#${String(new URLSearchParams(words)).replaceAll("%2C", ",")}`;
  };
  const host = {
    model, data, choices, set, fill, addressOf,
    prefix: `ik-e${(widgets += 1)}`,
    link(id, text) {
      const page = model.get("measures_page");
      return page ? make("a", { href: `${page}#${encodeURIComponent(id)}` }, text) : text;
    },
    /* A view of its own: an address that can be sent; followed here, it is chosen. */
    view(text, values) {
      return make("a", { href: addressOf(values), onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        set({ ...Object.fromEntries([...choices].map(([trait, { standard }]) => [trait, standard])), ...values });
      } }, text);
    },
  };

  let drawn = null;
  const root = make("div", { class: "ik-erkunden" });
  const controls = controlsOf(host);
  const status = make("p", { class: "ik-e-stand", role: "status" });
  const figure = figureOf(host);
  const table = tableOf(host);
  const out = outOf(host, { root, drawn: () => ({ view: drawn, svg: figure.picture?.svg }), print: table.all });
  root.append(...controls.parts, status, figure.element, ...out.parts, ...table.parts);

  /* From the choice to the page */
  let waiting = false;
  function redraw() {
    waiting = false;
    const state = chosen(model, data);
    controls.read(state);
    drawn = VIEWS[state.topic](data, state, host);
    status.textContent = drawn.sentence + (state.unknown.length ? ` Unbekannt und deshalb nicht berücksichtigt: ${state.unknown.join(", ")}.` : "");
    figure.show(drawn, data.indicators.get(state.indicator));
    table.show(drawn, state);
    out.hide();
    root.dataset.gezeichnet = String(Number(root.dataset.gezeichnet ?? 0) + 1);
  }
  const soon = () => {
    if (!waiting) {
      waiting = true;
      queueMicrotask(redraw);
    }
  };
  const events = [...choices.keys(), "strange"].map((t) => `change:${t}`);
  for (const event of events) model.on(event, soon);
  el.replaceChildren(root);
  redraw();
  const observer = new ResizeObserver(figure.fit);
  observer.observe(root);
  return () => {
    observer.disconnect();
    figure.silence();
    for (const event of events) model.off(event, soon);
  };
}

export default { render };
