/* What has changed between two states. */

import { chosenRows, filtersOf } from "./choosing.js";
import { MAIN } from "./charts.js";
import { column } from "./table.js";
import { make } from "./elements.js";
import { SILENT, number, scopeOf } from "./words.js";

export function changesView(data, state, host) {
  const found = chosenRows(data, state);
  const [before, after] = [state.since, state.until].map((key) => data.material.states.find(([id]) => id === key));
  const named = ([, name, day]) => `„${name}“ (${day})`;
  const scope = scopeOf(filtersOf(data, state));
  const pair = data.material.between.some(([a, b]) => a === state.since && b === state.until);
  const span = `zwischen ${named(before)} und ${named(after)}`;
  let sentence = `Gezeigt werden ${number(found.length)} Änderungen ${span}${scope}.`;
  if (!pair) sentence = `Von ${named(before)} zu ${named(after)} lässt sich nichts vergleichen: Der zweite Stand muss der jüngere sein.`;
  else if (!found.length) sentence = `Nach den Daten hat sich ${span} nichts geändert${scope}.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 Änderung ${span}${scope}.`;
  const kinds = [...data.changeKinds].map(([key, name]) => ({ name, value: found.filter((c) => c.kind === key).length, main: true, fill: MAIN })).filter((p) => p.value);
  const points = kinds.map((p) => ({ ...p, text: number(p.value) }));
  return {
    sentence,
    title: `Was hat sich seit „${before[1]}“ geändert?`,
    subtitle: `Anzahl der Änderungen nach ihrer Art; verglichen sind ${named(before)} und ${named(after)}.`,
    hints: [data.material.hints.gone],
    chart: points.length ? { groups: [{ name: "Änderungen", points }], bars: true, unit: "Änderungen" } : null,
    columns: [
      column("aenderung", "Änderung", (c) => [c.about, c.text].filter(Boolean).join(": "), { cell: (c) => {
        const known = data.indicators.has(c.target);
        const about = known ? host.view(c.about, { topic: "kennzahlen", indicator: c.target }) : c.target.startsWith("m-") ? host.link(c.target, c.about) : make("strong", {}, c.about);
        const box = make("span", {}, about);
        if (c.text) box.append(`: ${c.text}`);
        return box;
      } }),
      column("feld", "Handlungsfeld", (c) => data.fieldOf(c.field), { order: (c) => (c.field ? [...data.fields.keys()].indexOf(c.field) : 999) }),
      column("art", "Art", (c) => data.changeKinds.get(c.kind), { order: (c) => [...data.changeKinds.keys()].indexOf(c.kind) }),
      column("quelle", "Quelle", (c) => c.source || SILENT),
    ],
    rows: found,
    key: (c) => `${c.n}`,
    file: {
      name: `aenderungen-seit-${state.since}`,
      rows: found,
      head: ["Gegenstand", "Änderung", "Handlungsfeld", "Art", "Von", "Bis"],
      cells: (c) => ({
        own: [c.about, c.text, data.fieldOf(c.field), data.changeKinds.get(c.kind), before[1], after[1]],
        proof: [c.source, c.passage, c.licence],
      }),
    },
    sources: [],
  };
}
