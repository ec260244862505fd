/* The explorer: choose measures or an indicator, see sentence, chart and table of the choice.

   A front-end module in anywidget's format with two hosts: a notebook (konzept/notebook/widget.py) and a page
   without a server (page.js beside this file).  A host offers `model.get`, `set`, `save_changes`, `on`, `off`, `send`.
   Data are untrusted: they become text nodes and nothing else.  Charts are SVG in the palette's variables, so that
   they follow light and dark, print, and need no library. */

const NBSP = "\u00a0";
const NONE = "ohne";
const PAGEFUL = 100; /* rows of a table at first */
const MOST_LINES = 12;
const MOST_ROWS = 60;

/* ---- German notation ---- */

function number(value, places) {
  /* Half goes up, in decimals as people write them. */
  const round = (v) => (Math.round(v * 10 ** places + 1e-7) / 10 ** places).toFixed(places);
  const [whole, digits] = (places === undefined ? String(Math.abs(value)) : round(Math.abs(value))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return (value < 0 ? "-" : "") + grouped + (digits ? "," + digits : "");
}

/* For charts all values of an indicator have as many decimals; what is only about right has its own. */
const quantity = (value, indicator, circa) =>
  (circa ? `ca.${NBSP}` : "") + number(value, circa ? undefined : indicator.digits) + indicator.sign;

const listing = (parts) =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} und ${parts.at(-1)}`;

const plain = (text) => text.normalize("NFC").toLowerCase();

/* ---- What is known, and what is chosen ---- */

const prepared = new WeakMap();

/* Reads the material once: names by id, observations by indicator. */
function prepare(material) {
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
function chosen(model, data) {
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
function chosenRows(data, state) {
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
const derived = (o, anew) => Object.create(o, Object.getOwnPropertyDescriptors(anew));

const chosenObservations = (data, state) => chosenRows(data, state).map((n) => new Observation(data, n));

/* What a choice leaves, for those who want no picture: the ids of measures, the places of observations in the data. */
function select(material, values) {
  const data = prepare(material);
  const state = chosen({ get: (trait) => values[trait] }, data);
  return chosenRows(data, state).map((row) => row.id ?? row.n ?? row);
}

function valueText(o, indicator) {
  if (o.precision === "nur_trend") return "nur Richtung";
  if (o.value === null) return "gesperrt";
  return (o.precision === "circa" ? `ca.${NBSP}` : "") + number(o.value) + indicator.sign;
}

/* ---- Elements ---- */

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((c) => c !== null && c !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

function draw(parent, tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

let ids = 0;

/* ---- Charts: plain drawings from points ---- */

const INK = "var(--ik-text,#1c2529)";
const SOFT = "var(--ik-text-2,#4d585f)";
const MAIN = "var(--ik-d1,#0b5563)";
const OTHER = "var(--ik-vergleich,#6b747b)";
const GRID = "var(--ik-gitter,#e3ded3)";
const AXIS = "var(--ik-linie-stark,#857d70)";
const AIM = "var(--ik-hinweis,#8a5000)";
const PAPER = "var(--ik-papier,#ffffff)";
const OUTLINE = "var(--ik-umriss,#3c474d)";
const SIZE = 15;
const DASHES = ["", "", "7 4", "2 3", "9 3 2 3"];
const SHAPES = ["circle", "square", "triangle", "square", "triangle"];

const width = (text, size = SIZE) => 0.52 * size * text.length;

function wrapped(text, room, size = SIZE) {
  const most = Math.max(6, Math.floor(room / (0.52 * size)));
  const lines = [""];
  for (const word of text.split(" ").flatMap((w) => w.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    if ((lines.at(-1) + " " + word).trim().length > most) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.filter(Boolean);
}

function canvas(place, w, h) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
  svg.setAttribute("width", w);
  svg.setAttribute("height", h);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("font-family", "'Source Sans 3', 'Source Sans Fallback', 'Source Sans Fallback 2', sans-serif");
  svg.setAttribute("font-size", SIZE);
  place.replaceChildren(svg);
  return svg;
}

function mark(parent, shape, x, y, r, fill, stroke = fill) {
  const style = { fill, stroke, "stroke-width": 2 };
  if (shape === "circle") return draw(parent, "circle", { cx: x, cy: y, r, ...style });
  const path = {
    square: `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    triangle: `M${x} ${y - 1.2 * r}l${1.2 * r} ${2.1 * r}h${-2.4 * r}z`,
    diamond: `M${x} ${y - 1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`,
  }[shape];
  return draw(parent, "path", { d: path, ...style });
}

/* A scale of round numbers that holds all values; it starts at 0 where that costs little. */
function scale(values) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low > 0 && low < 0.6 * high) low = 0;
  if (low === high) [low, high] = low > 0 ? [0, high] : [low - 1, high + 1];
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 2.5, 5, 10].find((s) => s * power >= raw);
  const ticks = [];
  for (let t = Math.floor(low / step); t * step < high + step * 0.999; t += 1) ticks.push(Number((t * step).toPrecision(12)));
  return ticks;
}

/* Lines over the years, each labelled at its end; with the years and margins of others where they share an axis. */
function lineChart(place, w, series, aims, sign, shared = { years: [], left: 0, right: 0 }) {
  const points = series.flatMap((s) => s.points);
  const ticks = scale([...points.map((p) => p.value), ...aims.map((a) => a.value)]);
  const [low, high] = [ticks[0], ticks.at(-1)];
  const years = [...points.map((p) => p.year), ...shared.years];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const narrow = w < 480;
  const size = narrow ? SIZE - 1 : SIZE;
  const right = Math.max(shared.right, Math.min(narrow ? 0.37 * w : 210, 24 + Math.max(...series.map((s) => width(s.name, size)))));
  const tickText = ticks.map((t) => number(t) + (sign.trim() === "%" ? sign : ""));
  const left = Math.max(shared.left, 10 + Math.max(...tickText.map((t) => width(t, SIZE - 1))));
  const labels = series.map((s) => ({ s, lines: wrapped(s.name, right - 17, size) }));
  const needed = labels.reduce((sum, l) => sum + l.lines.length * 18 + 6, 0);
  const h = Math.max(narrow ? 260 : 320, needed + 60);
  const [top, bottom] = [14, h - 34];
  const x = (year) => (first === last ? (left + w - right) / 2 : left + 8 + ((year - first) / (last - first)) * (w - right - left - 16));
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const svg = canvas(place, w, h);
  ticks.forEach((tick, n) => {
    draw(svg, "line", { x1: left, x2: w - right, y1: y(tick), y2: y(tick), stroke: GRID });
    draw(svg, "text", { x: left - 6, y: y(tick) + 5, "text-anchor": "end", "font-size": SIZE - 1, fill: SOFT }, tickText[n]);
  });
  draw(svg, "line", { x1: left, x2: w - right, y1: bottom, y2: bottom, stroke: AXIS, "stroke-width": 1.5 });
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, Math.floor((w - right - left) / 52))));
  for (let year = first; year <= last; year += every) {
    draw(svg, "line", { x1: x(year), x2: x(year), y1: bottom, y2: bottom + 5, stroke: AXIS });
    draw(svg, "text", { x: x(year), y: bottom + 21, "text-anchor": "middle", "font-size": SIZE - 1, fill: SOFT }, String(year));
  }
  for (const aim of aims) {
    const style = { stroke: AIM, "stroke-width": 2, "stroke-dasharray": "5 4" };
    draw(svg, "line", { x1: left, x2: w - right, y1: y(aim.value), y2: y(aim.value), ...style });
    if (aim.year >= first && aim.year <= last) mark(svg, "diamond", x(aim.year), y(aim.value), 6, PAPER, AIM);
    const above = y(aim.value) - 7 < top + 8 ? 18 : -7;
    draw(svg, "text", { x: left + 4, y: y(aim.value) + above, "font-size": SIZE - 1, fill: INK }, `${aim.label}: ${aim.text}`);
  }
  /* The first series last, so that it lies above the others. */
  const spots = series.map(() => []);
  [...series.entries()].reverse().forEach(([n, s]) => {
    const colour = n ? OTHER : MAIN;
    /* Lines end at breaks and at years without a value, as in the chapters. */
    const steps = s.points.slice(1).map((p, i) => p.year - s.points[i].year).filter((v) => v > 0).sort((a, b) => a - b);
    const usual = steps.length ? (steps[(steps.length - 1) >> 1] + steps[steps.length >> 1]) / 2 : 1;
    const runs = [[]];
    s.points.forEach((p, i) => {
      if (i && p.year - s.points[i - 1].year > 1.5 * usual) runs.push([]);
      if (p.broken && i) {
        runs.push([]);
        draw(svg, "line", { x1: x(p.year - 0.5), x2: x(p.year - 0.5), y1: top, y2: bottom, stroke: AIM, "stroke-dasharray": "3 4" });
      }
      runs.at(-1).push(p);
    });
    for (const run of runs) {
      const d = run.map((p, i) => `${i ? "L" : "M"}${x(p.year).toFixed(1)} ${y(p.value).toFixed(1)}`).join("");
      draw(svg, "path", { d, fill: "none", stroke: colour, "stroke-width": n ? 2 : 3, "stroke-dasharray": DASHES[n % DASHES.length] });
    }
    const crowded = s.points.length > 40;
    spots[n] = s.points.map((p) => {
      if (!crowded || p === s.points.at(-1))
        mark(svg, SHAPES[n % SHAPES.length], x(p.year), y(p.value), n ? 3 : 4, p.circa ? PAPER : colour, colour);
      return [x(p.year), y(p.value)];
    });
  });
  /* Labels at the ends: in the order of the values, never one on another. */
  labels.forEach((l) => { l.y = y(l.s.points.at(-1).value); });
  labels.sort((a, b) => a.y - b.y);
  let free = top - 4;
  for (const l of labels) {
    l.top = Math.max(free, l.y - (l.lines.length * 18) / 2);
    free = l.top + l.lines.length * 18 + 6;
  }
  let limit = h - 4;
  for (const l of labels.toReversed()) {
    l.top = Math.min(l.top, limit - l.lines.length * 18);
    limit = l.top - 6;
  }
  for (const l of labels) {
    const n = series.indexOf(l.s);
    const middle = l.top + (l.lines.length * 18) / 2;
    const [ex] = spots[n].at(-1);
    draw(svg, "path", { d: `M${ex + 6} ${l.y}L${w - right + 4} ${l.y}L${w - right + 12} ${middle}`, fill: "none", stroke: n ? OTHER : MAIN, opacity: 0.5 });
    l.lines.forEach((line, i) =>
      draw(svg, "text", { x: w - right + 15, y: l.top + 13 + i * 18, fill: INK, "font-size": size, "font-weight": n ? 400 : 600 }, line));
  }
  return { svg, spots, left, right };
}

