/* What leaves the page as a file, and the libraries that come when they are wanted. */

import { make } from "./elements.js";

/* The last columns of every file: whence a row is, under which licence, and up to when the data reach. */
const PROOF = ["Quelle", "Fundstelle", "Lizenz", "Stand der Daten"];

/* Heading and rows; a cell is a text, a number or a day. */
export const fileRows = ({ head, cells }, rows, day) => [
  [...head, ...PROOF],
  ...rows.map((row) => {
    const { own, proof: [source, passage, licence] } = cells(row);
    return [...own, source, passage, licence || "nicht angegeben", dayOf(day)];
  }),
];

/* From "30.8.2023"; what is no day stays as it is. */
export function dayOf(text) {
  const parts = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(text);
  return parts ? new Date(Date.UTC(parts[3], parts[2] - 1, parts[1])) : text;
}

const written = (cell) => {
  if (cell instanceof Date) return cell.toLocaleDateString("de-DE", { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" });
  return typeof cell === "number" ? String(cell).replace(".", ",") : cell;
};

/* For German Excel: a cell that a spreadsheet would run as a formula stays text. */
export function csvText(rows) {
  const quoted = (cell) => {
    const text = written(cell);
    const safe = typeof cell !== "number" && /^[=+\-@\t\r]/.test(text) && !/^-?\d+(,\d+)?$/.test(text) ? `'${text}` : text;
    return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return "\ufeff" + rows.map((row) => row.map(quoted).join(";") + "\r\n").join("");
}

export function save(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const loads = new WeakMap();

/* A library is a file beside the page, or sent by a notebook's kernel; run once, it stands under a name of its own. */
export function library(model, name) {
  const known = loads.get(model) ?? loads.set(model, new Map()).get(model);
  if (!known.has(name)) {
    const run = (address) => new Promise((resolve, reject) => {
      document.head.append(make("script", { src: address, onload: resolve, onerror: () => reject(new Error(name)) }));
    });
    const folder = model.get("libraries");
    known.set(name, folder ? run(`${folder}${name}.js`) : new Promise((resolve, reject) => {
      model.on("msg:custom", (message) => {
        if (message?.library === name) run(URL.createObjectURL(new Blob([message.text], { type: "text/javascript" }))).then(resolve, reject);
      });
      model.send({ wanted: name });
    }));
  }
  return known.get(name);
}
