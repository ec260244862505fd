/* A chart that is whole by itself: its finding above, sources and address below, in colours of paper. */

import { INK, SIZE, SOFT, wrapped } from "./charts.js";
import { SVG, draw } from "./elements.js";

/* Of a chart with what a view says of it; `style` tells the palette's colours. */
export function poster(chart, { title, subtitle, below }, style) {
  const { width: w, height: h } = chart.viewBox.baseVal;
  const svg = document.createElementNS(SVG, "svg");
  let at = 12;
  const write = (text, size, fill, weight = 400) => wrapped(text, 0.92 * w, size).forEach((line) => {
    at += Math.round(1.35 * size);
    draw(svg, "text", { x: 20, y: at, "font-size": size, "font-weight": weight, fill }, line);
  });
  write(title, 19, INK, 600);
  write(subtitle, SIZE, SOFT);
  const inner = chart.cloneNode(true);
  inner.setAttribute("x", 20);
  inner.setAttribute("y", (at += 14));
  inner.querySelector("[visibility]")?.remove();
  svg.append(inner);
  at += h + 4;
  for (const text of below) write(text, SIZE - 2, SOFT);
  const [width, height] = [w + 40, at + 20];
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": chart.getAttribute("font-family"), "font-size": SIZE })) svg.setAttribute(name, value);
  svg.prepend(draw(svg, "rect", { width, height, fill: "#ffffff" }));
  const light = (_, name, value) => value ?? (style.getPropertyValue(name).trim() || "#ffffff");
  for (const element of svg.querySelectorAll("*"))
    for (const { name, value } of element.attributes) if (value.startsWith("var(")) element.setAttribute(name, value.replace(/var\((--[\w-]+)(?:,(#[0-9a-f]{6}))?\)/, light));
  return svg;
}

export const svgText = (svg) => new XMLSerializer().serializeToString(svg);

/* For slides and letters: twice as fine, with the page's own font, which no picture within a page would know. */
export async function pixels(svg) {
  const family = svg.getAttribute("font-family");
  /* Of the fonts that stand in for it not every machine has each. */
  await Promise.allSettled([400, 600].map((weight) => document.fonts.load(`${weight} ${SIZE}px ${family}`)));
  const paper = document.createElement("canvas");
  [paper.width, paper.height] = ["width", "height"].map((side) => 2 * svg.getAttribute(side));
  const pen = paper.getContext("2d");
  pen.scale(2, 2);
  paint(pen, svg, { family, size: SIZE });
  return new Promise((resolve) => { paper.toBlob(resolve, "image/png"); });
}

/* Paints what charts are drawn of: lines, paths, circles, rectangles, texts, and charts within charts. */
function paint(pen, parent, font) {
  for (const element of parent.children) {
    const of = (name, otherwise = 0) => element.getAttribute(name) ?? otherwise;
    const [x, y] = [Number(of("x")), Number(of("y"))];
    pen.save();
    pen.globalAlpha = of("opacity", 1);
    pen.strokeStyle = of("stroke", "#000000");
    pen.lineWidth = of("stroke-width", 1);
    pen.setLineDash(of("stroke-dasharray", "").split(" ").filter(Boolean).map(Number));
    pen.fillStyle = of("fill", "#000000");
    if (element.tagName === "svg") {
      pen.translate(x, y);
      paint(pen, element, font);
    } else if (element.tagName === "text") {
      pen.font = `${of("font-weight", 400)} ${of("font-size", font.size)}px ${font.family}`;
      pen.textAlign = { middle: "center", end: "right" }[of("text-anchor")] ?? "left";
      pen.fillText(element.textContent, x, y);
    } else {
      const path = new Path2D(element.tagName === "path" ? of("d") : undefined);
      if (element.tagName === "line") {
        path.moveTo(of("x1"), of("y1"));
        path.lineTo(of("x2"), of("y2"));
      } else if (element.tagName === "circle") path.arc(of("cx"), of("cy"), of("r"), 0, 2 * Math.PI);
      else if (element.tagName === "rect") path.rect(x, y, of("width"), of("height"));
      if (element.tagName !== "line" && of("fill") !== "none") pen.fill(path);
      if (element.hasAttribute("stroke")) pen.stroke(path);
    }
    pen.restore();
  }
}