/* Line charts below each other on one axis of time. */
function partsChart(place, w, parts) {
  const years = parts.flatMap((p) => p.lines.flatMap((s) => s.points.map((q) => q.year)));
  const one = (p, shared) => lineChart(make("div"), w, p.lines, [], p.indicator.sign, shared);
  const alone = parts.map((p) => one(p));
  const widest = (side) => Math.max(...alone.map((c) => c[side]));
  const shared = { years: [Math.min(...years), Math.max(...years)], left: widest("left"), right: widest("right") };
  const drawn = parts.map((p) => ({ ...p, ...one(p, shared), title: wrapped(`${p.indicator.name}, in ${p.indicator.unit}`, w - 10) }));
  const heights = drawn.map((d) => d.title.length * 20 + 14 + d.svg.viewBox.baseVal.height);
  const svg = canvas(place, w, heights.reduce((a, b) => a + b, 0));
  const spots = [];
  let top = 0;
  drawn.forEach((d, n) => {
    d.title.forEach((line, i) => draw(svg, "text", { x: 0, y: top + 18 + i * 20, "font-weight": 600, fill: INK }, line));
    const at = top + d.title.length * 20 + 10;
    d.svg.setAttribute("y", at);
    svg.append(d.svg);
    spots.push(...d.spots.map((of) => of.map(([x, y]) => [x, y + at])));
    top += heights[n];
  });
  return { svg, spots };
}

/* Two values of each thing: one across, one up; the names stand where someone points, and at the town. */
function cloudChart(place, w, points, [across, up]) {
  const h = Math.max(300, Math.min(440, 0.7 * w));
  const xs = scale(points.map((p) => p.at));
  const ys = scale(points.map((p) => p.value));
  const label = (v, i) => number(v) + (i.sign.trim() === "%" ? i.sign : "");
  const left = 12 + Math.max(...ys.map((t) => width(label(t, up), SIZE - 1)));
  const names = [up, across].map((i) => wrapped(`${i === up ? "↑" : "→"} ${i.name}`, w - 12, SIZE - 1));
  const top = 14 + names[0].length * 18;
  const bottom = h - 30 - names[1].length * 18;
  const x = (v) => left + 6 + ((v - xs[0]) / (xs.at(-1) - xs[0])) * (w - left - 30);
  const y = (v) => bottom - ((v - ys[0]) / (ys.at(-1) - ys[0])) * (bottom - top);
  const svg = canvas(place, w, h);
  names[0].forEach((line, i) => draw(svg, "text", { x: 0, y: 13 + i * 18, "font-size": SIZE - 1, fill: SOFT }, line));
  names[1].forEach((line, i) => draw(svg, "text", { x: w - 4, y: h - 4 - (names[1].length - 1 - i) * 18, "text-anchor": "end", "font-size": SIZE - 1, fill: SOFT }, line));
  for (const tick of ys) {
    draw(svg, "line", { x1: left, x2: w - 8, y1: y(tick), y2: y(tick), stroke: GRID });
    draw(svg, "text", { x: left - 6, y: y(tick) + 5, "text-anchor": "end", "font-size": SIZE - 1, fill: SOFT }, label(tick, up));
  }
  const every = Math.ceil(xs.length / Math.max(2, Math.floor((w - left) / 70)));
  xs.forEach((tick, n) => {
    draw(svg, "line", { x1: x(tick), x2: x(tick), y1: bottom, y2: bottom + 5, stroke: AXIS });
    if (n % every === 0) draw(svg, "text", { x: x(tick), y: bottom + 20, "text-anchor": "middle", "font-size": SIZE - 1, fill: SOFT }, label(tick, across));
  });
  draw(svg, "line", { x1: left, x2: w - 8, y1: bottom, y2: bottom, stroke: AXIS, "stroke-width": 1.5 });
  for (const p of [...points].sort((a, b) => a.main - b.main)) {
    mark(svg, p.main ? "circle" : "square", x(p.at), y(p.value), p.main ? 7 : 4, p.circa ? PAPER : p.main ? MAIN : OTHER, p.main ? MAIN : OTHER);
    const right = x(p.at) + 14 + width(p.name) > w - 8;
    if (p.main) draw(svg, "text", { x: x(p.at) + (right ? -12 : 12), y: y(p.value) - 9, "text-anchor": right ? "end" : "start", "font-weight": 600, fill: INK }, p.name);
  }
  return { svg, spots: [points.map((p) => [x(p.at), y(p.value)])] };
}

/* One row a thing: a dot on a thread, or a bar, with its number. */
function rowChart(place, w, rows, { bars = false } = {}) {
  const size = SIZE - 1;
  const longest = Math.max(...rows.map((r) => width(r.name, size)));
  const left = Math.min(longest + 14, w < 480 ? 0.42 * w : 0.4 * w);
  const texts = rows.map((r) => wrapped(r.name, left - 10, size));
  const right = 14 + Math.max(...rows.map((r) => width(r.text)));
  const room = Math.max(40, w - left - right);
  const highest = Math.max(...rows.map((r) => r.value), 0);
  const lowest = Math.min(...rows.map((r) => r.value), 0);
  const x = (value) => left + ((value - lowest) / (highest - lowest || 1)) * room;
  const heights = texts.map((t) => Math.max(bars ? 30 : 23, t.length * 17 + 6));
  const h = heights.reduce((a, b) => a + b, 8);
  const svg = canvas(place, w, h);
  const spots = [];
  let at = 4;
  rows.forEach((row, n) => {
    const middle = at + heights[n] / 2;
    const weight = row.main && !bars ? 600 : 400;
    texts[n].forEach((line, i) =>
      draw(svg, "text", { x: left - 10, y: middle + 5 + (i - (texts[n].length - 1) / 2) * 17, "text-anchor": "end", "font-size": size, "font-weight": weight, fill: INK }, line));
    if (bars) {
      draw(svg, "rect", { x: left, y: middle - 9, width: Math.max(0, x(row.value) - left), height: 18, fill: row.fill, stroke: OUTLINE, "stroke-width": 1.25 });
    } else {
      draw(svg, "line", { x1: x(0), x2: x(row.value), y1: middle, y2: middle, stroke: row.main ? MAIN : GRID, "stroke-width": row.main ? 3 : 1.5 });
      const colour = row.target ? AIM : row.main ? MAIN : OTHER;
      const shape = row.target ? "diamond" : row.main ? "circle" : row.larger ? "diamond" : "square";
      mark(svg, shape, x(row.value), middle, row.main ? 6 : 4, row.circa || row.target ? PAPER : colour, colour);
    }
    draw(svg, "text", { x: x(row.value) + (row.main && !bars ? 13 : 10), y: middle + 5, "font-size": size, "font-weight": weight, fill: row.main || bars ? INK : SOFT }, row.text);
    spots.push([x(row.value), middle]);
    at += heights[n];
  });
  draw(svg, "line", { x1: x(0), x2: x(0), y1: 0, y2: h, stroke: AXIS, "stroke-width": 1.5 });
  return { svg, spots: [spots] };
}

