/* What is chosen with: questions to begin with, the topic, and below it a group of controls for each. */

import { NONE, chosen } from "./choosing.js";
import { make } from "./elements.js";
import { SILENT, listing, plain } from "./words.js";

const ALL = ["", "alle"];
const KINDS = [["", "beide"], ["ist", "nur Ist"], ["soll", "nur Soll"]];

/* Options anew, by group; untouched where they are the same. */
export function fill(control, options) {
  const said = options.map((o) => o.join("\t")).join("\n");
  if (control.said === said) return;
  control.said = said;
  const groups = new Map();
  control.replaceChildren(...options.flatMap(([value, text, group]) => {
    const option = make("option", { value }, text);
    if (!group) return [option];
    const known = groups.get(group);
    if (known) known.append(option);
    else groups.set(group, make("optgroup", { label: group }, option));
    return known ? [] : [groups.get(group)];
  }));
}

/* `read` lets the controls say what is chosen. */
export function controlsOf({ model, data, choices, prefix, set, view }) {
  const { material } = data;
  const readers = [];
  const state = () => chosen(model, data);
  const labelled = (name, control, wide) =>
    make("div", { class: wide ? "ik-e-feld ik-e-feld--breit" : "ik-e-feld" }, make("label", { for: control.id }, name), control);
  const group = (...parts) => make("div", { class: "ik-e-gruppe" }, ...parts);

  /* A list to choose one from; `options` may depend on what else is chosen. */
  function select(trait, name, options, { wide = false, id = trait } = {}) {
    const number = typeof choices.get(trait).standard === "number";
    const control = make("select", { id: `${prefix}-${id}`, onchange: () => set({ [trait]: number ? Number(control.value) : control.value }) });
    const changing = typeof options === "function";
    if (!changing) fill(control, options);
    readers.push((now) => {
      if (changing) fill(control, options(now));
      control.value = String(now[trait]);
    });
    return labelled(name, control, wide);
  }
  function radios(trait, legend, options, of = (now) => now[trait]) {
    const box = make("fieldset", { class: "ik-e-wahl" }, make("legend", {}, legend));
    const inputs = options.map(([value, text]) => {
      const input = make("input", { type: "radio", name: `${prefix}-${trait}`, id: `${prefix}-${trait}-${value}`, value, onchange: () => set({ [trait]: value }) });
      box.append(make("span", {}, input, make("label", { for: input.id }, text)));
      return input;
    });
    readers.push((now) => inputs.forEach((i) => { i.checked = i.value === of(now); }));
    return box;
  }
  /* What stands in a column of the chosen indicators, each once. */
  const columns = new Map();
  function present(column, now) {
    const found = [now.indicator, now.second].filter((id) => data.indicators.has(id)).flatMap((id) => {
      const key = `${column} ${id}`;
      if (!columns.has(key)) columns.set(key, [...new Set(data.indicators.get(id).rows.map((n) => material.observations[column][n]))]);
      return columns.get(key);
    });
    return [...new Set(found)];
  }
  /* Several areas or groups at once; the list unfolds. */
  function checks(trait, name, column) {
    const summary = make("summary", {}, name);
    const list = make("div", { class: "ik-e-liste" });
    const box = make("details", { class: "ik-e-mehr", id: `${prefix}-${trait}` }, summary, make("fieldset", {}, make("legend", { class: "ik-e-unsichtbar" }, name), list));
    let of = "";
    readers.push((now) => {
      if (now.topic !== "kennzahlen" || !data.indicators.has(now.indicator)) {
        box.open = false;
        return;
      }
      const there = present(column, now).sort((a, b) => a - b).map((n) => material[trait][n]);
      if (of !== `${now.indicator} ${now.second}`) {
        of = `${now.indicator} ${now.second}`;
        list.replaceChildren(...there.map(([id, text]) => {
          const input = make("input", { type: "checkbox", id: `${prefix}-${trait}-${id}`, value: id, onchange: () => {
            const marked = [...list.querySelectorAll("input:checked")].map((i) => i.value);
            set({ [trait]: marked.length === there.length ? [] : marked });
          } });
          return make("span", {}, input, make("label", { for: input.id }, text));
        }));
      }
      const all = !now[trait].length;
      for (const input of list.querySelectorAll("input")) input.checked = now[trait].includes(input.value);
      const marked = there.filter(([id]) => now[trait].includes(id)).map(([, text]) => text);
      summary.textContent = `${name}: ${all ? `alle ${there.length}` : marked.length > 2 ? `${marked.length} von ${there.length}` : listing(marked) || "keine vorhandenen"}`;
      box.hidden = there.length < 2 && all;
    });
    return box;
  }

  const search = make("input", { type: "search", id: `${prefix}-text`, autocomplete: "off", spellcheck: "false", oninput: () => set({ text: search.value }) });
  readers.push((now) => { if (search.value !== now.text) search.value = now.text; });
  const across = [ALL, ...data.fields, [NONE, "übergreifend"]];
  const forMeasures = [group(
    select("field", "Handlungsfeld", [ALL, ...data.fields]),
    select("status", "Status", [ALL, ...data.statuses, [NONE, SILENT]])), group(
    select("due", "Termin", [ALL, ...Object.entries(choices.get("due").names)]),
    select("goal", "Ziel", [ALL, ...material.goals.map(([id, text, field]) => [id, text, data.fields.get(field)]), [NONE, SILENT]]),
    select("actor", "Zuständig", [ALL, ...data.actors, [NONE, SILENT]]),
    select("costs", "Kosten", [ALL, ["mit", "genannt"], [NONE, SILENT]]),
    select("year", "Jahr", [ALL, ...data.years.map((y) => [y, y]), [NONE, SILENT]]),
    labelled("Suche im Text", search, true),
    radios("chart_by", "Diagramm nach", [["status", "Status"], ["feld", "Handlungsfeld"], ["kosten", "Kosten"]]))];

  /* By field; of many those that hold the words of a search, and always the chosen one. */
  const finder = make("input", { type: "search", id: `${prefix}-finder`, autocomplete: "off", spellcheck: "false", oninput: () => read(state()) });
  const order = [...data.fields.keys()];
  const byField = [...data.indicators.values()].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
    .map((i) => ({ option: [i.id, i.name, data.fields.get(i.field) ?? "Übergreifend"], words: plain(`${i.name} ${data.fieldOf(i.field)} ${i.definition}`) }));
  const fitting = (trait) => (now) => {
    const words = plain(finder.value).split(/\s+/).filter(Boolean);
    return byField.filter(({ option: [id], words: own }) => id === now[trait] || words.every((w) => own.includes(w))).map(({ option }) => option);
  };
  const years = (now) => {
    const found = new Set([...present("y", now), now.first_year, now.last_year].filter(Boolean));
    return [[0, "alle"], ...[...found].sort((a, b) => a - b).map((y) => [y, String(y)])];
  };
  const formOf = (now) => {
    if (now.second) return now.form === "streuung" ? "streuung" : "linie";
    const form = now.form === "streuung" ? "" : now.form;
    return form || (now.view ? "linie" : data.indicators.get(now.indicator)?.form);
  };
  const forIndicators = [group(
    select("indicator", "Kennzahl", fitting("indicator"), { wide: true }),
    labelled("Kennzahl suchen", finder)), group(
    checks("areas", "Gebiete", "a"),
    checks("groups", "Gruppen", "g"),
    select("second", "Neben einer zweiten Kennzahl", (now) => [["", "keine"], ...fitting("second")(now)]),
    select("first_year", "Von", years),
    select("last_year", "Bis", years),
    select("kind", "Ist oder Soll", KINDS),
    radios("form", "Darstellung", [["linie", "Linie"], ["punkte", "Punkte"], ["tabelle", "Tabelle"], ["streuung", "Wolke"]], formOf),
    radios("view", "Werte", [["", "wie gemessen"], ["index", "Index"], ["abstand", "Abstand"]]))];
  const forNumbers = [group(
    select("area", "Gebiet", material.areas.filter(([id]) => data.rowsOfArea.get(id).length)),
    select("field", "Handlungsfeld", across, { id: "zahlen-field-2" })), group(
    select("kind", "Ist oder Soll", KINDS, { id: "zahlen-kind-2" }))];
  const dated = ([id, name, day]) => [id, `${name} (${day})`];
  const forChanges = [group(
    select("since", "Seit", material.states.slice(0, -1).map(dated)),
    select("until", "Bis", material.states.slice(1).map(dated))), group(
    select("change", "Art der Änderung", [ALL, ...data.changeKinds]),
    select("field", "Handlungsfeld", across, { id: "aenderungen-field-2" }))];
  const groups = { massnahmen: forMeasures, kennzahlen: forIndicators, zahlen: forNumbers, aenderungen: forChanges };

  /* All that there is of a topic; the indicator stays, and so does the area. */
  const reset = (topic) => set(Object.fromEntries([...choices]
    .filter(([trait, { topics }]) => trait === "sort" || (topics.includes(topic) && !["indicator", "area"].includes(trait))).map(([trait, { standard }]) => [trait, standard])));
  /* Another indicator starts with all of its values. */
  forIndicators[0].querySelector("[id$='-indicator']").addEventListener("change", () => reset("kennzahlen"));
  const again = make("button", { type: "button", class: "ik-e-knopf", onclick: () => { finder.value = ""; reset(state().topic); } }, "Auswahl zurücksetzen");
  const topics = [["massnahmen", "Maßnahmen"], ["kennzahlen", "Kennzahlen"], ["zahlen", "Zahlen eines Gebiets"], ["aenderungen", "Änderungen"]]
    .filter(([topic]) => choices.get("topic").allowed.includes(topic));
  const [first, rest] = [0, 1].map((n) => Object.values(groups).map((of) => of[n]));
  const finer = make("details", { class: "ik-e-genauer" }, make("summary", {}, "Auswahl verfeinern"), ...rest, again);
  const form = make("form", { class: "ik-e-steuerung", "aria-label": "Auswahl", onsubmit: (event) => event.preventDefault() },
    radios("topic", "Was möchten Sie sehen?", topics), ...first, finer);

  const asked = material.questions.map(([text, values]) => ({ values, link: view(text, values) }));
  const starts = make("nav", { class: "ik-e-fragen", "aria-label": "Mit einer Frage beginnen" },
    make("ul", {}, ...asked.map(({ link }) => make("li", {}, link))));
  starts.hidden = !asked.length;
  const asks = (now, values) => [...choices].every(([trait, { standard, topics: own, otherwise }]) => (own.length && !own.includes(now.topic)) || trait === "sort"
    || String(now[trait]) === String(values[trait] ?? (Array.isArray(standard) ? standard : standard || otherwise)));

  function read(now) {
    for (const [topic, parts] of Object.entries(groups)) for (const part of parts) part.hidden = topic !== now.topic;
    for (const one of readers) one(now);
    for (const { link, values } of asked) {
      if (asks(now, values)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  return { parts: [starts, form], read };
}
