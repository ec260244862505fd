/* Indicators: one as lines, points or table; two together; all numbers of an area. */

import { chosenObservations, derived, filtersOf } from "./choosing.js";
import { asDifference, asIndex, linesOf, seriesOf } from "./series.js";
import { column } from "./table.js";
import { NBSP, listing, number, quantity, scopeOf } from "./words.js";

const MOST_LINES = 12;
const MOST_ROWS = 60;

function valueText(o, indicator) {
  if (o.precision === "nur_trend") return "nur Richtung";
  if (o.value === null) return "gesperrt";
  return (o.precision === "circa" ? `ca.${NBSP}` : "") + number(o.value) + indicator.sign;
}

/* Where the town stands among its like, for each of its newest values. */
function rankHints(data, series) {
  const own = series.filter((s) => s.area === data.material.town);
  const town = data.areas.get(data.material.town);
  return own.slice(0, 3).flatMap((s) => {
    const others = series.filter((t) => t.area !== s.area && data.peers.has(t.area) && t.group === s.group && t.newest.time === s.newest.time);
    if (!others.length) return own.length > 1 ? [] : [`Werte anderer ${data.material.peer} gibt es dazu nicht; ein Rang lässt sich nicht nennen.`];
    const higher = others.filter((t) => t.newest.value > s.newest.value).length;
    const same = others.filter((t) => t.newest.value === s.newest.value).length;
    const group = own.length > 1 ? ` (${s.groupName})` : "";
    return [`${town}${group} steht vom höchsten Wert gezählt auf Platz ${higher + 1} von ${others.length + 1} ${data.material.peer_dative}${same ? `, gleichauf mit ${number(same)}` : ""}; ein Platz ist keine Bewertung.`];
  });
}

function countedValues(found, total, what) {
  if (!found) return `Zu dieser Auswahl gibt es keinen Wert: ${what}. Nehmen Sie einzelne Angaben zurück.`;
  if (found === 1 && total === 1) return `Gezeigt wird der einzige Wert zu ${what}.`;
  if (found === 1) return `Gezeigt wird 1 von ${number(total)} Werten zu ${what}.`;
  if (found === total) return `Gezeigt werden alle ${number(total)} Werte zu ${what}.`;
  return `Gezeigt werden ${number(found)} von ${number(total)} Werten zu ${what}.`;
}

const indicatorOf = (data, o) => data.indicators.get(data.material.indicators[o.indicator].id);

/* A column that says the same in every row says nothing. */
function valueColumns(data, found, { indicators = false } = {}) {
  const remark = (o) => [o.broken ? "Reihenbruch davor" : "", o.note].filter(Boolean).join("; ");
  const varies = (of) => found.some((o) => of(o) !== of(found[0]));
  return [
    column("kennzahl", "Kennzahl", (o) => indicatorOf(data, o).name, { needed: indicators }),
    column("gebiet", "Gebiet", (o) => o.areaName, { order: (o) => o.rank }),
    column("gruppe", "Gruppe", (o) => o.groupName, { needed: varies((o) => o.group) }),
    column("zeit", "Zeit", (o) => o.time, { order: (o) => o.moment }),
    column("art", "Art", (o) => o.kind, { needed: found.some((o) => o.target) }),
    column("wert", "Wert", (o) => valueText(o, indicatorOf(data, o)), { order: (o) => o.value, numeric: true }),
    column("hinweis", "Hinweis", remark, { needed: found.some((o) => o.broken || o.note) }),
  ].filter((c) => c.needed);
}

/* What the file holds of values. */
const valuesFile = (data, found, name) => ({
  name,
  rows: found,
  head: ["Kennzahl", "Art", "Gebiet", "Gruppe", "Zeit", "Jahr", "Wert", "Einheit", "Genauigkeit", "Reihenbruch", "Hinweis"],
  cells: (o) => {
    const { name: indicator, unit } = indicatorOf(data, o);
    return { own: [indicator, o.kind, o.areaName, o.groupName, o.time, o.year ?? "", o.value ?? "", unit, o.precision, o.broken ? "ja" : "", o.note], proof: o.source };
  },
});