/* ---- What a choice shows: sentence, chart, table, file ----

   A view names its columns: what a cell says, what it is sorted by, whether it holds numbers, and, where a cell is
   more than its words, what makes it. */

const SILENT = "nicht genannt";
const NO_CAUSE = "Dass zwei Kennzahlen gemeinsam hoch oder niedrig sind, zeigt keine Ursache: Beide können von Drittem abhängen, oder es ist Zufall.";

const column = (key, name, text, { order = text, numeric = false, cell = text, needed = true } = {}) => ({ key, name, text, order, numeric, cell, needed });

const collator = new Intl.Collator("de", { numeric: true });

/* Rows by one of the columns; what a row does not say comes last, and equal ones keep their order. */
function sorted(rows, columns, sort) {
  const wanted = columns.find((c) => c.key === sort.replace(/^-/, ""));
  if (!wanted) return rows;
  const turn = sort.startsWith("-") ? -1 : 1;
  const keyed = rows.map((row) => [wanted.order(row), row]);
  const empty = (v) => v === "" || v === null || v === undefined || v === SILENT;
  keyed.sort(([a], [b]) => {
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    return turn * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  });
  return keyed.map(([, row]) => row);
}

const scopeOf = (filters) => (filters.length ? `: ${filters.join("; ")}` : "");

function measuresView(data, state, host) {
  const found = chosenRows(data, state);
  const total = data.material.measures.length;
  const label = {
    field: (v) => `Handlungsfeld „${data.fieldOf(v)}“`,
    status: (v) => (v === NONE ? "ohne genannten Status" : `Status „${data.statuses.get(v)}“`),
    goal: (v) => (v === NONE ? "ohne Ziel" : `Ziel „${data.goals.get(v)}“`),
    actor: (v) => (v === NONE ? "ohne genannte Zuständige" : `zuständig: ${data.actors.get(v)}`),
    costs: (v) => (v === "mit" ? "mit genannten Kosten" : "ohne genannte Kosten"),
    year: (v) => (v === NONE ? "ohne genanntes Jahr" : `Jahr ${v}`),
    due: (v) => DUE.get(v),
    text: (v) => `Suche „${v.trim()}“`,
  };
  const filters = Object.keys(label).filter((t) => state[t].trim()).map((t) => label[t](state[t]));
  const scope = scopeOf(filters);
  let sentence = `Gezeigt werden ${number(found.length)} von ${number(total)} Maßnahmen${scope}.`;
  if (!total) sentence = "In den Daten stehen noch keine Maßnahmen.";
  else if (!found.length) sentence = `Zu dieser Auswahl gibt es keine Maßnahme${scope}. Nehmen Sie einzelne Angaben zurück.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 von ${number(total)} Maßnahmen${scope}.`;
  else if (found.length === total) sentence = filters.length ? `Gezeigt werden alle ${number(total)} Maßnahmen${scope}.` : `Gezeigt werden alle ${number(total)} Maßnahmen.`;
  const late = found.filter((m) => m.due.includes("ueberfaellig")).length;
  const undated = found.filter((m) => m.due.includes("ohne-termin")).length;
  if (state.due === "offen" && found.length) sentence += ` Davon ${late === 1 ? "ist 1 Termin" : `sind ${number(late)} Termine`} verstrichen, ohne Termin ${undated === 1 ? "ist 1" : `sind ${number(undated)}`}.`;
  const names = (list, map) => list.map((key) => map.get(key)).join("; ");
  const statusOf = (m) => data.statuses.get(m.status) ?? SILENT;
  const order = [...data.statuses.keys()];
  const chart = state.chart_by === "kosten" ? sums(data, found) : counts(data, state, found);
  const said = (m) => (m.status_day ? `${statusOf(m)} (${[m.status_day, m.status_source].filter(Boolean).join(", ")})` : statusOf(m));
  return {
    sentence,
    ...chart,
    hints: [...(late && state.due ? ["„Termin verstrichen“ heißt: Die Quellen nennen einen Tag, der vorbei ist. Ob die Maßnahme erledigt ist, sagt das nicht."] : []), ...(chart.hints ?? [])],
    columns: [
      column("massnahme", "Maßnahme", (m) => m.title, { cell: (m) => host.link(m.id, m.title) }),
      column("feld", "Handlungsfeld", (m) => data.fields.get(m.field), { order: (m) => [...data.fields.keys()].indexOf(m.field) }),
      column("status", "Status", said, { order: (m) => (m.status ? order.indexOf(m.status) : "") }),
      column("termin", "Termin", (m) => m.deadline || m.years.join(", ") || SILENT, { order: (m) => m.deadline_day }),
      column("zustaendig", "Zuständig", (m) => names(m.actors, data.actors) || SILENT),
      column("kosten", "Kosten", (m) => m.costs || SILENT, { order: (m) => (m.amounts.length ? Math.max(...m.amounts.map(([, v]) => v)) : "") }),
      column("kennzahl", "Kennzahlen", (m) => m.indicators.join("; ") || SILENT),
    ],
    rows: found,
    key: (m) => m.id,
    file: "massnahmen.csv",
    csv: () => [
      ["Kennung", "Maßnahme", "Handlungsfeld", "Status", "Status vom", "Termin", "Zuständig", "Kosten", "Jahre", "Ziele", "Kennzahlen", "Beschreibung", "Quelle", "Fundstelle", "Lizenz"],
      ...found.map((m) => [
        m.id, m.title, data.fields.get(m.field), data.statuses.get(m.status) ?? "", m.status_day, m.deadline,
        names(m.actors, data.actors), m.costs, m.years.join(", "), names(m.goals, data.goals), m.indicators.join("; "),
        m.about, m.source, m.passage, m.licence,
      ]),
    ],
    sources: [],
  };
}

const DUE = new Map([
  ["offen", "Termin verstrichen oder ohne Termin"],
  ["ueberfaellig", "Termin verstrichen"],
  ["ohne-termin", "ohne Termin"],
  ["im-plan", "Termin steht bevor"],
  ["erledigt", "erledigt oder verworfen"],
]);

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
      fill: byField ? MAIN : key ? `var(--ik-sf-${key})` : PAPER,
    }));
  return {
    title: `Maßnahmen nach ${byField ? "Handlungsfeld" : "Status"}`,
    subtitle: `Anzahl der Maßnahmen in der Auswahl, Stand ${data.material.stand}.`,
    chart: points.length ? { groups: [{ name: "Maßnahmen", points }], bars: true, unit: "Maßnahmen" } : null,
  };
}

const euro = (value, circa) => `${circa ? `ca.${NBSP}` : ""}${number(value, Number.isInteger(value) ? 0 : 2)}${NBSP}€`;

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
  if (points.length > 1) hints.push("Eine Gesamtsumme gibt es nicht: Beträge verschiedener Jahre oder Haushaltsstände, und Beträge ohne Jahr, lassen sich nicht zusammenzählen.");
  if (points.length && silent) hints.push(`Zu ${silent === 1 ? "einer Maßnahme" : `${number(silent)} Maßnahmen`} der Auswahl nennen die Quellen keinen Betrag; sie fehlen in den Summen.`);
  if (points.some((p) => p.circa)) hints.push("Hohle Balken enthalten ungefähre Angaben.");
  return {
    title: points.length === 1 ? `Zusammen ${points[0].text} (${points[0].name})` : points.length ? "Kosten nach Jahr und Haushaltsstand" : "Zu dieser Auswahl nennen die Quellen keine Beträge",
    subtitle: "Beträge in Euro, je Jahr und Haushaltsstand für sich zusammengezählt.",
    chart: points.length ? { groups: [{ name: "Kosten", points }], bars: true, unit: "Euro" } : null,
    hints,
  };
}

function changesView(data, state, host) {
  const found = chosenRows(data, state);
  const [before, after] = [state.since, state.until].map((key) => data.material.states.find(([id]) => id === key));
  const named = ([, name, day]) => `„${name}“ (${day})`;
  const filters = [state.field && `Handlungsfeld „${data.fieldOf(state.field)}“`, state.change && data.changeKinds.get(state.change)].filter(Boolean);
  const pair = data.material.between.some(([a, b]) => a === state.since && b === state.until);
  const span = `zwischen ${named(before)} und ${named(after)}`;
  let sentence = `Gezeigt werden ${number(found.length)} Änderungen ${span}${scopeOf(filters)}.`;
  if (!pair) sentence = `Von ${named(before)} zu ${named(after)} lässt sich nichts vergleichen: Der zweite Stand muss der jüngere sein.`;
  else if (!found.length) sentence = `Nach den Daten hat sich ${span} nichts geändert${scopeOf(filters)}.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 Änderung ${span}${scopeOf(filters)}.`;
  const kinds = [...data.changeKinds].map(([key, name]) => ({ name, value: found.filter((c) => c.kind === key).length, main: true, fill: MAIN })).filter((p) => p.value);
  const points = kinds.map((p) => ({ ...p, text: number(p.value) }));
  return {
    sentence,
    title: `Was hat sich seit „${before[1]}“ geändert?`,
    subtitle: `Anzahl der Änderungen nach ihrer Art; verglichen sind ${named(before)} und ${named(after)}.`,
    hints: ["„Entfallen“ heißt: nicht mehr in den Daten. Es heißt nicht: erledigt. „Neu bekannt“ war schon vorher so."],
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
    file: `aenderungen-seit-${state.since}.csv`,
    csv: () => [
      ["Gegenstand", "Änderung", "Handlungsfeld", "Art", "Von", "Bis", "Quelle", "Fundstelle"],
      ...found.map((c) => [c.about, c.text, data.fieldOf(c.field), data.changeKinds.get(c.kind), before[1], after[1], c.source, c.passage]),
    ],
    sources: [],
  };
}

