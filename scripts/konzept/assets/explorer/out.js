/* Out again: the present choice as a file, a picture, a link, and a line for a chapter. */

import { chosen } from "./choosing.js";
import { make } from "./elements.js";
import { csvText, dayOf, fileRows, library, save } from "./files.js";
import { pixels, poster, svgText } from "./pictures.js";
import { caption } from "./table.js";
import { workbook } from "./workbook.js";

/* Buttons; `drawn` gives the present view and its picture, `print` prepares the page for paper. */
export function outOf({ model, data, choices, addressOf }, { drawn, print, root }) {
  const { day, rights } = data.material;
  const onPage = model.get("measures_page") !== undefined;
  const told = make("span", { class: "ik-e-gesagt", role: "status" });
  const cell = make("code", { class: "ik-e-zelle", hidden: true, tabindex: "0" });
  const say = (text) => { told.textContent = text; setTimeout(() => { told.textContent = ""; }, 4000); };
  const copy = (text, done, otherwise) => navigator.clipboard?.writeText(text).then(() => say(done), () => say(otherwise)) ?? say(otherwise);
  const where = () => (onPage ? location.href : "");
  const rowsOf = ({ file }) => fileRows(file, file.rows, day);

  async function asWorkbook() {
    const { view } = drawn();
    await library(model, "client-zip");
    const about = [["Auswahl", view.title], ["Gezeigt", view.sentence], ...view.hints.map((text) => ["Hinweis", text]), ["Adresse", where()], ["Stand der Daten", dayOf(day)], ["Rechte", rights]];
    const sheets = [[caption(chosen(model, data).topic), rowsOf(view)], ["Über diese Datei", about.filter(([, text]) => text)]];
    save(`${view.file.name}.xlsx`, await workbook(sheets));
  }

  function picture() {
    const { view, svg } = drawn();
    if (!svg) return say("Diese Ansicht hat kein Diagramm.");
    const sources = view.sources.map((text) => (text.startsWith("Weitere ") ? text : `Quelle: ${text}`));
    const below = [view.sentence, ...view.hints, ...sources, `Stand der Daten: ${day}.`, where()].filter(Boolean);
    return { name: view.file.name, svg: poster(svg, { ...view, below }, getComputedStyle(root)) };
  }
  const asSvg = () => { const made = picture(); if (made) save(`${made.name}.svg`, svgText(made.svg), "image/svg+xml"); };
  const asPng = async () => { const made = picture(); if (made) save(`${made.name}.png`, await pixels(made.svg)); };

  /* The same in a chapter: what a cell needs is the address, with what is chosen by itself, such as the last state. */
  function asCell() {
    const state = chosen(model, data);
    const named = (trait, standard) => ["indicator", "area"].includes(trait) || String(model.get(trait) ?? standard) !== String(standard);
    const values = Object.fromEntries([...choices].filter(([trait, { topics, standard }]) =>
      trait === "topic" || ((!topics.length || topics.includes(state.topic)) && named(trait, standard) && String(state[trait]) !== String(standard))).map(([trait]) => [trait, state[trait]]));
    cell.textContent = `from konzept import buch; buch().selection("${addressOf(values).slice(1)}")`;
    cell.hidden = false;
    return copy(cell.textContent, "Die Zelle ist kopiert.", "Kopieren Sie die Zeile.");
  }

  const failed = () => say("Das hat nicht geklappt. Laden Sie die Seite neu.");
  const button = (text, action, main = "") => make("button", { type: "button", class: `ik-e-knopf${main}`, onclick: () => Promise.resolve().then(action).catch(failed) }, text);
  const onlyOnPage = (...parts) => (onPage ? parts : []);
  const buttons = make("div", { class: "ik-e-knoepfe" },
    button("Für Excel", asWorkbook, " ik-e-knopf--haupt"),
    button("Bild (PNG)", asPng),
    ...onlyOnPage(button("Link kopieren", () => copy(location.href, "Der Link ist kopiert.", "Der Link steht in der Adresszeile."))),
    make("details", { class: "ik-e-weitere" }, make("summary", {}, "Weitere Formate"), make("div", { class: "ik-e-knoepfe" },
      button("CSV", () => { const { view } = drawn(); save(`${view.file.name}.csv`, csvText(rowsOf(view)), "text/csv;charset=utf-8"); }),
      button("Bild (SVG)", asSvg),
      ...onlyOnPage(button("Drucken", () => { print(); window.print(); })),
      button("Als Zelle für mein Kapitel", asCell))),
    told);
  return { parts: [buttons, cell], hide: () => { cell.hidden = true; } };
}