const keyOf = (o) => [o.area, o.group, o.time, o.target ? "soll" : "ist"].join("|");

function documentsOf(found) {
  const first = new Map();
  for (const o of found) if (!first.has(o.document)) first.set(o.document, o.source[0]);
  const documents = [...first.values()];
  return documents.length > 3 ? [...documents.slice(0, 3), `Weitere ${documents.length - 3} Quellen nennt die Datei.`] : documents;
}

export function indicatorView(data, state) {
  const indicator = data.indicators.get(state.indicator);
  if (!indicator) return nothingView(data);
  const other = data.indicators.get(state.second);
  if (other && other.id !== indicator.id) return pairView(data, state, indicator, other);
  const found = chosenObservations(data, state);
  const { town, hints: say } = data.material;
  const total = indicator.rows.length;
  const form = state.form === "streuung" || !state.form ? (state.view ? "linie" : indicator.form) : state.form;
  const sentence = countedValues(found.length, total, [`„${indicator.name}“`, ...filtersOf(data, state)].join("; "));
  const series = seriesOf(found, indicator);
  const aims = found
    .filter((o) => o.target && o.value !== null)
    .map((o) => derived(o, { label: o.kind === "Soll" ? "Soll" : o.kind, text: quantity(o.value, indicator) }));
  const hints = [];
  let chart = null;
  if (form === "linie") {
    const years = linesOf(series);
    const views = { index: () => asIndex(years, hints, say), abstand: () => asDifference(years, indicator, hints, say) };
    const lines = views[state.view]?.() ?? years;
    const shown = lines.slice(0, MOST_LINES);
    const timeless = series.reduce((n, s) => n + s.points.length, 0) - years.reduce((n, s) => n + s.points.length, 0);
    if (shown.length) chart = { lines: shown, aims: state.view ? [] : aims, groups: shown, sign: state.view ? "" : indicator.sign };
    if (state.view && aims.length) hints.push(say.aims);
    if (lines.length > shown.length) hints.push(`Gezeichnet sind ${shown.length} von ${number(lines.length)} Linien; die Tabelle enthält alle Werte.`);
    if (timeless) hints.push(timeless === 1 ? "Ein Wert ohne Jahr steht nur in der Tabelle." : `${number(timeless)} Werte ohne Jahr stehen nur in der Tabelle.`);
    if (shown.some((s) => s.points.some((p) => p.broken))) hints.push(say.break);
  } else if (form === "punkte") {
    /* The newest value of each series; the others stand in the table. */
    const newest = series.map((s) => ({ s, o: s.newest }));
    const times = new Set(newest.map(({ o }) => o.time));
    let rows = newest.map(({ s, o }) => ({
      name: times.size > 1 ? `${s.name} (${o.time})` : s.name,
      value: o.value, text: quantity(o.value, indicator, o.circa), circa: o.circa,
      main: s.area === town, larger: !["gemeinde", "ortsteil"].includes(s.level),
    }));
    rows.push(...aims.map((a) => ({ name: `${a.label}: ${a.areaName}`, value: a.value, text: a.text, target: true, main: a.area === town })));
    rows.sort((a, b) => b.value - a.value);
    hints.push(...rankHints(data, series));
    if (rows.length > MOST_ROWS) {
      hints.push(`Gezeichnet sind die ${MOST_ROWS} höchsten von ${number(rows.length)} Werten; die Tabelle enthält alle.`);
      rows = [...rows.slice(0, MOST_ROWS), ...rows.slice(MOST_ROWS).filter((r) => r.main)];
    }
    if (series.some((s) => s.points.length > 1)) hints.push(say.newest);
    else if (times.size === 1) hints.push(`Alle Werte: ${[...times][0]}.`);
    if (rows.length) chart = { groups: [{ name: indicator.name, points: rows }] };
  }
  if (form !== "tabelle" && found.some((o) => o.precision === "circa")) hints.push(say.hollow);
  const wordless = found.filter((o) => o.value === null).length;
  if (wordless && form !== "tabelle") hints.push(wordless === 1 ? "Eine Angabe ohne Zahl steht nur in der Tabelle." : `${number(wordless)} Angaben ohne Zahl stehen nur in der Tabelle.`);
  const whole = found.length === total && found.length && !state.view;
  /* Values of other areas never pass for the town's own. */
  const own = indicator.rows.some((n) => data.material.areas[data.material.observations.a[n]][0] === town);
  const missing = own || !data.areas.has(town) ? "" : `; keine eigenen Werte für ${data.areas.get(town)}`;
  const scale = { index: "Index", abstand: "Abstand zweier Gruppen" }[state.view] ?? `${whole ? "in" : "In"} ${indicator.unit}`;
  return {
    sentence,
    title: whole ? indicator.finding : indicator.name,
    subtitle: `${whole ? `${indicator.name}, ` : ""}${scale}${missing}.`,
    hints: [...hints, indicator.definition].filter(Boolean),
    chart,
    columns: valueColumns(data, found),
    rows: found,
    computed: Boolean(state.view),
    narrow: true,
    key: keyOf,
    file: valuesFile(data, found, indicator.id),
    sources: documentsOf(found),
  };
}