function seriesOf(found, indicator) {
  const [first] = found;
  const several = { area: found.some((o) => o.rank !== first.rank), group: found.some((o) => o.of("g") !== first.of("g")) };
  const series = new Map();
  for (const o of found) {
    if (o.value === null || o.target) continue;
    /* Values of different sources are not one line.  Keys are numbers: of many thousand values none is spelt out. */
    const key = (o.rank * 4096 + o.of("g")) * 1048576 + o.document;
    const known = series.get(key);
    if (known) known.points.push(o);
    else {
      const name = [several.area || !several.group ? o.areaName : "", several.group ? o.groupName : ""].filter(Boolean).join(", ");
      series.set(key, { indicator, name, area: o.area, group: o.group, groupName: o.groupName, rank: o.rank, level: o.level, points: [o], source: o.source[0] });
    }
  }
  const names = [...series.values()].map((s) => s.name);
  for (const s of series.values())
    if (names.filter((n) => n === s.name).length > 1) s.name += ` (${s.source.split(/,|\. /)[0]})`;
  for (const s of series.values()) s.newest = newestOf(s.points);
  /* By area; of several sources the one with the newest value first. */
  return [...series.values()].sort((a, b) => a.rank - b.rank || b.newest.moment - a.newest.moment);
}

/* The newest value, of equally new ones the first; one without a year only where there is no other. */
const newestOf = (points) => points.reduce((a, b) => (b.moment > a.moment ? b : a));

/* Series with their years alone, in their order. */
const linesOf = (series) =>
  series.map((s) => ({ ...s, points: s.points.filter((p) => p.year !== null).sort((a, b) => a.moment - b.moment || b.n - a.n) })).filter((s) => s.points.length);

/* The first year stands for 100; where a series breaks, its index begins again. */
function asIndex(lines, hints) {
  const drawn = lines.flatMap((s) => {
    const last = s.points.findLastIndex((p) => p.broken);
    const points = s.points.slice(Math.max(last, 0));
    const [base] = points;
    if (!(base.value > 0) || points.length < 2) return [];
    const shown = points.map((p, n) => derived(p, { broken: false, value: (100 * p.value) / base.value, text: number((100 * p.value) / base.value, n ? 1 : 0) }));
    return [{ ...s, name: `${s.name} (${base.time} = 100)`, points: shown }];
  });
  hints.push("Index: Der erste gezeigte Wert jeder Linie steht für 100. Ein Index zeigt, wie sich Werte verändert haben, nicht, wie hoch sie sind.");
  if (lines.some((s) => s.points.some((p) => p.broken))) hints.push("Wo eine Reihe bricht, beginnt ihr Index nach dem Bruch.");
  if (drawn.length < lines.length) hints.push(`${number(lines.length - drawn.length)} ${lines.length - drawn.length === 1 ? "Reihe hat" : "Reihen haben"} keinen Index: Dazu braucht es zwei Werte und einen ersten über 0.`);
  if (drawn.some((s) => s.points[0].circa)) hints.push("Eine Bezugsgröße ist nur ungefähr bekannt; der Index ist es dann auch.");
  return drawn;
}

/* The first of two groups minus the second, where both have a value of one area, source and time. */
function asDifference(lines, indicator, hints) {
  const groups = [...new Map(lines.map((s) => [s.group, s.groupName]))];
  if (groups.length !== 2) {
    hints.push(`Ein Abstand lässt sich nur zwischen zwei Gruppen zeigen; in der Auswahl ${groups.length === 1 ? "ist es eine" : `sind es ${number(groups.length)}`}. Wählen Sie genau zwei Gruppen aus.`);
    return [];
  }
  const [[first, a], [, b]] = groups;
  const sign = indicator.sign.trim() === "%" ? `${NBSP}Prozentpunkte` : indicator.sign;
  const drawn = lines.filter((s) => s.group === first).flatMap((s) => {
    const other = lines.find((t) => t.group !== first && t.area === s.area && t.source === s.source);
    const points = s.points.flatMap((p) => {
      const mate = other?.points.find((q) => q.time === p.time);
      if (!mate) return [];
      const value = Number((p.value - mate.value).toFixed(10));
      const circa = p.circa || mate.circa;
      return [derived(p, { value, circa, broken: p.broken || mate.broken, text: `${circa ? `ca.${NBSP}` : ""}${number(value, circa ? undefined : indicator.digits)}${sign}` })];
    });
    return points.length ? [{ ...s, name: lines.some((t) => t.area !== s.area) ? points[0].areaName : `${a} minus ${b}`, points }] : [];
  });
  hints.push(`Abstand: „${a}“ minus „${b}“${sign.includes("Prozentpunkte") ? ", in Prozentpunkten" : ""}. Über 0 ist der Wert der ersten Gruppe höher; ob das gut ist, sagt der Abstand nicht.`);
  if (!drawn.length) hints.push("Beide Gruppen haben zu keiner Zeit einen Wert aus derselben Quelle.");
  return drawn;
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

function indicatorFilters(data, state) {
  const filters = [];
  if (state.areas.length) filters.push(listing(state.areas.map((a) => data.areas.get(a))));
  if (state.groups.length) filters.push(listing(state.groups.map((g) => data.groups.get(g))));
  if (state.first_year || state.last_year)
    filters.push([state.first_year && `ab ${state.first_year}`, state.last_year && `bis ${state.last_year}`].filter(Boolean).join(" "));
  if (state.kind) filters.push(state.kind === "ist" ? "nur Ist-Werte" : "nur Sollwerte");
  return filters;
}

function countedValues(found, total, what) {
  if (!found) return `Zu dieser Auswahl gibt es keinen Wert: ${what}. Nehmen Sie einzelne Angaben zurück.`;
  if (found === 1 && total === 1) return `Gezeigt wird der einzige Wert zu ${what}.`;
  if (found === 1) return `Gezeigt wird 1 von ${number(total)} Werten zu ${what}.`;
  if (found === total) return `Gezeigt werden alle ${number(total)} Werte zu ${what}.`;
  return `Gezeigt werden ${number(found)} von ${number(total)} Werten zu ${what}.`;
}

const indicatorOf = (data, o) => data.indicators.get(data.material.indicators[data.material.observations.i[o.n]].id);

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
    column("hinweis", "Hinweis", remark, { needed: found.some(remark) }),
  ].filter((c) => c.needed);
}

const valuesCsv = (data, found) => [
  ["Kennzahl", "Art", "Gebiet", "Gruppe", "Zeit", "Jahr", "Wert", "Einheit", "Genauigkeit", "Reihenbruch", "Hinweis", "Quelle", "Fundstelle", "Lizenz"],
  ...found.map((o) => {
    const indicator = indicatorOf(data, o);
    return [
      indicator.name, o.kind, o.areaName, o.groupName, o.time, o.year === null ? "" : String(o.year),
      o.value === null ? "" : String(o.value).replace(".", ","), indicator.unit, o.precision,
      o.broken ? "ja" : "", o.note, ...o.source,
    ];
  }),
];

const keyOf = (o) => [o.area, o.group, o.time, o.target ? "soll" : "ist"].join("|");

function documentsOf(found) {
  const documents = [...new Map(found.map((o) => [o.document, o])).values()].map((o) => o.source[0]);
  return documents.length > 3 ? [...documents.slice(0, 3), `Weitere ${documents.length - 3} Quellen nennt die CSV-Datei.`] : documents;
}

