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
    seen: [],
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
    field: (n) => material.indicators[o.i[n]].field,
    area: (n) => material.areas[o.a[n]][0],
    group: (n) => material.groups[o.g[n]][0],
    year: (n) => o.y[n],
    kind: (n) => kinds[o.k[n]],
  })[by];
  const measured = (by) => (by === "text" ? (m) => search.get(m) : (m) => m[by]);
  return { massnahmen: measured, kennzahlen: observed, zahlen: observed, aenderungen: (by) => (c) => c[by] };
};

/* Those rows that can be meant at all, found without looking at the others by what `FOUND` names. */
const ROWS = {
  massnahmen: (data) => data.material.measures,
  kennzahlen: (data, state) => {
    const [rows, others] = [...new Set([state.indicator, state.second])].map((id) => data.indicators.get(id)?.rows ?? []);
    return others?.length ? [...rows, ...others].sort((a, b) => a - b) : rows;
  },
  zahlen: (data, state) => data.rowsOfArea.get(state.area) ?? [],
  aenderungen: (data) => data.changes,
};

const FOUND = ["indicator", "second", "area"];

/* Those rows of the topic that its choices leave: measures, changes, or the numbers of observations. */
export function chosenRows(data, state) {
  const read = readers(data)[state.topic];
  const wants = (wanted) => (Array.isArray(wanted) ? wanted.length > 0 : Boolean(wanted));
  const tests = data.material.choices
    .filter(([trait, { rule, topics }]) => rule && topics.includes(state.topic) && !FOUND.includes(trait) && wants(state[trait]))
    .map(([trait, { rule, by }]) => { const [holds, of, wanted] = [RULES[rule], read(by), state[trait]]; return (row) => holds(of(row), wanted); });
  return ROWS[state.topic](data, state).filter((row) => tests.every((holds) => holds(row)));
}

/* An observation, made when it is first chosen: most of many thousands never are. */
class Observation {
  constructor({ material, documents }, n) {
    const o = material.observations;
    this.n = n;
    this.indicator = o.i[n];
    this.rank = o.a[n]; /* areas stand in their one order */
    [this.area, this.areaName, this.level] = material.areas[this.rank];
    this.groupRank = o.g[n];
    [this.group, this.groupName] = material.groups[this.groupRank];
    this.kind = o.kinds[o.k[n]];
    this.target = this.kind !== "Ist";
    this.moment = o.t[n]; /* times stand in theirs, those without a year first */
    this.time = o.times[this.moment];
    this.year = o.y[n];
    this.value = o.v[n];
    this.precision = material.precisions[o.p[n]];
    this.circa = this.precision === "circa";
    this.broken = Boolean(o.b[n]);
    this.note = o.notes[o.n[n]];
    this.source = o.sources[o.s[n]];
    this.document = documents[o.s[n]]; /* the first source that names the same */
  }
}

/* The same observation, but for what is said of it anew. */
export const derived = (o, anew) => Object.create(o, Object.getOwnPropertyDescriptors(anew));

export const chosenObservations = (data, state) => chosenRows(data, state).map((n) => (data.seen[n] ??= new Observation(data, n)));

/* What narrows a view, in words; what it is about, its own sentence names. */
export const filtersOf = ({ material }, state, about = ["indicator", "second", "area", "since", "until"]) => material.choices.flatMap(([trait, { rule, topics, says, names, without }]) => {
  const wanted = state[trait];
  if (!rule || about.includes(trait) || !topics.includes(state.topic) || !String(wanted || "").trim()) return [];
  if (wanted === NONE && without) return [without];
  const known = new Map(typeof names === "string" ? material[names] : Object.entries(names));
  return [says.replace("{}", () => listing([wanted].flat().map((v) => known.get(v) ?? String(v).trim())))];
});
