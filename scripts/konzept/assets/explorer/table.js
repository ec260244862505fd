/* The table of a choice: a view names its columns, and here they are sorted, folded away and drawn. */

import { make } from "./elements.js";
import { SILENT, listing, number } from "./words.js";

const PAGEFUL = 50; /* rows at first */

/* What a cell says, what it is sorted by, whether it holds numbers, and, where it is more than its words, what makes it. */
export const column = (key, name, text, { order = text, numeric = false, cell = text, needed = true } = {}) => ({ key, name, text, order, numeric, cell, needed });

const collator = new Intl.Collator("de", { numeric: true });
const silent = (v) => v === "" || v === null || v === undefined || v === SILENT;

/* Rows by one of the columns; what a row does not say comes last, and equal ones keep their order. */
export function sorted({ rows, columns }, sort) {
  const wanted = columns.find((c) => c.key === sort.replace(/^-/, ""));
  if (!wanted) return rows;
  const turn = sort.startsWith("-") ? -1 : 1;
  const keyed = rows.map((row) => [wanted.order(row), row]);
  keyed.sort(([a], [b]) => {
    if (silent(a) || silent(b)) return silent(a) - silent(b);
    return turn * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  });
  return keyed.map(([, row]) => row);
}

/* Columns that say nothing in any row fold away, by name; of figures they all stand. */
export function shownColumns({ rows, columns, narrow }) {
  const says = (c) => narrow || rows.some((row) => !silent(c.text(row)));
  return [columns.filter(says), columns.filter((c) => !says(c))];
}

export const caption = (topic) => ({ massnahmen: "Maßnahmen der Auswahl", aenderungen: "Änderungen der Auswahl" })[topic] ?? "Werte der Auswahl";

/* The table with what stands around it; `show` draws a view, `all` gives all rows to a printer. */
export function tableOf({ choices, prefix, set, fill }) {
  let view = null;
  let sort = "";
  let shown = PAGEFUL;
  const head = make("tr");
  const body = make("tbody");
  const name = make("caption");
  const table = make("table", { class: "ik-e-tabelle", role: "table" }, name, make("thead", {}, head), body);
  const sorter = make("select", { id: `${prefix}-reihe`, onchange: () => set({ sort: sorter.value }) });
  const ordering = make("div", { class: "ik-e-feld ik-e-ordnung" }, make("label", { for: sorter.id }, "Sortieren nach"), sorter);
  const region = make("div", { class: "ik-e-rollen", tabindex: "0", role: "region", "aria-label": "Tabelle der Auswahl" }, table);
  const folded = make("p", { class: "ik-e-gesagt" });
  const more = make("button", { type: "button", class: "ik-e-knopf", onclick: () => { shown += 5 * PAGEFUL; draw(); } });
  const sortable = (c) => choices.get("sort").allowed.includes(c.key);

  function heading(c) {
    const down = sort === c.key;
    const up = sort === `-${c.key}`;
    const th = make("th", { scope: "col", role: "columnheader", class: c.numeric ? "ik-e-zahl" : null, "aria-sort": down ? "ascending" : up ? "descending" : null });
    if (!sortable(c)) th.append(c.name);
    else th.append(make("button", { type: "button", class: "ik-e-kopf", "data-reihe": c.key, onclick: () => {
      set({ sort: down ? `-${c.key}` : up ? "" : c.key });
      queueMicrotask(() => head.querySelector(`[data-reihe="${c.key}"]`)?.focus());
    } }, c.name, make("span", { "aria-hidden": "true" }, down ? " ↑" : up ? " ↓" : " ↕")));
    return th;
  }

  function line(row, columns) {
    const tr = make("tr", { role: "row", "data-id": view.key(row) });
    columns.forEach((c, n) => {
      const text = c.text(row);
      const css = c.numeric ? "ik-e-zahl" : silent(text) ? "ik-e-leer" : null;
      const content = make("div", {}, c.cell === c.text ? text : c.cell(row));
      tr.append(n ? make("td", { role: "cell", class: css, "data-titel": c.name }, content) : make("th", { scope: "row", role: "rowheader" }, content));
    });
    return tr;
  }

  function draw() {
    const { rows } = view;
    const [columns, without] = shownColumns(view);
    head.replaceChildren(...columns.map(heading));
    fill(sorter, [["", "wie in den Daten"], ...columns.filter(sortable).flatMap((c) => [[c.key, `${c.name}, aufsteigend`], [`-${c.key}`, `${c.name}, absteigend`]])]);
    sorter.value = sort;
    if (sorter.selectedIndex < 0) sorter.value = "";
    body.replaceChildren(...sorted(view, sort).slice(0, shown).map((row) => line(row, columns)));
    table.classList.toggle("ik-e-tabelle--stapel", !view.narrow);
    const rest = rows.length - shown;
    more.hidden = rest <= 0;
    more.textContent = `Weitere Zeilen zeigen (${number(Math.max(rest, 0))} folgen)`;
    table.hidden = !rows.length;
    ordering.hidden = rows.length < 2;
    folded.hidden = !without.length || !rows.length;
    folded.textContent = `In keiner Zeile genannt: ${listing(without.map((c) => c.name))}.`;
  }

  return {
    parts: [ordering, region, folded, more],
    show(drawn, state) {
      [view, sort, shown] = [drawn, state.sort, PAGEFUL];
      name.textContent = caption(state.topic);
      draw();
    },
    all() {
      shown = Math.max(shown, 5000);
      draw();
    },
  };
}