function indicatorView(data, state) {
  const indicator = data.indicators.get(state.indicator);
  if (!indicator) return { ...nothingView("Zu Kennzahlen liegen noch keine Werte vor.") };
  const other = data.indicators.get(state.second);
  if (other && other.id !== indicator.id) return pairView(data, state, indicator, other);
  const found = chosenObservations(data, state);
  const { town } = data.material;
  const total = indicator.rows.length;
  const form = state.form === "streuung" || !state.form ? (state.view ? "linie" : indicator.form) : state.form;
  const filters = indicatorFilters(data, state);
  const sentence = countedValues(found.length, total, [`„${indicator.name}“`, ...filters].join("; "));
  const series = seriesOf(found, indicator);
  const aims = found
    .filter((o) => o.target && o.value !== null)
    .map((o) => derived(o, { label: o.kind === "Soll" ? "Soll" : o.kind, text: quantity(o.value, indicator) }));
  const hints = [];
  let chart = null;
  if (form === "linie") {
    const years = linesOf(series);
    const views = { index: () => asIndex(years, hints), abstand: () => asDifference(years, indicator, hints) };
    const lines = views[state.view]?.() ?? years;
    const shown = lines.slice(0, MOST_LINES);
    const timeless = series.reduce((n, s) => n + s.points.length, 0) - years.reduce((n, s) => n + s.points.length, 0);
    if (shown.length) chart = { lines: shown, aims: state.view ? [] : aims, groups: shown, sign: state.view ? "" : indicator.sign };
    if (state.view && aims.length) hints.push("Sollwerte stehen nur in der Tabelle.");
    if (lines.length > shown.length) hints.push(`Gezeichnet sind ${shown.length} von ${number(lines.length)} Linien; die Tabelle enthält alle Werte.`);
    if (timeless) hints.push(timeless === 1 ? "Ein Wert ohne Jahr steht nur in der Tabelle." : `${number(timeless)} Werte ohne Jahr stehen nur in der Tabelle.`);
    if (shown.some((s) => s.points.some((p) => p.broken))) hints.push("An der gestrichelten Linie bricht die Reihe; die Werte davor und danach sind nicht vergleichbar.");
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
    if (series.some((s) => s.points.length > 1)) hints.push("Gezeigt ist der jeweils neueste Wert; die Tabelle enthält alle Jahre.");
    else if (times.size === 1) hints.push(`Alle Werte: ${[...times][0]}.`);
    if (rows.length) chart = { groups: [{ name: indicator.name, points: rows }] };
  }
  if (form !== "tabelle" && found.some((o) => o.precision === "circa")) hints.push("Hohle Zeichen stehen für ungefähre Angaben.");
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
    narrow: true,
    key: keyOf,
    file: `${indicator.id}.csv`,
    csv: () => valuesCsv(data, found),
    sources: documentsOf(found),
  };
}

