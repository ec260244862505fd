/* The explorer: choose measures or an indicator, see sentence, chart and table of the choice.

   A front-end module in anywidget's format with two hosts: a notebook (konzept/notebook/widget.py) and a page
   without a server (page.js beside this file).  A host offers `model.get`, `set`, `save_changes`, `on`, `off`, `send`.
   Data are untrusted: they become text nodes and nothing else.  Charts are SVG in the palette's variables, so that
   they follow light and dark, print, and need no library. */

const NBSP = "\u00a0";
const NONE = "ohne";
const PAGEFUL = 200; /* rows of a table at first */
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
  for (let n = 0; n < o.i.length; n += 1) rows[o.i[n]].push(n);
  const data = {
    material,
    fields: names(material.fields),
    statuses: names(material.statuses),
    goals: names(material.goals),
    actors: names(material.actors),
    areas: names(material.areas),
    groups: names(material.groups),
    indicators: new Map(material.indicators.map((i, n) => [i.id, { ...i, rows: rows[n] }])),
    years: [...new Set(material.measures.flatMap((m) => m.years))].sort(),
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

/* What the rules go by: for measures what stands there, for an observation what its columns point to. */
const readers = (data) => {
  const { material, search } = data;
  const o = material.observations;
  const kinds = o.kinds.map((kind) => (kind === "Ist" ? "ist" : "soll"));
  return {
    massnahmen: (by) => (by === "text" ? (m) => search.get(m) : (m) => m[by]),
    kennzahlen: (by) => ({
      indicator: (n) => material.indicators[o.i[n]].id,
      area: (n) => material.areas[o.a[n]][0],
      group: (n) => material.groups[o.g[n]][0],
      year: (n) => o.y[n],
      kind: (n) => kinds[o.k[n]],
    })[by],
  };
};

/* Those rows of a topic that its choices leave: measures, or the numbers of observations. */
function chosenRows(data, state, rows) {
  const read = readers(data)[state.topic];
  const tests = data.material.choices
    .filter(([trait, { rule, topics }]) => rule && topics.includes(state.topic) && String(state[trait]).trim() && state[trait])
    .map(([trait, { rule, by }]) => [RULES[rule], read(by), state[trait]]);
  return rows.filter((row) => tests.every(([holds, of, wanted]) => holds(of(row), wanted)));
}

const chosenMeasures = (data, state) => chosenRows(data, state, data.material.measures);

const PRECISION = ["genau", "circa", "nur_trend", "gesperrt"];

function observation(data, n) {
  const { material } = data;
  const o = material.observations;
  const [area, areaName, level] = material.areas[o.a[n]];
  const [group, groupName] = material.groups[o.g[n]];
  const kind = o.kinds[o.k[n]];
  return {
    n, area, areaName, level, group, groupName, kind,
    rank: o.a[n], /* areas stand in their one order */
    moment: o.t[n], /* times stand in theirs, those without a year first */
    target: kind !== "Ist",
    time: o.times[o.t[n]],
    year: o.y[n],
    value: o.v[n],
    precision: PRECISION[o.p[n]],
    broken: Boolean(o.b[n]),
    note: o.notes[o.n[n]],
    source: o.sources[o.s[n]],
  };
}

function chosenObservations(data, state) {
  const rows = data.indicators.get(state.indicator)?.rows ?? [];
  return chosenRows(data, state, rows).map((n) => observation(data, n));
}

/* What a choice leaves, for those who want no picture: the ids of measures, the places of observations in the data. */
function select(material, values) {
  const data = prepare(material);
  const state = chosen({ get: (trait) => values[trait] }, data);
  return state.topic === "massnahmen"
    ? chosenMeasures(data, state).map((m) => m.id)
    : chosenObservations(data, state).map((o) => o.n);
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
const MAIN = "var(--ik-primaer,#0b5563)";
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

/* Lines over the years, each labelled at its end. */
function lineChart(place, w, series, aims, indicator) {
  const points = series.flatMap((s) => s.points);
  const ticks = scale([...points.map((p) => p.value), ...aims.map((a) => a.value)]);
  const [low, high] = [ticks[0], ticks.at(-1)];
  const years = points.map((p) => p.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const narrow = w < 480;
  const size = narrow ? SIZE - 1 : SIZE;
  const right = Math.min(narrow ? 0.37 * w : 210, 24 + Math.max(...series.map((s) => width(s.name, size))));
  const tickText = ticks.map((t) => number(t) + (indicator.sign.trim() === "%" ? indicator.sign : ""));
  const left = 10 + Math.max(...tickText.map((t) => width(t, SIZE - 1)));
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
  return { svg, spots };
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

/* ---- What a choice shows: sentence, chart, table, file ---- */

function measuresView(data, state, host) {
  const found = chosenMeasures(data, state);
  const total = data.material.measures.length;
  const label = {
    field: (v) => `Handlungsfeld „${data.fields.get(v)}“`,
    status: (v) => (v === NONE ? "ohne genannten Status" : `Status „${data.statuses.get(v)}“`),
    goal: (v) => (v === NONE ? "ohne Ziel" : `Ziel „${data.goals.get(v)}“`),
    actor: (v) => (v === NONE ? "ohne genannte Zuständige" : `zuständig: ${data.actors.get(v)}`),
    costs: (v) => (v === "mit" ? "mit genannten Kosten" : "ohne genannte Kosten"),
    year: (v) => (v === NONE ? "ohne genanntes Jahr" : `Jahr ${v}`),
    text: (v) => `Suche „${v.trim()}“`,
  };
  const filters = Object.keys(label).filter((t) => state[t].trim()).map((t) => label[t](state[t]));
  const scope = filters.length ? `: ${filters.join("; ")}` : "";
  let sentence = `Gezeigt werden ${number(found.length)} von ${number(total)} Maßnahmen${scope}.`;
  if (!total) sentence = "In den Daten stehen noch keine Maßnahmen.";
  else if (!found.length) sentence = `Zu dieser Auswahl gibt es keine Maßnahme${scope}. Nehmen Sie einzelne Angaben zurück.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 von ${number(total)} Maßnahmen${scope}.`;
  else if (found.length === total) sentence = `Gezeigt werden alle ${number(total)} Maßnahmen.`;
  const byField = state.chart_by === "feld";
  const kinds = byField ? data.fields : new Map([...data.statuses, ["", "Status nicht genannt"]]);
  const counts = new Map([...kinds.keys()].map((key) => [key, 0]));
  for (const m of found) counts.set(byField ? m.field : m.status, counts.get(byField ? m.field : m.status) + 1);
  const rows = [...counts]
    .filter(([, n]) => n)
    .map(([key, n]) => ({
      name: kinds.get(key), value: n, text: number(n), main: true,
      fill: byField ? MAIN : key ? `var(--ik-sf-${key})` : PAPER,
    }));
  const names = (list, map) => list.map((key) => map.get(key)).join("; ");
  const open = "nicht genannt";
  return {
    sentence,
    title: `Maßnahmen nach ${byField ? "Handlungsfeld" : "Status"}`,
    subtitle: `Anzahl der Maßnahmen in der Auswahl, Stand ${data.material.stand}.`,
    hints: [],
    chart: rows.length ? { groups: [{ name: "Maßnahmen", points: rows }], bars: true, unit: "Maßnahmen" } : null,
    columns: ["Maßnahme", "Handlungsfeld", "Status", "Zuständig", "Kosten", "Jahre"],
    numeric: [],
    rows: found,
    cells: (m) => [
      host.link(m.id, m.title),
      data.fields.get(m.field),
      data.statuses.get(m.status) ?? open,
      names(m.actors, data.actors) || open,
      m.costs || open,
      m.years.join(", ") || open,
    ],
    key: (m) => m.id,
    file: "massnahmen.csv",
    csv: () => [
      ["Kennung", "Maßnahme", "Handlungsfeld", "Status", "Zuständig", "Kosten", "Jahre", "Ziele"],
      ...found.map((m) => [
        m.id, m.title, data.fields.get(m.field), data.statuses.get(m.status) ?? "",
        names(m.actors, data.actors), m.costs, m.years.join(", "), names(m.goals, data.goals),
      ]),
    ],
    sources: [],
  };
}

function seriesOf(found) {
  const several = { area: new Set(found.map((o) => o.area)).size > 1, group: new Set(found.map((o) => o.group)).size > 1 };
  const series = new Map();
  for (const o of found) {
    if (o.target || o.value === null) continue;
    /* Values of different sources are not one line. */
    const key = `${o.area} ${o.group} ${o.source[0]}`;
    const name = [several.area || !several.group ? o.areaName : "", several.group ? o.groupName : ""].filter(Boolean).join(", ");
    if (!series.has(key)) series.set(key, { name, area: o.area, rank: o.rank, level: o.level, points: [], source: o.source[0] });
    series.get(key).points.push(o);
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

function indicatorView(data, state) {
  const indicator = data.indicators.get(state.indicator);
  if (!indicator) return { ...measuresView(data, state, { link: (_, text) => text }), rows: [], chart: null, sentence: "Zu Kennzahlen liegen noch keine Werte vor." };
  const found = chosenObservations(data, state);
  const { town } = data.material;
  const total = indicator.rows.length;
  const form = state.form || indicator.form;
  const filters = [];
  if (state.areas.length) filters.push(listing(state.areas.map((a) => data.areas.get(a))));
  if (state.groups.length) filters.push(listing(state.groups.map((g) => data.groups.get(g))));
  if (state.first_year || state.last_year)
    filters.push([state.first_year && `ab ${state.first_year}`, state.last_year && `bis ${state.last_year}`].filter(Boolean).join(" "));
  if (state.kind) filters.push(state.kind === "ist" ? "nur Ist-Werte" : "nur Sollwerte");
  const scope = filters.length ? `; ${filters.join("; ")}` : "";
  const what = `„${indicator.name}“${scope}`;
  let sentence = `Gezeigt werden ${number(found.length)} von ${number(total)} Werten zu ${what}.`;
  if (!found.length) sentence = `Zu dieser Auswahl gibt es keinen Wert: ${what}. Nehmen Sie einzelne Angaben zurück.`;
  else if (found.length === 1 && total === 1) sentence = `Gezeigt wird der einzige Wert zu ${what}.`;
  else if (found.length === 1) sentence = `Gezeigt wird 1 von ${number(total)} Werten zu ${what}.`;
  else if (found.length === total) sentence = `Gezeigt werden alle ${number(total)} Werte zu ${what}.`;
  const series = seriesOf(found);
  const aims = found
    .filter((o) => o.target && o.value !== null)
    .map((o) => ({ ...o, label: o.kind === "Soll" ? "Soll" : o.kind, text: quantity(o.value, indicator) }));
  const hints = [];
  let chart = null;
  if (form === "linie") {
    const lines = series.map((s) => ({ ...s, points: s.points.filter((p) => p.year !== null).sort((a, b) => a.moment - b.moment || b.n - a.n) })).filter((s) => s.points.length);
    const shown = lines.slice(0, MOST_LINES);
    const timeless = series.reduce((n, s) => n + s.points.length, 0) - lines.reduce((n, s) => n + s.points.length, 0);
    if (shown.length) chart = { lines: shown, aims, groups: shown };
    if (lines.length > shown.length) hints.push(`Gezeichnet sind ${shown.length} von ${number(lines.length)} Linien; die Tabelle enthält alle Werte.`);
    if (timeless) hints.push(timeless === 1 ? "Ein Wert ohne Jahr steht nur in der Tabelle." : `${number(timeless)} Werte ohne Jahr stehen nur in der Tabelle.`);
    if (shown.some((s) => s.points.some((p) => p.broken))) hints.push("An der gestrichelten Linie bricht die Reihe; die Werte davor und danach sind nicht vergleichbar.");
  } else if (form === "punkte") {
    /* The newest value of each series; the others stand in the table. */
    const newest = series.map((s) => ({ s, o: s.newest }));
    const times = new Set(newest.map(({ o }) => o.time));
    let rows = newest.map(({ s, o }) => ({
      name: times.size > 1 ? `${s.name} (${o.time})` : s.name,
      value: o.value, text: quantity(o.value, indicator, o.precision === "circa"), circa: o.precision === "circa",
      main: s.area === town, larger: !["gemeinde", "ortsteil"].includes(s.level),
    }));
    rows.push(...aims.map((a) => ({ name: `${a.label}: ${a.areaName}`, value: a.value, text: a.text, target: true, main: a.area === town })));
    rows.sort((a, b) => b.value - a.value);
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
  const whole = found.length === total && found.length;
  const remark = (o) => [o.broken ? "Reihenbruch davor" : "", o.note].filter(Boolean).join("; ");
  /* A column that says the same in every row says nothing. */
  const columns = [
    ["Gebiet", (o) => o.areaName],
    ["Gruppe", (o) => o.groupName, found.some((o) => o.group !== found[0].group)],
    ["Zeit", (o) => o.time],
    ["Art", (o) => o.kind, found.some((o) => o.target)],
    ["Wert", (o) => valueText(o, indicator)],
    ["Hinweis", remark, found.some(remark)],
  ].filter(([, , needed]) => needed !== false);
  /* Values of other areas never pass for the town's own. */
  const own = indicator.rows.some((n) => data.material.areas[data.material.observations.a[n]][0] === town);
  const missing = own || !data.areas.has(town) ? "" : `; keine eigenen Werte für ${data.areas.get(town)}`;
  const documents = [...new Set(found.map((o) => o.source[0]))];
  return {
    sentence,
    title: whole ? indicator.finding : indicator.name,
    subtitle: `${whole ? `${indicator.name}, in` : "In"} ${indicator.unit}${missing}.`,
    hints: [...hints, indicator.definition].filter(Boolean),
    chart,
    columns: columns.map(([name]) => name),
    numeric: [columns.findIndex(([name]) => name === "Wert")],
    rows: found,
    cells: (o) => columns.map(([, cell]) => cell(o)),
    narrow: true,
    key: (o) => [o.area, o.group, o.time, o.target ? "soll" : "ist"].join("|"),
    file: `${indicator.id}.csv`,
    csv: () => [
      ["Kennzahl", "Art", "Gebiet", "Gruppe", "Zeit", "Jahr", "Wert", "Einheit", "Genauigkeit", "Reihenbruch", "Hinweis", "Quelle", "Fundstelle"],
      ...found.map((o) => [
        indicator.name, o.kind, o.areaName, o.groupName, o.time, o.year === null ? "" : String(o.year),
        o.value === null ? "" : String(o.value).replace(".", ","), indicator.unit, o.precision,
        o.broken ? "ja" : "", o.note, ...o.source,
      ]),
    ],
    sources: documents.length > 3 ? [...documents.slice(0, 3), `Weitere ${documents.length - 3} Quellen nennt die CSV-Datei.`] : documents,
  };
}

/* For German Excel: a cell that a spreadsheet would run as a formula stays text. */
function csvText(rows) {
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(,\d+)?$/.test(text) ? `'${text}` : text;
    return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(";") + "\r\n").join("");
}

function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
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
  };
  const set = (values) => {
    for (const [trait, value] of Object.entries(values)) model.set(trait, value);
    model.set("strange", []);
    model.save_changes();
  };
  /* All that there is of a topic; the indicator stays. */
  const reset = (topic) => set(Object.fromEntries([...choices]
    .filter(([trait, choice]) => choice.topics.includes(topic) && trait !== "indicator").map(([trait, { standard }]) => [trait, standard])));

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
  function checks(trait, name) {
    const summary = make("summary", {}, name);
    const list = make("div", { class: "ik-e-liste" });
    const box = make("details", { class: "ik-e-mehr", id: `${prefix}-${trait}` }, summary, make("fieldset", {}, make("legend", { class: "ik-e-unsichtbar" }, name), list));
    let of = "";
    const read = (state) => {
      const indicator = data.indicators.get(state.indicator);
      if (!indicator) return;
      const key = trait === "areas" ? "a" : "g";
      const present = [...new Set(indicator.rows.map((n) => data.material.observations[key][n]))].sort((a, b) => a - b)
        .map((n) => data.material[trait][n]);
      if (of !== indicator.id) {
        of = indicator.id;
        list.replaceChildren(...present.map(([id, text]) => {
          const input = make("input", { type: "checkbox", id: `${prefix}-${trait}-${id}`, value: id, onchange: () => {
            const marked = [...list.querySelectorAll("input:checked")].map((i) => i.value);
            set({ [trait]: marked.length === present.length ? [] : marked });
          } });
          return make("span", {}, input, make("label", { for: input.id }, text));
        }));
      }
      const all = !state[trait].length;
      for (const input of list.querySelectorAll("input")) input.checked = state[trait].includes(input.value);
      const marked = present.filter(([id]) => state[trait].includes(id)).map(([, text]) => text);
      summary.textContent = `${name}: ${all ? `alle ${present.length}` : marked.length > 2 ? `${marked.length} von ${present.length}` : listing(marked) || "keine vorhandenen"}`;
      box.hidden = present.length < 2 && all;
    };
    controls.set(trait, { control: box, read });
    return box;
  }
  const silent = "nicht genannt";
  const search = make("input", { type: "search", id: `${prefix}-text`, autocomplete: "off", spellcheck: "false", oninput: () => set({ text: search.value }) });
  controls.set("text", { control: search, read: (state) => { if (search.value !== state.text) search.value = state.text; } });
  const fieldOf = (i) => data.fields.get(i.field) ?? "Übergreifend";
  const forMeasures = make("div", { class: "ik-e-gruppe" },
    select("field", "Handlungsfeld", [["", "alle"], ...data.fields]),
    select("status", "Status", [["", "alle"], ...data.statuses, [NONE, silent]]),
    select("goal", "Ziel", [["", "alle"], ...data.material.goals.map(([id, text, field]) => [id, text, data.fields.get(field)]), [NONE, silent]]),
    select("actor", "Zuständig", [["", "alle"], ...data.actors, [NONE, silent]]),
    select("costs", "Kosten", [["", "alle"], ["mit", "genannt"], [NONE, silent]]),
    select("year", "Jahr", [["", "alle"], ...data.years.map((y) => [y, y]), [NONE, silent]]),
    labelled("Suche im Text", search, true),
    radios("chart_by", "Diagramm nach", [["status", "Status"], ["feld", "Handlungsfeld"]]));
  const years = () => {
    const state = chosen(model, data);
    const rows = data.indicators.get(state.indicator)?.rows ?? [];
    const found = [...new Set(rows.map((n) => data.material.observations.y[n]).filter((y) => y !== null))];
    for (const y of [state.first_year, state.last_year]) if (y && !found.includes(y)) found.push(y);
    return [[0, "alle"], ...found.sort((a, b) => a - b).map((y) => [y, String(y)])];
  };
  const forIndicators = make("div", { class: "ik-e-gruppe" },
    select("indicator", "Kennzahl", [...data.indicators.values()].map((i) => [i.id, i.name, fieldOf(i)]), true),
    checks("areas", "Gebiete"),
    checks("groups", "Gruppen"),
    select("first_year", "Von", years()),
    select("last_year", "Bis", years()),
    select("kind", "Ist oder Soll", [["", "beide"], ["ist", "nur Ist"], ["soll", "nur Soll"]]),
    radios("form", "Darstellung", [["linie", "Linie"], ["punkte", "Punkte"], ["tabelle", "Tabelle"]],
      (state) => state.form || data.indicators.get(state.indicator)?.form));
  /* Another indicator starts with all of its values. */
  const indicatorControl = controls.get("indicator").control;
  indicatorControl.addEventListener("change", () => reset("kennzahlen"));
  const again = make("button", { type: "button", class: "ik-e-knopf", onclick: () => reset(chosen(model, data).topic) }, "Auswahl zurücksetzen");
  const form = make("form", { class: "ik-e-steuerung", "aria-label": "Auswahl", onsubmit: (event) => event.preventDefault() },
    radios("topic", "Was möchten Sie sehen?", [["massnahmen", "Maßnahmen"], ["kennzahlen", "Kennzahlen"]]), forMeasures, forIndicators, again);

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
  const region = make("div", { class: "ik-e-rollen", tabindex: "0", role: "region", "aria-label": "Tabelle der Auswahl" }, table);
  const more = make("button", { type: "button", class: "ik-e-knopf", onclick: () => { shownRows += 5 * PAGEFUL; fillTable(); } });
  const told = make("span", { class: "ik-e-gesagt", role: "status" });
  const say = (text) => { told.textContent = text; setTimeout(() => { told.textContent = ""; }, 4000); };
  const actions = make("div", { class: "ik-e-knoepfe" },
    make("button", { type: "button", class: "ik-e-knopf ik-e-knopf--haupt", onclick: () => save(drawn.file, csvText(drawn.csv()), "text/csv;charset=utf-8") }, "Auswahl als CSV herunterladen"),
    make("button", { type: "button", class: "ik-e-knopf", "data-nur": "seite", onclick: () => navigator.clipboard?.writeText(location.href).then(() => say("Der Link ist kopiert."), () => say("Der Link steht in der Adresszeile.")) ?? say("Der Link steht in der Adresszeile.") }, "Link kopieren"),
    make("button", { type: "button", class: "ik-e-knopf", onclick: savePicture }, "Bild speichern (SVG)"),
    make("button", { type: "button", class: "ik-e-knopf", "data-nur": "seite", onclick: () => { shownRows = Math.max(shownRows, 5000); fillTable(); window.print(); } }, "Drucken"),
    told);
  const picturePart = make("figure", { class: "ik-e-abb" }, title, subtitle, chart, readout, voice, help, make("figcaption", {}, notes));
  const root = make("div", { class: "ik-erkunden" }, form, status, picturePart, region, more, actions);
  if (model.get("measures_page") === undefined) for (const b of root.querySelectorAll("[data-nur]")) b.remove();

  function savePicture() {
    const copy = picture?.svg.cloneNode(true);
    if (!copy) return say("Diese Ansicht hat kein Diagramm.");
    copy.setAttribute("xmlns", SVG);
    const style = getComputedStyle(root);
    const light = (name, value) => value ?? (style.getPropertyValue(name).trim() || "#ffffff");
    const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)(?:,(#[0-9a-f]{6}))?\)/g, (_, name, value) => light(name, value));
    return save(drawn.file.replace(/csv$/, "svg"), text, "image/svg+xml");
  }

  function fillTable() {
    const { columns, numeric, rows, cells, key } = drawn;
    head.replaceChildren(...columns.map((c, n) => make("th", { scope: "col", role: "columnheader", class: numeric.includes(n) ? "ik-e-zahl" : null }, c)));
    body.replaceChildren(...rows.slice(0, shownRows).map((row) => {
      const tr = make("tr", { role: "row", "data-id": key(row) });
      cells(row).forEach((cell, n) => {
        const css = numeric.includes(n) ? "ik-e-zahl" : ["", silent].includes(cell) ? "ik-e-leer" : null;
        tr.append(n ? make("td", { role: "cell", class: css, "data-titel": columns[n] }, make("div", {}, cell)) : make("th", { scope: "row", role: "rowheader" }, make("div", {}, cell)));
      });
      return tr;
    }));
    table.classList.toggle("ik-e-tabelle--stapel", !drawn.narrow);
    const rest = rows.length - shownRows;
    more.hidden = rest <= 0;
    more.textContent = `Weitere Zeilen zeigen (${number(Math.max(rest, 0))} folgen)`;
    table.hidden = !rows.length;
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
    const indicator = data.indicators.get(chosen(model, data).indicator);
    picture = wanted.lines
      ? lineChart(chart, w, wanted.lines.map((s) => ({ ...s, points: s.points.map((p) => ({ ...p, circa: p.precision === "circa" })) })), wanted.aims, indicator)
      : rowChart(chart, w, wanted.groups[0].points, { bars: wanted.bars });
    picture.ring = draw(picture.svg, "circle", { r: 10, fill: "none", stroke: "var(--ik-fokus,#b3400b)", "stroke-width": 3, visibility: "hidden" });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `Diagramm: ${drawn.title} Die Tabelle darunter enthält alle Werte.`);
    return undefined;
  }

  const pointText = (group, point) => {
    const indicator = data.indicators.get(chosen(model, data).indicator);
    return drawn.chart.lines ? `${group.name}, ${point.time}: ${quantity(point.value, indicator, point.precision === "circa")}` : `${point.name}: ${point.text}`;
  };
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
      const away = (drawn.chart.lines ? Math.abs(x - px) : 0) * 1 + Math.abs(y - py);
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
    const { groups, lines, unit } = drawn.chart;
    const say2m = (value) => (unit ? `${number(value)} ${unit}` : quantity(value, indicator));
    const x = lines ? { label: "Jahr", format: (v) => String(v) } : { label: "Eintrag", format: (v) => groups[0].points[v]?.name ?? "" };
    const { err, data: made } = make2m({
      type: lines ? "line" : "bar",
      element: chart,
      cc: voice,
      lang: "de",
      title: drawn.title.replace(/\.$/, ""),
      axes: { x, y: { label: indicator && !unit ? indicator.unit : "Anzahl", format: say2m } },
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
    const measures = state.topic === "massnahmen";
    forMeasures.hidden = !measures;
    forIndicators.hidden = measures;
    for (const trait of ["first_year", "last_year"]) fill(controls.get(trait).control, years());
    for (const { read: readControl } of controls.values()) readControl(state);
    drawn = measures ? measuresView(data, state, host) : indicatorView(data, state);
    shownRows = PAGEFUL;
    status.textContent = drawn.sentence + (state.unknown.length ? ` Unbekannt und deshalb nicht berücksichtigt: ${state.unknown.join(", ")}.` : "");
    title.textContent = drawn.title;
    subtitle.textContent = drawn.subtitle;
    picturePart.hidden = !drawn.rows.length;
    caption.textContent = measures ? "Maßnahmen der Auswahl" : "Werte der Auswahl";
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
