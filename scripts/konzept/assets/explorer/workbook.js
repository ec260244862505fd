/* A workbook for Excel: as little of Office Open XML as it takes, packed by client-zip. */

const DAYS = 25569; /* Excel counts them from the end of 1899. */
const HEAD = 1;
const DAY = 2;
const TEXT = 3;
const MOST = 32767; /* letters in a cell */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/* Without what no XML may hold; Excel reads _x0041_ as a letter. */
const escaped = (text) => text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").slice(0, MOST).replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_")
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function cell(value, style) {
  if (value === "") return "<c/>";
  if (typeof value === "number") return `<c s="${style}"><v>${value}</v></c>`;
  if (value instanceof Date) return `<c s="${DAY}"><v>${value / 86400000 + DAYS}</v></c>`;
  /* A text is never a formula, not even when someone edits it. */
  return `<c t="inlineStr" s="${style || TEXT}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function sheet(rows, widths) {
  const columns = widths.map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join("");
  const lines = rows.map((row, n) => `<row>${row.map((value) => cell(value, n ? 0 : HEAD)).join("")}</row>`).join("");
  return `${XML}<worksheet xmlns="${SPREADSHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${lines}</sheetData></worksheet>`;
}

const STYLES = `${XML}<styleSheet xmlns="${SPREADSHEET}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const relations = (all) => `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.map(([kind, target], n) => `<Relationship Id="r${n + 1}" Type="${RELATED}/${kind}" Target="${target}"/>`).join("")}</Relationships>`;

/* As wide as most of a column's cells ask for. */
const widthsOf = (rows) => rows[0].map((_, n) => Math.min(60, Math.max(...rows.slice(0, 200).map((row) => 2 + (row[n] instanceof Date ? 10 : String(row[n]).length)))));

/* From sheets, a name and rows each. */
export function workbook(sheets) {
  const parts = sheets.map((_, n) => `sheet${n + 1}.xml`);
  const files = {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATED}"><sheets>${sheets.map(([name], n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="r${n + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([...parts.map((part) => ["worksheet", part]), ["styles", "styles.xml"]]),
    "xl/styles.xml": STYLES,
    ...Object.fromEntries(sheets.map(([, rows], n) => [`xl/${parts[n]}`, sheet(rows, widthsOf(rows))])),
  };
  return globalThis.downloadZip(Object.entries(files).map(([name, input]) => ({ name, input, lastModified: new Date() }))).blob();
}