/* Two indicators: below each other on one axis of time, or as a cloud of the town and its like. */
function pairView(data, state, first, second) {
  const found = chosenObservations(data, state);
  const both = [first, second];
  const apart = both.map((i) => found.filter((o) => indicatorOf(data, o) === i));
  const names = listing(both.map((i) => `„${i.name}“`));
  const sentence = countedValues(found.length, first.rows.length + second.rows.length, [names, ...indicatorFilters(data, state)].join("; "));
  const view = {
    sentence,
    title: `${first.name} und ${second.name}`,
    hints: [NO_CAUSE],
    chart: null,
    columns: valueColumns(data, found, { indicators: true }),
    rows: found,
    narrow: false,
    key: (o) => `${indicatorOf(data, o).id}|${keyOf(o)}`,
    file: `${first.id}-${second.id}.csv`,
    csv: () => valuesCsv(data, found),
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
function numbersView(data, state, host) {
  const found = chosenObservations(data, state);
  const newest = new Map();
  for (const o of found) {
    const key = `${data.material.observations.i[o.n]} ${o.group} ${o.kind}`;
    const known = newest.get(key);
    if (!known || o.moment > known.moment) newest.set(key, o);
  }
  const rows = [...newest.values()];
  const order = ["", ...data.fields.keys()];
  const place = (o) => order.indexOf(indicatorOf(data, o).field);
  rows.sort((a, b) => place(a) - place(b) || a.n - b.n);
  const area = data.areas.get(state.area) ?? state.area;
  const filters = [state.field && `Handlungsfeld „${data.fieldOf(state.field)}“`, ...indicatorFilters(data, { ...state, areas: [] })].filter(Boolean);
  const indicators = new Set(rows.map((o) => indicatorOf(data, o))).size;
  const many = `${number(indicators)} ${indicators === 1 ? "Kennzahl" : "Kennzahlen"}`;
  return {
    sentence: rows.length
      ? `Gezeigt ${indicators === 1 ? "wird" : "werden"} ${many} für ${area} mit dem jeweils neuesten Wert${scopeOf(filters)}; die CSV-Datei enthält alle ${number(found.length)} Werte.`
      : `Für ${area} liegen keine eigenen Zahlen vor${scopeOf(filters)}.`,
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
    file: `zahlen-${state.area}.csv`,
    csv: () => valuesCsv(data, found),
    sources: documentsOf(rows),
  };
}

const nothingView = (sentence) => ({
  sentence, title: "", subtitle: "", hints: [], chart: null, columns: [], rows: [], key: () => "", file: "auswahl.csv", csv: () => [], sources: [],
});

const VIEWS = { massnahmen: measuresView, kennzahlen: indicatorView, zahlen: numbersView, aenderungen: changesView };

/* To each row the day up to which the data reach; a licence that no source names is said not to be named. */
const withDay = ([head, ...rows], day) => {
  const licence = (head ?? []).indexOf("Lizenz");
  return [[...(head ?? []), "Stand der Daten"], ...rows.map((row) => [...row.map((cell, n) => (n === licence && !cell ? "nicht angegeben" : cell)), day])];
};

/* For German Excel: a cell that a spreadsheet would run as a formula stays text. */
function csvText(rows) {
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(,\d+)?$/.test(text) ? `'${text}` : text;
    return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(";") + "\r\n").join("");
}

function save(name, text, type) {
  const address = URL.createObjectURL(text instanceof Blob ? text : new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/* ---- Keyboard and sound ---- */

const loads = new WeakMap();

/* The library that reads charts: a file beside the page, or sent by a notebook's kernel. */
function chart2music(model) {
  if (globalThis.c2mChart) return Promise.resolve(globalThis.c2mChart);
  if (!loads.has(model)) {
    const run = (address) =>
      new Promise((resolve, reject) => {
        document.head.append(make("script", { src: address, onload: () => resolve(globalThis.c2mChart), onerror: reject }));
      });
    const place = model.get("sound_file");
    loads.set(model, place ? run(place) : new Promise((resolve, reject) => {
      model.on("msg:custom", (message) => {
        if (message?.chart2music) run(URL.createObjectURL(new Blob([message.chart2music], { type: "text/javascript" }))).then(resolve, reject);
      });
      model.send({ wanted: "chart2music" });
    }));
  }
  return loads.get(model);
}

/* What the library says at first, in our words; the rest is its own German. */
function spoken({ id, evaluators }) {
  if (id.startsWith("summ-chart")) return `Diagramm: ${evaluators.title}.`;
  if (id.startsWith("instructionArrows")) return "Pfeiltasten links und rechts gehen von Punkt zu Punkt, Bild auf und Bild ab von Reihe zu Reihe.";
  if (id === "instructionHotkeys") return "";
  if (id === "description" || id === "description-title") return evaluators.title ?? "";
  return false;
}

/* ---- The widget ---- */

function render({ model, el }) {
  const data = prepare(model.get("material"));
  const choices = new Map(data.material.choices);
  const prefix = `ik-e${(ids += 1)}`;
  const controls = new Map();
  let sound = false;
  let reader = null;
  let shownRows = PAGEFUL;
  let drawn = null;
  let picture = null;
  let width0 = 0;

  const host = {
    link(id, text) {
      const page = model.get("measures_page");
      return page ? make("a", { href: `${page}#${encodeURIComponent(id)}` }, text) : text;
    },
    /* A view of its own: an address that can be sent; followed here, it is chosen. */
    view(text, values) {
      return make("a", { href: addressOf(values), onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(values);
      } }, text);
    },
  };
  const addressOf = (values) => {
    const words = [...choices].filter(([trait]) => values[trait] !== undefined).map(([trait, { word }]) => [word, String(values[trait])]);
    return `#${String(new URLSearchParams(words)).replaceAll("%2C", ",")}`;
  };
  const show = (values) => set({ ...Object.fromEntries([...choices].map(([trait, { standard }]) => [trait, standard])), ...values });
  const set = (values) => {
    for (const [trait, value] of Object.entries(values)) model.set(trait, value);
    model.set("strange", []);
    model.save_changes();
  };
  /* All that there is of a topic; the indicator stays. */
  const reset = (topic) => set(Object.fromEntries([...choices]
    .filter(([trait, { topics }]) => trait === "sort" || (topics.includes(topic) && !["indicator", "area"].includes(trait))).map(([trait, { standard }]) => [trait, standard])));

  /* Controls */
  const labelled = (name, control, wide) =>
    make("div", { class: wide ? "ik-e-feld ik-e-feld--breit" : "ik-e-feld" }, make("label", { for: control.id }, name), control);
  function select(trait, name, options, wide) {
    const control = make("select", { id: `${prefix}-${trait}`, onchange: () => {
      set({ [trait]: typeof choices.get(trait).standard === "number" ? Number(control.value) : control.value });
    } });
    controls.set(trait, { control, read: (state) => { control.value = String(state[trait]); } });
    fill(control, options);
    return labelled(name, control, wide);
  }
  function fill(control, options) {
    control.replaceChildren();
    const groups = new Map();
    for (const [value, text, group] of options) {
      const option = make("option", { value }, text);
      if (!group) control.append(option);
      else {
        if (!groups.has(group)) control.append(groups.set(group, make("optgroup", { label: group })).get(group));
        groups.get(group).append(option);
      }
    }
  }
  function radios(trait, legend, options, of = (state) => state[trait]) {
    const box = make("fieldset", { class: "ik-e-wahl" }, make("legend", {}, legend));
    const inputs = options.map(([value, text]) => {
      const input = make("input", { type: "radio", name: `${prefix}-${trait}`, id: `${prefix}-${trait}-${value}`, value, onchange: () => set({ [trait]: value }) });
      box.append(make("span", {}, input, make("label", { for: input.id }, text)));
      return input;
    });
    controls.set(trait, { control: box, read: (state) => inputs.forEach((i) => { i.checked = i.value === of(state); }) });
    return box;
  }
  /* What stands in a column of the chosen indicators, each once. */
  const columns = new Map();
  function present(column, state) {
    const found = [state.indicator, state.second].filter((id) => data.indicators.has(id)).flatMap((id) => {
      const key = `${column} ${id}`;
      if (!columns.has(key)) columns.set(key, [...new Set(data.indicators.get(id).rows.map((n) => data.material.observations[column][n]))]);
      return columns.get(key);
    });
    return [...new Set(found)];
  }
  function checks(trait, name) {
    const summary = make("summary", {}, name);
    const list = make("div", { class: "ik-e-liste" });
    const box = make("details", { class: "ik-e-mehr", id: `${prefix}-${trait}` }, summary, make("fieldset", {}, make("legend", { class: "ik-e-unsichtbar" }, name), list));
    let of = "";
    const read = (state) => {
      const indicator = data.indicators.get(state.indicator);
      if (!indicator || state.topic !== "kennzahlen") return;
      const key = trait === "areas" ? "a" : "g";
      const there = present(key, state).sort((a, b) => a - b).map((n) => data.material[trait][n]);
      if (of !== `${indicator.id} ${state.second}`) {
        of = `${indicator.id} ${state.second}`;
        list.replaceChildren(...there.map(([id, text]) => {
          const input = make("input", { type: "checkbox", id: `${prefix}-${trait}-${id}`, value: id, onchange: () => {
            const marked = [...list.querySelectorAll("input:checked")].map((i) => i.value);
            set({ [trait]: marked.length === there.length ? [] : marked });
          } });
          return make("span", {}, input, make("label", { for: input.id }, text));
        }));
      }
      const all = !state[trait].length;
      for (const input of list.querySelectorAll("input")) input.checked = state[trait].includes(input.value);
      const marked = there.filter(([id]) => state[trait].includes(id)).map(([, text]) => text);
      summary.textContent = `${name}: ${all ? `alle ${there.length}` : marked.length > 2 ? `${marked.length} von ${there.length}` : listing(marked) || "keine vorhandenen"}`;
      box.hidden = there.length < 2 && all;
    };
    controls.set(trait, { control: box, read });
    return box;
  }
  const search = make("input", { type: "search", id: `${prefix}-text`, autocomplete: "off", spellcheck: "false", oninput: () => set({ text: search.value }) });
  controls.set("text", { control: search, read: (state) => { if (search.value !== state.text) search.value = state.text; } });
  const fieldName = (i) => data.fields.get(i.field) ?? "Übergreifend";
  const fieldOptions = (across) => [["", "alle"], ...data.fields, ...(across ? [[NONE, "übergreifend"]] : [])];
  const forMeasures = make("div", { class: "ik-e-gruppe" },
    select("field", "Handlungsfeld", fieldOptions()),
    select("status", "Status", [["", "alle"], ...data.statuses, [NONE, SILENT]]),
    select("due", "Termin", [["", "alle"], ...DUE]),
    select("goal", "Ziel", [["", "alle"], ...data.material.goals.map(([id, text, field]) => [id, text, data.fields.get(field)]), [NONE, SILENT]]),
    select("actor", "Zuständig", [["", "alle"], ...data.actors, [NONE, SILENT]]),
    select("costs", "Kosten", [["", "alle"], ["mit", "genannt"], [NONE, SILENT]]),
    select("year", "Jahr", [["", "alle"], ...data.years.map((y) => [y, y]), [NONE, SILENT]]),
    labelled("Suche im Text", search, true),
    radios("chart_by", "Diagramm nach", [["status", "Status"], ["feld", "Handlungsfeld"], ["kosten", "Kosten"]]));
  const years = () => {
    const state = chosen(model, data);
    const found = present("y", state).filter((y) => y !== null);
    for (const y of [state.first_year, state.last_year]) if (y && !found.includes(y)) found.push(y);
    return [[0, "alle"], ...found.sort((a, b) => a - b).map((y) => [y, String(y)])];
  };
  /* By field; of many those that hold the words of a search, and always the chosen one. */
  const finder = make("input", { type: "search", id: `${prefix}-finder`, autocomplete: "off", spellcheck: "false", oninput: () => fillIndicators() });
  const byField = [...data.indicators.values()].sort((a, b) => [...data.fields.keys()].indexOf(a.field) - [...data.fields.keys()].indexOf(b.field));
  function fillIndicators() {
    const state = chosen(model, data);
    const words = plain(finder.value).split(/\s+/).filter(Boolean);
    const fits = (i) => words.every((w) => plain(`${i.name} ${fieldName(i)} ${i.definition}`).includes(w));
    for (const trait of ["indicator", "second"]) {
      const { control } = controls.get(trait);
      const left = byField.filter((i) => fits(i) || i.id === state[trait]).map((i) => [i.id, i.name, fieldName(i)]);
      fill(control, trait === "second" ? [["", "keine"], ...left] : left);
      control.value = state[trait];
    }
  }
  const forIndicators = make("div", { class: "ik-e-gruppe" },
    labelled("Kennzahl suchen", finder),
    select("indicator", "Kennzahl", byField.map((i) => [i.id, i.name, fieldName(i)]), true),
    checks("areas", "Gebiete"),
    checks("groups", "Gruppen"),
    select("second", "Neben einer zweiten Kennzahl", [["", "keine"], ...byField.map((i) => [i.id, i.name, fieldName(i)])]),
    select("first_year", "Von", years()),
    select("last_year", "Bis", years()),
    select("kind", "Ist oder Soll", [["", "beide"], ["ist", "nur Ist"], ["soll", "nur Soll"]]),
    radios("form", "Darstellung", [["linie", "Linie"], ["punkte", "Punkte"], ["tabelle", "Tabelle"], ["streuung", "Wolke"]],
      (state) => (state.second ? (state.form === "streuung" ? "streuung" : "linie") : state.form === "streuung" ? "" : state.form || (state.view ? "linie" : data.indicators.get(state.indicator)?.form))),
    radios("view", "Werte", [["", "wie gemessen"], ["index", "Index"], ["abstand", "Abstand"]]));
  const withValues = data.material.areas.filter(([id]) => data.rowsOfArea.get(id).length);
  const shared = (topic, trait, name, options) => {
    const control = make("select", { id: `${prefix}-${topic}-${trait}-2`, onchange: () => set({ [trait]: control.value }) });
    fill(control, options);
    controls.set(`${topic} ${trait}`, { control, read: (state) => { control.value = state[trait]; } });
    return labelled(name, control);
  };
  const forNumbers = make("div", { class: "ik-e-gruppe" },
    select("area", "Gebiet", withValues.map(([id, name]) => [id, name])),
    shared("zahlen", "field", "Handlungsfeld", fieldOptions(true)),
    shared("zahlen", "kind", "Ist oder Soll", [["", "beide"], ["ist", "nur Ist"], ["soll", "nur Soll"]]));
  const { states } = data.material;
  const stateName = ([id, name, day]) => [id, `${name} (${day})`];
  const forChanges = make("div", { class: "ik-e-gruppe" },
    select("since", "Seit", states.slice(0, -1).map(stateName)),
    select("until", "Bis", states.slice(1).map(stateName)),
    select("change", "Art der Änderung", [["", "alle"], ...data.changeKinds]),
    shared("aenderungen", "field", "Handlungsfeld", fieldOptions(true)));
  const groups = { massnahmen: forMeasures, kennzahlen: forIndicators, zahlen: forNumbers, aenderungen: forChanges };
  /* Another indicator starts with all of its values. */
  controls.get("indicator").control.addEventListener("change", () => reset("kennzahlen"));
  const again = make("button", { type: "button", class: "ik-e-knopf", onclick: () => { finder.value = ""; fillIndicators(); reset(chosen(model, data).topic); } }, "Auswahl zurücksetzen");
  const topics = [["massnahmen", "Maßnahmen"], ["kennzahlen", "Kennzahlen"], ["zahlen", "Zahlen eines Gebiets"], ["aenderungen", "Änderungen"]]
    .filter(([topic]) => choices.get("topic").allowed.includes(topic));
  const finer = make("details", { class: "ik-e-genauer" }, make("summary", {}, "Auswahl verfeinern"), ...Object.values(groups), again);
  /* On a phone the answer comes first. */
  finer.open = !(el.clientWidth > 0 && el.clientWidth < 544);
  const form = make("form", { class: "ik-e-steuerung", "aria-label": "Auswahl", onsubmit: (event) => event.preventDefault() },
    radios("topic", "Was möchten Sie sehen?", topics), finer);
  const asked = data.material.questions.map(([text, values]) => ({ values, link: host.view(text, values) }));
  const starts = make("nav", { class: "ik-e-fragen", "aria-label": "Mit einer Frage beginnen" },
    make("p", {}, "Beginnen Sie mit einer Frage:"), make("ul", {}, ...asked.map(({ link }) => make("li", {}, link))));
  starts.hidden = !asked.length;

  /* What is shown */
  const status = make("p", { class: "ik-e-stand", role: "status" });
  const title = make("p", { class: "ik-e-befund" });
  const subtitle = make("p", { class: "ik-e-unter" });
  const chart = make("div", { class: "ik-e-diagramm", tabindex: "0", role: "img" });
  const readout = make("p", { class: "ik-e-punkt", "aria-hidden": "true" });
  const voice = make("div", { class: "ik-e-unsichtbar" });
  const tones = make("input", { type: "checkbox", id: `${prefix}-ton`, onchange: () => { sound = tones.checked; reader?.cleanUp(); reader = null; } });
  const help = make("p", { class: "ik-e-hilfe" },
    "Mit Tabulator ins Diagramm, mit den Pfeiltasten von Punkt zu Punkt. ",
    make("span", { class: "ik-e-ton" }, tones, make("label", { for: tones.id }, "Töne dazu")));
  const notes = make("div", { class: "ik-e-quellen" });
  const body = make("tbody");
  const head = make("tr");
  const caption = make("caption");
  const table = make("table", { class: "ik-e-tabelle", role: "table" }, caption, make("thead", {}, head), body);
  const sorter = make("select", { id: `${prefix}-reihe`, onchange: () => set({ sort: sorter.value }) });
  const ordering = make("div", { class: "ik-e-feld ik-e-ordnung" }, make("label", { for: sorter.id }, "Sortieren nach"), sorter);
  const folded = make("p", { class: "ik-e-gesagt" });
  const region = make("div", { class: "ik-e-rollen", tabindex: "0", role: "region", "aria-label": "Tabelle der Auswahl" }, table);
  const more = make("button", { type: "button", class: "ik-e-knopf", onclick: () => { shownRows += 5 * PAGEFUL; fillTable(); } });
  const told = make("span", { class: "ik-e-gesagt", role: "status" });
  const say = (text) => { told.textContent = text; setTimeout(() => { told.textContent = ""; }, 4000); };
  const cell = make("code", { class: "ik-e-zelle", hidden: true, tabindex: "0" });
  const onPage = model.get("measures_page") !== undefined;
  const actions = make("div", { class: "ik-e-knoepfe" },
    make("button", { type: "button", class: "ik-e-knopf ik-e-knopf--haupt", onclick: () => save(drawn.file, csvText(withDay(drawn.csv(), data.material.day)), "text/csv;charset=utf-8") }, "Auswahl als CSV herunterladen"),
    make("button", { type: "button", class: "ik-e-knopf", "data-nur": "seite", onclick: () => navigator.clipboard?.writeText(location.href).then(() => say("Der Link ist kopiert."), () => say("Der Link steht in der Adresszeile.")) ?? say("Der Link steht in der Adresszeile.") }, "Link kopieren"),
    make("button", { type: "button", class: "ik-e-knopf", onclick: savePicture }, "Bild speichern (SVG)"),
    make("button", { type: "button", class: "ik-e-knopf", onclick: savePixels }, "Bild speichern (PNG)"),
    make("button", { type: "button", class: "ik-e-knopf", onclick: copyCell }, "Als Zelle für mein Kapitel"),
    make("button", { type: "button", class: "ik-e-knopf", "data-nur": "seite", onclick: () => { shownRows = Math.max(shownRows, 5000); fillTable(); window.print(); } }, "Drucken"),
    told);
  const picturePart = make("figure", { class: "ik-e-abb" }, title, subtitle, chart, readout, voice, help, make("figcaption", {}, notes));
  const root = make("div", { class: "ik-erkunden" }, starts, form, status, picturePart, ordering, region, folded, more, actions, cell);
  if (!onPage) for (const b of root.querySelectorAll("[data-nur]")) b.remove();

  /* The chart with its finding above, its sources and its address below: whole by itself, in colours of paper. */
  function poster() {
    if (!picture) return null;
    const { width: w, height: h } = picture.svg.viewBox.baseVal;
    const svg = document.createElementNS(SVG, "svg");
    const room = 0.92 * w;
    let at = 12;
    const write = (text, size, fill, weight = 400) => wrapped(text, room, size).forEach((line) => {
      at += Math.round(1.35 * size);
      draw(svg, "text", { x: 20, y: at, "font-size": size, "font-weight": weight, fill }, line);
    });
    write(drawn.title, 19, INK, 600);
    write(drawn.subtitle, SIZE, SOFT);
    const inner = picture.svg.cloneNode(true);
    inner.setAttribute("x", 20);
    inner.setAttribute("y", (at += 14));
    inner.querySelector("[visibility]")?.remove();
    svg.append(inner);
    at += h + 4;
    for (const text of [drawn.sentence, ...drawn.hints]) write(text, SIZE - 2, SOFT);
    for (const text of drawn.sources) write(text.startsWith("Weitere ") ? text : `Quelle: ${text}`, SIZE - 2, SOFT);
    write(`Stand der Daten: ${data.material.day}.`, SIZE - 2, SOFT);
    if (onPage) write(location.href, SIZE - 2, SOFT);
    const [width0, height0] = [w + 40, at + 20];
    for (const [name, value] of Object.entries({ xmlns: SVG, width: width0, height: height0, viewBox: `0 0 ${width0} ${height0}`, "font-family": picture.svg.getAttribute("font-family"), "font-size": SIZE })) svg.setAttribute(name, value);
    svg.prepend(draw(svg, "rect", { width: width0, height: height0, fill: "#ffffff" }));
    const style = getComputedStyle(root);
    const light = (name, value) => value ?? (style.getPropertyValue(name).trim() || "#ffffff");
    const text = new XMLSerializer().serializeToString(svg).replace(/var\((--[\w-]+)(?:,(#[0-9a-f]{6}))?\)/g, (_, name, value) => light(name, value));
    return { text, width: width0, height: height0 };
  }

  function savePicture() {
    const made = poster();
    return made ? save(drawn.file.replace(/csv$/, "svg"), made.text, "image/svg+xml") : say("Diese Ansicht hat kein Diagramm.");
  }

  /* For slides and letters: the same, twice as fine. */
  function savePixels() {
    const made = poster();
    if (!made) return say("Diese Ansicht hat kein Diagramm.");
    const image = new Image();
    image.onload = () => {
      const paper = document.createElement("canvas");
      [paper.width, paper.height] = [2 * made.width, 2 * made.height];
      paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
      paper.toBlob((blob) => save(drawn.file.replace(/csv$/, "png"), blob, "image/png"));
    };
    image.onerror = () => say("Das Bild ließ sich nicht zeichnen; speichern Sie es als SVG.");
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.text)}`;
    return undefined;
  }

  /* The same rows in a chapter: what a cell needs is the address. */
  function copyCell() {
    const state = chosen(model, data);
    /* What only changes the look is left out; what is chosen by itself, the last state, stays so. */
    const named = (trait, standard) => ["indicator", "area"].includes(trait) || String(model.get(trait) ?? standard) !== String(standard);
    const values = Object.fromEntries([...choices].filter(([trait, { topics: own, rule, standard }]) =>
      trait === "topic" || (rule && own.includes(state.topic) && named(trait, standard) && String(state[trait]) !== String(standard))).map(([trait]) => [trait, state[trait]]));
    const code = `from konzept import buch; buch().selection("${addressOf(values).slice(1)}")`;
    cell.textContent = code;
    cell.hidden = false;
    return navigator.clipboard?.writeText(code).then(() => say("Die Zelle ist kopiert."), () => say("Kopieren Sie die Zeile."));
  }

  /* Columns that say nothing in any row fold away, by name; of figures they all stand. */
  function shownColumns() {
    if (drawn.narrow) return [drawn.columns, []];
    const says = (c) => drawn.rows.some((row) => !["", SILENT].includes(c.text(row)));
    return [drawn.columns.filter(says), drawn.columns.filter((c) => !says(c))];
  }

  function heading(c, sort) {
    const down = sort === c.key;
    const up = sort === `-${c.key}`;
    const th = make("th", { scope: "col", role: "columnheader", class: c.numeric ? "ik-e-zahl" : null, "aria-sort": down ? "ascending" : up ? "descending" : null });
    if (!choices.get("sort").allowed.includes(c.key)) th.append(c.name);
    else th.append(make("button", { type: "button", class: "ik-e-kopf", "data-reihe": c.key, onclick: () => {
      set({ sort: down ? `-${c.key}` : up ? "" : c.key });
      queueMicrotask(() => head.querySelector(`[data-reihe="${c.key}"]`)?.focus());
    } }, c.name, make("span", { "aria-hidden": "true" }, down ? " ↑" : up ? " ↓" : " ↕")));
    return th;
  }

  function fillTable() {
    const { rows, key } = drawn;
    const { sort } = chosen(model, data);
    const [columns, silent] = shownColumns();
    head.replaceChildren(...columns.map((c) => heading(c, sort)));
    const order = rows.length ? [["", "wie in den Daten"], ...columns.filter((c) => choices.get("sort").allowed.includes(c.key)).flatMap((c) => [[c.key, `${c.name}, aufsteigend`], [`-${c.key}`, `${c.name}, absteigend`]])] : [];
    fill(sorter, order);
    sorter.value = order.some(([value]) => value === sort) ? sort : "";
    body.replaceChildren(...sorted(rows, columns, sort).slice(0, shownRows).map((row) => {
      const tr = make("tr", { role: "row", "data-id": key(row) });
      columns.forEach((c, n) => {
        const text = c.text(row);
        const css = c.numeric ? "ik-e-zahl" : ["", SILENT].includes(text) ? "ik-e-leer" : null;
        const content = make("div", {}, c.cell === c.text ? text : c.cell(row));
        tr.append(n ? make("td", { role: "cell", class: css, "data-titel": c.name }, content) : make("th", { scope: "row", role: "rowheader" }, content));
      });
      return tr;
    }));
    table.classList.toggle("ik-e-tabelle--stapel", !drawn.narrow);
    const rest = rows.length - shownRows;
    more.hidden = rest <= 0;
    more.textContent = `Weitere Zeilen zeigen (${number(Math.max(rest, 0))} folgen)`;
    table.hidden = !rows.length;
    ordering.hidden = rows.length < 2;
    folded.hidden = !silent.length || !rows.length;
    folded.textContent = `In keiner Zeile genannt: ${listing(silent.map((c) => c.name))}.`;
  }

  function drawChart() {
    reader?.cleanUp();
    reader = null;
    readout.textContent = "";
    picture = null;
    const { chart: wanted } = drawn;
    for (const part of [chart, help, readout]) part.hidden = !wanted;
    if (!wanted) return chart.replaceChildren();
    const w = Math.max(280, Math.min(720, chart.clientWidth || 720));
    width0 = chart.clientWidth;
    if (wanted.lines) picture = lineChart(chart, w, wanted.lines, wanted.aims, wanted.sign);
    else if (wanted.parts) picture = partsChart(chart, w, wanted.parts);
    else if (wanted.cloud) picture = cloudChart(chart, w, wanted.groups[0].points, wanted.cloud);
    else picture = rowChart(chart, w, wanted.groups[0].points, { bars: wanted.bars });
    picture.ring = draw(picture.svg, "circle", { r: 10, fill: "none", stroke: "var(--ik-fokus,#b3400b)", "stroke-width": 3, visibility: "hidden" });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `Diagramm: ${drawn.title} Die Tabelle darunter enthält alle Werte.`);
    return undefined;
  }

  const ofTime = () => Boolean(drawn.chart.lines || drawn.chart.parts);
  const pointText = (group, point) => (ofTime() ? `${group.name}, ${point.time}: ${point.text ?? quantity(point.value, group.indicator, point.circa)}` : `${point.name}: ${point.text}`);
  function point(g, n) {
    const group = drawn.chart?.groups[g];
    const spot = picture?.spots[g]?.[n];
    if (!group || !spot) return;
    picture.ring.setAttribute("cx", spot[0]);
    picture.ring.setAttribute("cy", spot[1]);
    picture.ring.setAttribute("visibility", "visible");
    readout.textContent = pointText(group, group.points[n]);
  }
  chart.addEventListener("pointermove", (event) => {
    if (!picture) return;
    const box = picture.svg.getBoundingClientRect();
    const zoom = box.width / picture.svg.viewBox.baseVal.width || 1;
    const [px, py] = [(event.clientX - box.left) / zoom, (event.clientY - box.top) / zoom];
    let best = [Infinity];
    picture.spots.forEach((spots, g) => spots.forEach(([x, y], n) => {
      const away = (ofTime() || drawn.chart.cloud ? Math.abs(x - px) : 0) + Math.abs(y - py);
      if (away < best[0]) best = [away, g, n];
    }));
    if (best[0] < 60) point(best[1], best[2]);
  });
  const leave = () => { picture?.ring.setAttribute("visibility", "hidden"); readout.textContent = ""; };
  chart.addEventListener("pointerleave", leave);
  chart.addEventListener("blur", leave);

  /* The reader is made when someone enters the chart; it then hears of the focus that brought it here. */
  async function read() {
    if (reader || !drawn.chart) return;
    const make2m = await chart2music(model);
    if (reader || !drawn.chart || !make2m) return;
    const indicator = data.indicators.get(chosen(model, data).indicator);
    const { groups, unit, parts, cloud: both } = drawn.chart;
    const lines = ofTime();
    const bare = parts || both || chosen(model, data).view;
    const say2m = (value) => (unit ? `${number(value)} ${unit}` : bare ? number(value, Number.isInteger(value) ? 0 : 1) : quantity(value, indicator));
    const x = lines ? { label: "Jahr", format: (v) => String(v) } : { label: "Eintrag", format: (v) => groups[0].points[v]?.name ?? "" };
    const { err, data: made } = make2m({
      type: lines ? "line" : "bar",
      element: chart,
      cc: voice,
      lang: "de",
      title: drawn.title.replace(/\.$/, ""),
      axes: { x, y: { label: bare ? "Wert" : indicator && !unit ? indicator.unit : "Anzahl", format: say2m } },
      data: Object.fromEntries(groups.map((g, i) => [
        groups.findIndex((other) => other.name === g.name) === i ? g.name : `${g.name} (${i + 1})`,
        g.points.map((p, n) => ({ x: lines ? p.year : n, y: p.value })),
      ])),
      options: {
        enableSound: sound,
        translationCallback: spoken,
        customHotkeys: [{ key: { key: "h" }, force: true, title: "Hilfe", callback: () => { voice.textContent = help.firstChild.textContent; } }],
        onFocusCallback: ({ slice, index }) => point(groups.findIndex((g) => slice === g.name || slice.startsWith(`${g.name} (`)), index),
      },
    });
    if (err) return;
    reader = made;
    if (chart.matches(":focus")) chart.dispatchEvent(new FocusEvent("focus"));
  }
  chart.addEventListener("focus", () => { read().catch(() => {}); });

  /* From the choice to the page */
  let waiting = false;
  function redraw() {
    waiting = false;
    const state = chosen(model, data);
    for (const [topic, part] of Object.entries(groups)) part.hidden = topic !== state.topic;
    for (const trait of ["first_year", "last_year"]) fill(controls.get(trait).control, years());
    for (const trait of ["areas", "groups"]) controls.get(trait).control.open &&= state.topic === "kennzahlen";
    for (const { read: readControl } of controls.values()) readControl(state);
    for (const trait of ["indicator", "second"]) if (controls.get(trait).control.value !== state[trait]) fillIndicators();
    drawn = VIEWS[state.topic](data, state, host);
    shownRows = PAGEFUL;
    status.textContent = drawn.sentence + (state.unknown.length ? ` Unbekannt und deshalb nicht berücksichtigt: ${state.unknown.join(", ")}.` : "");
    for (const { link, values } of asked) {
      const here = [...choices].every(([trait, { standard, topics: own, otherwise }]) => (own.length && !own.includes(state.topic)) || trait === "sort"
        || String(state[trait]) === String(values[trait] ?? (Array.isArray(standard) ? standard : standard || otherwise)));
      if (here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    cell.hidden = true;
    title.textContent = drawn.title;
    subtitle.textContent = drawn.subtitle;
    picturePart.hidden = !drawn.rows.length;
    caption.textContent = { massnahmen: "Maßnahmen der Auswahl", aenderungen: "Änderungen" }[state.topic] ?? "Werte der Auswahl";
    notes.replaceChildren(...drawn.hints.map((t) => make("p", {}, t)), ...drawn.sources.map((t) => make("p", {}, t.startsWith("Weitere ") ? t : `Quelle: ${t}`)));
    drawChart();
    fillTable();
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
  const observer = new ResizeObserver(() => { if (drawn && chart.clientWidth && Math.abs(chart.clientWidth - width0) > 4) drawChart(); });
  observer.observe(root);
  return () => {
    observer.disconnect();
    reader?.cleanUp();
    for (const event of events) model.off(event, soon);
  };
}

export default { render, select };
