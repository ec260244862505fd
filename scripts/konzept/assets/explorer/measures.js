/* Measures: how many of which status or field, what costs what. */

import { chosenRows, filtersOf } from "./choosing.js";
import { MAIN, PAPER } from "./charts.js";
import { dayOf } from "./files.js";
import { column } from "./table.js";
import { SILENT, euro, number, scopeOf } from "./words.js";

export function measuresView(data, state, host) {
  const found = chosenRows(data, state);
  const total = data.material.measures.length;
  const scope = scopeOf(filtersOf(data, state));
  let sentence = `Gezeigt werden ${found.length === total ? "alle" : `${number(found.length)} von`} ${number(total)} Maßnahmen${scope}.`;
  if (!total) sentence = "In den Daten stehen noch keine Maßnahmen.";
  else if (!found.length) sentence = `Zu dieser Auswahl gibt es keine Maßnahme${scope}. Nehmen Sie einzelne Angaben zurück.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 von ${number(total)} Maßnahmen${scope}.`;
  const late = found.filter((m) => m.due.includes("ueberfaellig")).length;
  const undated = found.filter((m) => m.due.includes("ohne-termin")).length;
  if (state.due === "offen" && found.length) sentence += ` Davon ${late === 1 ? "ist 1 Termin" : `sind ${number(late)} Termine`} verstrichen, ohne Termin ${undated === 1 ? "ist 1" : `sind ${number(undated)}`}.`;
  const names = (list, map) => list.map((key) => map.get(key)).join("; ");
  const statusOf = (m) => data.statuses.get(m.status) ?? SILENT;
  const order = [...data.statuses.keys()];
  const chart = state.chart_by === "kosten" ? sums(data, found) : counts(data, state, found);
  /* Where all have their status of one day and source, it is said once. */
  const since = (m) => [m.status_day, m.status_source].filter(Boolean).join(", ");
  const [of, ...others] = new Set(found.map(since));
  const once = of && found.length > 1 && !others.length;
  const said = (m) => (once || !m.status_day ? statusOf(m) : `${statusOf(m)} (${since(m)})`);
  return {
    sentence,
    ...chart,
    hints: [...(once ? [`Jeder Status: ${of}.`] : []), ...(late && state.due ? [data.material.hints.late] : []), ...(chart.hints ?? [])],
    columns: [
      column("massnahme", "Maßnahme", (m) => m.title, { cell: (m) => host.link(m.id, m.title) }),
      column("feld", "Handlungsfeld", (m) => data.fields.get(m.field), { order: (m) => [...data.fields.keys()].indexOf(m.field) }),
      column("status", "Status", said, { order: (m) => (m.status ? order.indexOf(m.status) : "") }),
      column("termin", "Termin", (m) => m.deadline || SILENT, { order: (m) => m.deadline_day }),
      column("zustaendig", "Zuständig", (m) => names(m.actors, data.actors) || SILENT),
      column("kosten", "Kosten", (m) => m.costs || SILENT, { order: (m) => (m.amounts.length ? Math.max(...m.amounts.map(([, v]) => v)) : "") }),
      column("kennzahl", "Kennzahlen", (m) => m.indicators.join("; ") || SILENT),
    ],
    rows: found,
    key: (m) => m.id,
    file: {
      name: "massnahmen",
      rows: found,
      head: ["Kennung", "Maßnahme", "Handlungsfeld", "Status", "Status vom", "Termin", "Zuständig", "Kosten", "Jahre", "Ziele", "Kennzahlen", "Beschreibung"],
      cells: (m) => ({
        own: [
          m.id, m.title, data.fields.get(m.field), data.statuses.get(m.status) ?? "", dayOf(m.status_day), m.deadline, names(m.actors, data.actors),
          m.costs, m.years.join(", "), names(m.goals, data.goals), m.indicators.join("; "), m.about,
        ],
        proof: [m.source, m.passage, m.licence],
      }),
    },
    sources: [],
  };
}

/* How many measures there are of each status or field. */
function counts(data, state, found) {
  const byField = state.chart_by === "feld";
  const kinds = byField ? data.fields : new Map([...data.statuses, ["", "Status nicht genannt"]]);
  const numbers = new Map([...kinds.keys()].map((key) => [key, 0]));
  for (const m of found) numbers.set(byField ? m.field : m.status, numbers.get(byField ? m.field : m.status) + 1);
  const points = [...numbers]
    .filter(([, n]) => n)
    .map(([key, n]) => ({
      name: kinds.get(key), value: n, text: number(n), main: true,
      fill: byField ? MAIN : key ? `var(--ik-sf-${data.material.looks[key]})` : PAPER,
    }));
  return {
    title: `Maßnahmen nach ${byField ? "Handlungsfeld" : "Status"}`,
    subtitle: `Anzahl der Maßnahmen in der Auswahl, Stand ${data.material.stand}.`,
    chart: points.length ? { groups: [{ name: "Maßnahmen", points }], bars: true, unit: "Maßnahmen" } : null,
  };
}

/* What may be added, added; the material says which amounts belong to one sum. */
function sums(data, found) {
  const amounts = found.flatMap((m) => m.amounts);
  const points = data.material.sums.flatMap(([group, stage], n) => {
    const own = amounts.filter(([sum]) => sum === n);
    if (!own.length) return [];
    const value = Math.round(own.reduce((all, [, v]) => all + v * 100, 0)) / 100;
    const circa = own.some(([, , about]) => about);
    return [{ name: `${group}, ${stage}`, value, text: euro(value, circa), main: true, fill: circa ? PAPER : MAIN, circa }];
  });
  const silent = found.filter((m) => !m.amounts.length).length;
  const hints = [];
  if (points.length > 1) hints.push(data.material.hints.no_sum);
  if (points.length && silent) hints.push(`Zu ${silent === 1 ? "einer Maßnahme" : `${number(silent)} Maßnahmen`} der Auswahl nennen die Quellen keinen Betrag; sie fehlen in den Summen.`);
  if (points.some((p) => p.circa)) hints.push(data.material.hints.hollow_bars);
  return {
    title: points.length === 1 ? `Zusammen ${points[0].text} (${points[0].name})` : points.length ? "Kosten nach Jahr und Haushaltsstand" : "Zu dieser Auswahl nennen die Quellen keine Beträge",
    subtitle: "Beträge in Euro, je Jahr und Haushaltsstand für sich zusammengezählt.",
    chart: points.length ? { groups: [{ name: "Kosten", points }], bars: true, unit: "Euro" } : null,
    hints,
  };
}
