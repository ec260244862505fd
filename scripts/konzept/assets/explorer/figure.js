/* The chart of a choice with the words around it: drawn, pointed at, and read by keyboard and ear. */

import { cloudChart, lineChart, partsChart, rowChart } from "./charts.js";
import { draw, make } from "./elements.js";
import { library } from "./files.js";
import { number, quantity } from "./words.js";

/* What the library says at first, in our words; the rest is its own German. */
function spoken({ id, evaluators }) {
  if (id.startsWith("summ-chart")) return `Diagramm: ${evaluators.title}.`;
  if (id.startsWith("instructionArrows")) return "Pfeiltasten links und rechts gehen von Punkt zu Punkt, Bild auf und Bild ab von Reihe zu Reihe.";
  if (id === "instructionHotkeys") return "";
  if (id === "description" || id === "description-title") return evaluators.title ?? "";
  return false;
}

const named = (source) => make("p", {}, source.startsWith("Weitere ") ? source : `Quelle: ${source}`);

/* `show` draws a view, `picture` is what was drawn, `fit` draws it again where its room has changed. */
export function figureOf({ model, prefix }) {
  let view = null;
  let indicator = null;
  let picture = null;
  let drawnFor = 0;
  let reader = null;
  const title = make("p", { class: "ik-e-befund" });
  const subtitle = make("p", { class: "ik-e-unter" });
  const chart = make("div", { class: "ik-e-diagramm", tabindex: "0" });
  const readout = make("p", { class: "ik-e-punkt", "aria-hidden": "true" });
  const voice = make("div", { class: "ik-e-unsichtbar" });
  const tones = make("input", { type: "checkbox", id: `${prefix}-ton`, onchange: silence });
  const help = make("p", { class: "ik-e-hilfe" },
    "Mit Tabulator ins Diagramm, mit den Pfeiltasten von Punkt zu Punkt. ",
    make("span", { class: "ik-e-ton" }, tones, make("label", { for: tones.id }, "Töne dazu")));
  const notes = make("div", { class: "ik-e-quellen" });
  const element = make("figure", { class: "ik-e-abb" }, title, subtitle, chart, readout, voice, help, make("figcaption", {}, notes));

  function silence() {
    reader?.cleanUp();
    reader = null;
  }

  function drawChart() {
    silence();
    readout.textContent = "";
    picture = null;
    const wanted = view.chart;
    for (const part of [chart, help, readout]) part.hidden = !wanted;
    if (!wanted) return chart.replaceChildren();
    /* Asked for once: whoever asks anew makes the browser lay out what is half done. */
    drawnFor ||= chart.clientWidth;
    const w = Math.max(280, Math.min(720, drawnFor || 720));
    if (wanted.lines) picture = lineChart(chart, w, wanted.lines, wanted.aims, wanted.sign);
    else if (wanted.parts) picture = partsChart(chart, w, wanted.parts);
    else if (wanted.cloud) picture = cloudChart(chart, w, wanted.groups[0].points, wanted.cloud);
    else picture = rowChart(chart, w, wanted.groups[0].points, { bars: wanted.bars });
    picture.ring = draw(picture.svg, "circle", { r: 10, fill: "none", stroke: "var(--ik-fokus,#b3400b)", "stroke-width": 3, visibility: "hidden" });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `Diagramm: ${view.title} Die Tabelle darunter enthält alle Werte.`);
    return undefined;
  }

  const ofTime = () => Boolean(view.chart.lines || view.chart.parts);
  const pointText = (group, point) => (ofTime() ? `${group.name}, ${point.time}: ${point.text ?? quantity(point.value, group.indicator, point.circa)}` : `${point.name}: ${point.text}`);
  function point(g, n) {
    const group = view.chart?.groups[g];
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
      const away = (ofTime() || view.chart.cloud ? Math.abs(x - px) : 0) + Math.abs(y - py);
      if (away < best[0]) best = [away, g, n];
    }));
    if (best[0] < 60) point(best[1], best[2]);
  });
  const leave = () => { picture?.ring.setAttribute("visibility", "hidden"); readout.textContent = ""; };
  chart.addEventListener("pointerleave", leave);
  chart.addEventListener("blur", leave);

  /* The reader is made when someone enters the chart; it then hears of the focus that brought it here. */
  async function read() {
    if (reader || !view.chart) return;
    await library(model, "chart2music");
    if (reader || !view.chart) return;
    const { groups, unit, parts, cloud } = view.chart;
    const lines = ofTime();
    const bare = parts || cloud || view.computed;
    const say = (value) => (unit ? `${number(value)} ${unit}` : bare ? number(value, Number.isInteger(value) ? 0 : 1) : quantity(value, indicator));
    const x = lines ? { label: "Jahr", format: (v) => String(v) } : { label: "Eintrag", format: (v) => groups[0].points[v]?.name ?? "" };
    const { err, data: made } = globalThis.c2mChart({
      type: lines ? "line" : "bar",
      element: chart,
      cc: voice,
      lang: "de",
      title: view.title.replace(/\.$/, ""),
      axes: { x, y: { label: bare ? "Wert" : indicator && !unit ? indicator.unit : "Anzahl", format: say } },
      data: Object.fromEntries(groups.map((g, i) => [
        groups.findIndex((other) => other.name === g.name) === i ? g.name : `${g.name} (${i + 1})`,
        g.points.map((p, n) => ({ x: lines ? p.year : n, y: p.value })),
      ])),
      options: {
        enableSound: tones.checked,
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

  return {
    element,
    silence,
    get picture() { return picture; },
    show(drawn, of) {
      [view, indicator] = [drawn, of];
      title.textContent = view.title;
      subtitle.textContent = view.subtitle;
      element.hidden = !view.rows.length;
      notes.replaceChildren(...view.hints.map((t) => make("p", {}, t)), ...view.sources.map(named));
      drawChart();
    },
    fit() {
      const now = chart.clientWidth;
      if (!now || Math.abs(now - drawnFor) <= 4) return;
      drawnFor = now;
      drawChart();
    },
  };
}
