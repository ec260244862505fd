// Lets readers see the changes of one action field: a list above each table of changes.
// Without this script the whole table stands there.
(() => {
  "use strict";
  for (const table of document.querySelectorAll("[id^='tab-aenderungen-'] table, table[id^='tab-aenderungen-']")) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const name = (row) => row.cells[1].textContent.replaceAll("\u00ad", "").trim();
    const names = [...new Set(rows.map(name))];
    if (names.length < 2) continue;
    const choice = document.createElement("select");
    for (const each of ["alle", ...names]) choice.add(new Option(each, each));
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const label = document.createElement("label");
    label.className = "ik-auswahl";
    label.append("Handlungsfeld ", choice, " ", told);
    table.parentElement.before(label);
    choice.addEventListener("change", () => {
      for (const row of rows) row.hidden = choice.value !== "alle" && name(row) !== choice.value;
      told.textContent = `${rows.filter((row) => !row.hidden).length} von ${rows.length} Zeilen`;
    });
  }
})();