/* Two indicators: below each other on one axis of time, or as a cloud of the town and its like. */
function pairView(data, state, first, second) {
  const found = chosenObservations(data, state);
  const both = [first, second];
  const apart = both.map((i) => found.filter((o) => indicatorOf(data, o) === i));
  const names = listing(both.map((i) => `„${i.name}“`));
  const sentence = countedValues(found.length, first.rows.length + second.rows.length, [names, ...filtersOf(data, state)].join("; "));
  const view = {
    sentence,
    title: `${first.name} und ${second.name}`,
    hints: [data.material.hints.cause],
    chart: null,
    columns: valueColumns(data, found, { indicators: true }),
    rows: found,
    narrow: false,
    key: (o) => `${indicatorOf(data, o).id}|${keyOf(o)}`,
    file: valuesFile(data, found, `${first.id}-${second.id}`),
    sources: documentsOf(found),
  };
  const all = both.map((i, n) => seriesOf(apart[n], i));
  if (state.form !== "streuung") {
    const parts = all.map((series, n) => ({ indicator: both[n], lines: linesOf(series).slice(0, MOST_LINES / 2) }));
    const left = parts.filter((p) => !p.lines.length).map((p) => `„${p.indicator.name}“`);
    if (left.length) view.hints.push(`Eine Linie gibt es nicht zu ${listing(left)}; die Tabelle enthält alle Werte.`);
    if (parts.some((p, n) => p.lines.length < linesOf(all[n]).length)) view.hints.push("Gezeichnet sind die ersten Linien; die Tabelle enthält alle Werte.");
    const drawn = parts.filter((p) => p.lines.length);
    const groups = drawn.flatMap((p) => p.lines.map((s) => ({ ...s, name: `${p.indicator.name}, ${s.name}` })));
    return { ...view, subtitle: "Übereinander auf derselben Zeitachse, jede Kennzahl mit eigener Skala.", chart: groups.length ? { parts: drawn, groups } : null };
  }
  const { points, times } = cloud(data, all);
  if (points.length < 3) {
    const few = points.length ? `nur für ${listing(points.map((p) => p.name))}` : "für keine Gemeinde";
    return { ...view, subtitle: "Ein Bild beider Kennzahlen braucht mindestens drei Gebiete.", hints: [...view.hints, `Werte beider Kennzahlen liegen ${few} vor.`] };
  }
  return {
    ...view,
    subtitle: `${number(points.length)} ${data.material.peer}, je ein Zeichen. Waagerecht: ${first.name} (${first.unit}, ${times[0]}); senkrecht: ${second.name} (${second.unit}, ${times[1]}).`,
    chart: { groups: [{ name: second.name, points }], cloud: both },
  };
}

