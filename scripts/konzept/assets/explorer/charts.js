/* Charts: plain drawings from points, SVG in the palette's variables, so that they follow light and dark and print. */

import { SVG, draw, make } from "./elements.js";
import { number } from "./words.js";

export const INK = "var(--ik-text,#1c2529)";
export const SOFT = "var(--ik-text-2,#4d585f)";
export const MAIN = "var(--ik-d1,#0b5563)";
const OTHER = "var(--ik-vergleich,#6b747b)";
const GRID = "var(--ik-gitter,#e3ded3)";
const AXIS = "var(--ik-linie-stark,#857d70)";
const AIM = "var(--ik-hinweis,#8a5000)";
export const PAPER = "var(--ik-papier,#ffffff)";
const OUTLINE = "var(--ik-umriss,#3c474d)";
export const SIZE = 15;
const DASHES = ["", "", "7 4", "2 3", "9 3 2 3"];
const SHAPES = ["circle", "square", "triangle", "square", "triangle"];

const width = (text, size = SIZE) => 0.52 * size * text.length;

export function wrapped(text, room, size = SIZE) {
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
export function lineChart(place, w, series, aims, sign, shared = { years: [], left: 0, right: 0 }) {
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
      runs.at(-1).push(i);
    });
    spots[n] = s.points.map((p) => [Math.round(10 * x(p.year)) / 10, Math.round(10 * y(p.value)) / 10]);
    for (const run of runs) {
      /* Of thousands many fall on the same spot. */
      const steps = run.filter((i, k) => !k || spots[n][i][0] !== spots[n][i - 1][0] || spots[n][i][1] !== spots[n][i - 1][1]);
      const d = `M${steps.map((i) => spots[n][i].join(" ")).join("L")}`;
      draw(svg, "path", { d, fill: "none", stroke: colour, "stroke-width": n ? 2 : 3, "stroke-dasharray": DASHES[n % DASHES.length] });
    }
    const crowded = s.points.length > 40;
    s.points.forEach((p, i) => {
      if (!crowded || p === s.points.at(-1)) mark(svg, SHAPES[n % SHAPES.length], ...spots[n][i], n ? 3 : 4, p.circa ? PAPER : colour, colour);
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
export function partsChart(place, w, parts) {
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
export function cloudChart(place, w, points, [across, up]) {
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
export function rowChart(place, w, rows, { bars = false } = {}) {
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
