/* What is known, and what a choice leaves of it. */

import { listing, plain } from "./words.js";

export const NONE = "ohne";

const prepared = new WeakMap();

/* Reads the material once: names by id, observations by indicator. */
export function prepare(material) {
  if (prepared.has(material)) return prepared.get(material);
  const names = (pairs) => new Map(pairs.map(([id, name]) => [id, name]));
  const o = material.observations;
  const rows = material.indicators.map(() => []);
  const places = material.areas.map(() => []);
  for (let n = 0; n < o.i.length; n += 1) {
    rows[o.i[n]].push(n);
    places[o.a[n]].push(n);
  }
  const data = {
    material,
    fields: names(material.fields),
    fieldOf: (key) => data.fields.get(key) ?? "übergreifend",
    statuses: names(material.statuses),
    goals: names(material.goals),
    actors: names(material.actors),
    areas: names(material.areas),
    groups: names(material.groups),
    rowsOfArea: new Map(material.areas.map(([id], n) => [id, places[n]])),
    indicators: new Map(material.indicators.map((i, n) => [i.id, { ...i, rows: rows[n] }])),
    years: [...new Set(material.measures.flatMap((m) => m.years))].sort(),
    peers: new Set(material.peers),
    documents: o.sources.map(([line]) => o.sources.findIndex(([other]) => other === line)),
    states: names(material.states),
    changeKinds: names(material.kinds_of_change),
    changes: material.between.flatMap(([since, until, lines]) => lines.map((n) => ({ n, since, until, ...material.changes[n] }))),
    search: new Map(material.measures.map((m) => [m, plain(m.text)])),
  };
  prepared.set(material, data);
  return data;
}

/* The choice, without what the data do not know; that is named in `unknown`. */
export function chosen(model, data) {
  const state = { unknown: [] };
  for (const [trait, { word, standard, allowed, otherwise }] of data.material.choices) {
    const value = model.get(trait) ?? standard;
    const strange = (v) => v !== standard && allowed && !allowed.includes(v);
    state[trait] = value;
    if (Array.isArray(value)) {
      state[trait] = value.filter((v) => !strange(v));
      value.filter(strange).forEach((v) => state.unknown.push(`${word}=${v}`));
    } else if (strange(value)) {
      state[trait] = standard;
      state.unknown.push(`${word}=${value}`);
    }
    if (!Array.isArray(standard)) state[trait] ||= otherwise;
  }
  state.unknown.push(...(model.get("strange") ?? []));
  return state;
}

/* The rules by which choices narrow; which choice goes by which, and by what of a row, the material says. */
const RULES = {
  is: (value, wanted) => value === (wanted === NONE ? "" : wanted),
  holds: (values, wanted) => (wanted === NONE ? !values.length : values.includes(wanted)),
  among: (value, wanted) => wanted.includes(value),
  given: (text, wanted) => (text !== "") === (wanted === "mit"),
  words: (text, wanted) => plain(wanted).split(/\s+/).every((word) => text.includes(word)),
  from: (value, wanted) => value !== null && value >= wanted,
  until: (value, wanted) => value !== null && value <= wanted,
};

/* What the rules go by: for measures and changes what stands there, for an observation what its columns point to. */
const readers = (data) => {
  const { material, search } = data;
  const o = material.observations;
  const kinds = o.kinds.map((kind) => (kind === "Ist" ? "ist" : "soll"));
  const observed = (by) => ({
    indicator: (n) => material.indicators[o.i[n]].id,
    field: (n) => material.indicators[o.i[n]].field,
    area: (n) => material.areas[o.a[n]][0],
    group: (n) => material.groups[o.g[n]][0],
    year: (n) => o.y[n],
    kind: (n) => kinds[o.k[n]],
  })[by];
  const measured = (by) => (by === "text" ? (m) => search.get(m) : (m) => m[by]);
  return { massnahmen: measured, kennzahlen: observed, zahlen: observed, aenderungen: (by) => (c) => c[by] };
};

/* Those rows that can be meant at all, found without looking at the others. */
const ROWS = {
  massnahmen: (data) => data.material.measures,
  kennzahlen: (data, state) => {
    const [rows, others] = [...new Set([state.indicator, state.second])].map((id) => data.indicators.get(id)?.rows ?? []);
    return others?.length ? [...rows, ...others].sort((a, b) => a - b) : rows;
  },
  zahlen: (data, state) => data.rowsOfArea.get(state.area) ?? [],
  aenderungen: (data) => data.changes,
};

/* Those rows of the topic that its choices leave: measures, changes, or the numbers of observations. */
export function chosenRows(data, state) {
  const read = readers(data)[state.topic];
  const tests = new Map();
  for (const [trait, { rule, by, topics }] of data.material.choices) {
    const wanted = state[trait];
    if (!rule || !topics.includes(state.topic) || !wanted || !wanted.length && typeof wanted !== "number") continue;
    /* Of two choices that go by the same a row has either. */
    const key = rule === "is" ? `is ${by}` : trait;
    tests.set(key, [RULES[rule], read(by), [...(tests.get(key)?.[2] ?? []), wanted]]);
  }
  const all = [...tests.values()];
  return ROWS[state.topic](data, state).filter((row) => all.every(([holds, of, any]) => any.some((wanted) => holds(of(row), wanted))));
}

/* An observation reads its columns when it is asked: most of many thousands are only counted. */
class Observation {
  constructor({ material, documents }, n) {
    this.material = material;
    this.documents = documents;
    this.n = n;
  }
  of(column) { return this.material.observations[column][this.n]; }
  get rank() { return this.of("a"); } /* areas stand in their one order */
  get moment() { return this.of("t"); } /* times stand in theirs, those without a year first */
  get area() { return this.material.areas[this.of("a")][0]; }
  get areaName() { return this.material.areas[this.of("a")][1]; }
  get level() { return this.material.areas[this.of("a")][2]; }
  get group() { return this.material.groups[this.of("g")][0]; }
  get groupName() { return this.material.groups[this.of("g")][1]; }
  get kind() { return this.material.observations.kinds[this.of("k")]; }
  get target() { return this.kind !== "Ist"; }
  get time() { return this.material.observations.times[this.of("t")]; }
  get year() { return this.of("y"); }
  get value() { return this.of("v"); }
  get precision() { return this.material.precisions[this.of("p")]; }
  get circa() { return this.precision === "circa"; }
  get broken() { return Boolean(this.of("b")); }
  get note() { return this.material.observations.notes[this.of("n")]; }
  /* Which document it is from: the first source that names the same. */
  get document() { return this.documents[this.of("s")]; }
  get source() { return this.material.observations.sources[this.of("s")]; }
}

/* The same observation, but for what is said of it anew. */
export const derived = (o, anew) => Object.create(o, Object.getOwnPropertyDescriptors(anew));

export const chosenObservations = (data, state) => chosenRows(data, state).map((n) => new Observation(data, n));

/* What narrows a view, in words; what it is about, its own sentence names. */
export const filtersOf = ({ material }, state, about = ["indicator", "second", "area", "since", "until"]) => material.choices.flatMap(([trait, { rule, topics, says, names, without }]) => {
  const wanted = state[trait];
  if (!rule || about.includes(trait) || !topics.includes(state.topic) || !String(wanted || "").trim()) return [];
  if (wanted === NONE && without) return [without];
  const known = new Map(typeof names === "string" ? material[names] : Object.entries(names));
  return [says.replace("{}", () => listing([wanted].flat().map((v) => known.get(v) ?? String(v).trim())))];
});