/* The town and its like with the newest value of both, of one group each. */
function cloud(data, all) {
  const sides = all.map((series) => {
    const own = series.filter((s) => data.peers.has(s.area));
    const sizes = new Map();
    for (const s of own) sizes.set(`${s.group} ${s.newest.time}`, (sizes.get(`${s.group} ${s.newest.time}`) ?? 0) + 1);
    const [most] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? [""];
    const kept = own.filter((s) => `${s.group} ${s.newest.time}` === most);
    return { time: kept[0]?.newest.time ?? "", values: new Map(kept.map((s) => [s.area, s.newest])) };
  });
  const [a, b] = sides;
  const points = [...a.values].filter(([area]) => b.values.has(area)).map(([area, o]) => {
    const mate = b.values.get(area);
    return { name: o.areaName, at: o.value, value: mate.value, text: [o, mate].map((v, n) => quantity(v.value, all[n][0].indicator, v.circa)).join("; "), main: area === data.material.town, circa: o.circa || mate.circa };
  });
  return { points: points.sort((p, q) => p.at - q.at), times: sides.map((s) => s.time) };
}

/* All that is known of an area: of each indicator, group and kind the newest value. */
export function numbersView(data, state, host) {
  const found = chosenObservations(data, state);
  const newest = new Map();
  for (const o of found) {
    const key = `${o.indicator} ${o.group} ${o.kind}`;
    const known = newest.get(key);
    if (!known || o.moment > known.moment) newest.set(key, o);
  }
  const rows = [...newest.values()];
  const order = ["", ...data.fields.keys()];
  const place = (o) => order.indexOf(indicatorOf(data, o).field);
  rows.sort((a, b) => place(a) - place(b) || a.n - b.n);
  const area = data.areas.get(state.area) ?? state.area;
  const scope = scopeOf(filtersOf(data, state));
  const indicators = new Set(rows.map((o) => indicatorOf(data, o))).size;
  const many = `${number(indicators)} ${indicators === 1 ? "Kennzahl" : "Kennzahlen"}`;
  return {
    sentence: rows.length
      ? `Gezeigt ${indicators === 1 ? "wird" : "werden"} ${many} für ${area} mit dem jeweils neuesten Wert${scope}; die Datei enthält alle ${number(found.length)} Werte.`
      : `Für ${area} liegen keine eigenen Zahlen vor${scope}.`,
    title: `Alle Zahlen für ${area}`,
    subtitle: "Der jeweils neueste Wert, nach Handlungsfeld.",
    hints: [],
    chart: null,
    columns: [
      column("kennzahl", "Kennzahl", (o) => indicatorOf(data, o).name, { cell: (o) => host.view(indicatorOf(data, o).name, { topic: "kennzahlen", indicator: indicatorOf(data, o).id, areas: [o.area] }) }),
      column("feld", "Handlungsfeld", (o) => data.fieldOf(indicatorOf(data, o).field), { order: place }),
      ...valueColumns(data, rows).filter((c) => c.key !== "gebiet"),
    ],
    rows,
    key: (o) => `${indicatorOf(data, o).id}|${keyOf(o)}`,
    file: valuesFile(data, found, `zahlen-${state.area}`),
    sources: documentsOf(rows),
  };
}

const nothingView = (data) => ({
  sentence: "Zu Kennzahlen liegen noch keine Werte vor.",
  title: "", subtitle: "", hints: [], chart: null, columns: [], rows: [], key: () => "", file: valuesFile(data, [], "auswahl"), sources: [],
});
