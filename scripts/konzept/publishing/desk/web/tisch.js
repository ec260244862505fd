/* The desk: each form is a task, made of what the server tells of it; what its command says stands below it while it runs. */
const MOST_HITS = 30;
const MANY_STEPS = 5;
const MOST = 25_000_000;
const byId = (id) => document.getElementById(id);
const NOTHING = /Keine Änderungen\.|weder Änderungen noch Kommentare/;
const TRIED = "Probe: Geschrieben ist nichts.";
const tasks = new Map();
let content = null;

function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

async function load() {
  content = await (await fetch("inhalt")).json();
  for (const node of document.querySelectorAll(".nur-labor")) node.hidden = !content.labor;
  for (const node of document.querySelectorAll(".ohne-labor")) node.hidden = !!content.labor;
  if (!tasks.size) build();
  for (const select of document.querySelectorAll("select")) fill(select);
  byId("seiten").replaceChildren(...content.seiten.map((page) => make("li", {}, ...pageLinks(page))));
  byId("staende").replaceChildren(...content.staende.map(stateItem));
  const open = Object.entries(content.offen).flatMap(([name, lines]) => lines.map((line) => openItem(name, line)));
  byId("offen").replaceChildren(...open);
  byId("rueckmeldungen").hidden = !open.length;
  byId("rueckmeldungen").firstElementChild.textContent = `Noch offen aus Word (${open.length})`;
  showHits();
}

/* Makes all sections once. */
function build() {
  for (const { key, title, text, rare, tasks: own } of content.bereiche) {
    const head = make("h2", { textContent: title });
    const section = byId(key) ?? make(rare ? "details" : "section", { id: key }, rare ? make("summary", {}, head) : head);
    if (text) section.append(make("p", { textContent: text }));
    for (const task of own) {
      tasks.set(task.name, task);
      if (task.button) section.append(taskForm(task));
    }
    document.querySelector("main").append(section);
  }
  byId("sichern").append(byId("verlauf"));
  byId("word").append(byId("rueckmeldungen"));
  // Of several authors' work a draft is made first.
  const draft = make("a", { href: "/services/entwurf/", target: "_blank", textContent: "Entwurf ansehen, zeigen, veröffentlichen" });
  if (content.labor?.startsWith("/user/")) byId("veroeffentlichen").append(make("p", {}, draft));
}

function taskForm({ name, button: text, fields }) {
  const form = make("form", {}, ...fields.map(fieldLabel), make("button", { textContent: text }));
  form.dataset.aufgabe = name;
  form.addEventListener("submit", submitted);
  return form;
}

function fieldLabel({ name, label, kind, needed, hint }) {
  const known = { name, required: needed, autocomplete: "off" };
  let node;
  if (kind === "text") node = make("input", { ...known, placeholder: hint, maxLength: 200 });
  else if (kind === "file") node = make("input", { ...known, type: "file", accept: hint });
  else {
    node = make("select", known);
    node.dataset.liste = kind;
  }
  return make("label", {}, `${label} `, node);
}

/* Offers what can be chosen now. */
function fill(select) {
  const { value } = select;
  const offered = Object.entries(content.listen[select.dataset.liste]).map(([key, name]) => make("option", { value: key, textContent: name }));
  select.replaceChildren(make("option", { value: "", textContent: select.required ? "Bitte wählen" : "–" }), ...offered);
  select.value = value;
}

function openItem(name, line) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", async () => {
    await fetch("erledigt", { method: "POST", body: JSON.stringify({ name, line }) });
    load();
  });
  // Written for Markdown.
  return make("li", {}, make("label", { className: "wahl" }, box, ` ${line.replace(/\\([\\`*_[\]<>{}])/g, "$1")}`));
}

function pageLinks({ file, title }) {
  const seen = make("a", { href: `../${file.replace(/\.md$/, ".html")}`, target: "vorschau", textContent: content.labor ? "Vorschau" : title });
  return content.labor ? [openLink(file, title), " · ", seen] : [seen];
}

function openLink(file, text) {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return make("a", { href: `${content.labor}lab/tree/${path}`, target: "_top", textContent: text });
}

function stateItem(state) {
  const when = new Date(state.when).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" });
  const item = make("li", {}, state.sentence, make("small", { textContent: `${when}, ${state.who}` }));
  item.append(
    button("Was war geändert?", () => run(item, "unterschied", { stand: state.key })),
    button("Zurückholen", (own) => {
      // Above the list, which is made anew at once.
      const yes = button("Ja, diesen Stand zurückholen (der jetzige wird vorher gesichert)", () => run(byId("zurueck"), "zurueckholen", { stand: state.key, von: document.querySelector("[name=von]").value }));
      const no = button("Nein", () => {
        yes.replaceWith(own);
        no.remove();
      });
      own.replaceWith(yes, " ", no);
      yes.focus();
    }),
  );
  return item;
}

function button(text, act) {
  const node = make("button", { type: "button", textContent: text });
  node.addEventListener("click", () => act(node));
  return node;
}

function showHits() {
  const words = byId("suche").value.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = words.length
    ? content.funde.filter((f) => words.every((w) => `${f.name} ${f.line}`.toLowerCase().includes(w)))
    : [];
  byId("treffer-zahl").textContent = words.length ? `${hits.length} gefunden${hits.length > MOST_HITS ? `, die ersten ${MOST_HITS} stehen hier` : ""}` : "";
  byId("treffer").replaceChildren(...hits.slice(0, MOST_HITS).map(hitItem));
}

function hitItem({ kind, name, line }) {
  const code = make("code", { textContent: line });
  const copy = button("Kopieren", async (own) => {
    try {
      await navigator.clipboard.writeText(line);
      own.textContent = "Kopiert";
    } catch {
      getSelection().selectAllChildren(code);
      own.textContent = "Markiert: mit Strg+C kopieren";
    }
  });
  return make("li", {}, make("small", { textContent: kind }), name, make("br"), code, " ", copy);
}

/* Runs a task and shows what it says below a node; gives whether it went well, and what it said. */
async function run(place, task, form) {
  place.querySelector(":scope > .lauf")?.remove();
  const lines = make("ul");
  const box = make("div", { className: "lauf", tabIndex: -1 }, make("p", { role: "status", textContent: "Läuft …" }), lines);
  const status = box.firstChild;
  place.append(box);
  box.scrollIntoView({ block: "nearest" });
  const buttons = [...place.querySelectorAll("button")].filter((b) => !box.contains(b));
  for (const each of buttons) each.disabled = true;
  let code = null;
  const results = [];
  const conflicts = [];
  try {
    const answer = await fetch(`aufgabe/${task}`, { method: "POST", body: JSON.stringify(form), headers: { Accept: "text/event-stream" } });
    if (!answer.ok) throw new Error(await answer.text());
    for await (const said of events(answer.body)) {
      if ("lauf" in said) {
        const halt = button("Anhalten", () => fetch(`halt/${said.lauf}`, { method: "POST" }));
        status.append(" ", halt);
      } else if ("ende" in said) code = said.ende;
      else if ("datei" in said) lines.before(make("p", {}, make("a", { href: said.datei, download: said.name, textContent: `${said.name} herunterladen` })));
      else if (said.zeile?.startsWith("Zurücknehmen: ")) lines.before(button("Zurücknehmen", () => run(place, "zuruecknehmen", {})));
      else if (said.zeile?.startsWith("Zurückgenommen: ")) lines.append(make("li", { textContent: said.zeile.split(". ")[0] }));
      else if ("zeile" in said && task === "pruefen") results.push(said.zeile);
      else if (form.stand && said.zeile?.startsWith(form.stand)) continue; // stands above it already
      else if (/^[0-9a-f]{6} {2}/.test(said.zeile) && ["holen", "abgeben"].includes(task)) conflicts.push(said.zeile);
      else if (conflicts.length && said.fortschritt) continue; // how to choose at a terminal
      else lines.append(make("li", { className: "fortschritt" in said ? "schritt" : "", textContent: said.zeile ?? said.fortschritt }));
    }
    if (code === null) throw new Error("Die Verbindung ist abgebrochen. Laden Sie die Seite neu, und sehen Sie unter „Was ist noch nicht gesichert?“ nach, was geschehen ist.");
    if (task === "pruefen") showProblems(lines, results.join("\n"));
    if (code === 0) fold(lines, task);
    if (conflicts.length) ask(place, task, lines, conflicts, form);
    status.textContent = verdict(code, task, conflicts.length, lines.textContent);
  } catch (error) {
    status.textContent = error instanceof TypeError ? "Der Schreibtisch antwortet nicht. Läuft er noch?" : error.message;
    status.className = "fehler";
  }
  for (const each of buttons) each.disabled = false;
  box.focus({ preventScroll: true });
  if (code === 0 && tasks.get(task).renews && (form.lauf || !tasks.get(task).tried)) load();
  return { good: code === 0, text: lines.textContent };
}

/* Of long work that went well, how it went is folded. */
function fold(lines, task) {
  const steps = lines.querySelectorAll(".schritt");
  if (steps.length < MANY_STEPS || tasks.get(task).tried) return;
  lines.prepend(make("li", {}, make("details", {}, make("summary", { textContent: "Ablauf und Hinweise" }), make("ul", {}, ...steps))));
}

function verdict(code, task, conflicts, text) {
  if (conflicts) return "Dasselbe haben auch andere geändert. Was soll gelten?";
  if (code === 0) return "Fertig.";
  if (code < 0 || code === 130) return "Angehalten.";
  if (task === "pruefen") return "Das ist zu ändern:";
  return text.includes(TRIED) ? "Nicht alles lässt sich übernehmen:" : "Es ging nicht:";
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part.replace(/^data: /, ""));
  }
}

/* A problem on a page leads to the page; one in a table is looked up in the workbook. */
function showProblems(lines, text) {
  const problems = JSON.parse(text || "[]");
  if (problems.every(({ hint }) => hint)) lines.append(make("li", { textContent: `Daten und Kapitel sind in Ordnung.${problems.length ? " Zum Ansehen, nichts davon hindert:" : ""}` }));
  for (const problem of problems) {
    const sheet = content.blaetter[problem.file];
    const at = sheet?.zeilen.indexOf(problem.line) ?? -1;
    const row = problem.line && (at < 0 ? problem.line : at + 2) + (sheet?.versatz ?? 0);
    const column = sheet?.spalten[problem.column] ?? problem.column;
    const where = [row && `Zeile ${row}`, column && `Spalte „${column}“`].filter(Boolean).join(", ");
    const page = content.seiten.find(({ file }) => file === problem.file);
    const place = page ? (content.labor ? openLink(page.file, page.title) : pageLinks(page)[0]) : sheet ? `Mappe, Blatt „${sheet.titel}“` : problem.file;
    lines.append(make("li", {}, place, where ? `, ${where}: ` : ": ", make("span", { className: problem.hint ? "" : "fehler", textContent: problem.message })));
  }
}

/* Lets the author choose for each difference, and goes on when all are chosen. */
function ask(place, task, lines, conflicts, form) {
  const chosen = new Map();
  for (const conflict of conflicts) {
    const [, key, where, mine, other] = conflict.match(/^(\S+) {2}(.*?): bei Ihnen (.*), im gemeinsamen Stand (.*)$/);
    const item = make("li", {}, make("strong", { textContent: where }));
    for (const [side, text, name] of [["meine", mine, "Ihre Fassung"], ["andere", other, "Gemeinsamer Stand"]]) {
      const radio = make("input", { type: "radio", name: key });
      radio.addEventListener("change", () => {
        chosen.set(key, side);
        go.disabled = chosen.size < conflicts.length;
      });
      item.append(make("label", { className: "wahl" }, radio, ` ${name}: ${text}`));
    }
    lines.append(item);
  }
  const of = (side) => [...(form[side] ?? []), ...[...chosen].filter(([, s]) => s === side).map(([key]) => key)];
  const go = button("So übernehmen", () => run(place, task, { meine: of("meine"), andere: of("andere") }));
  go.disabled = true;
  lines.after(go);
}

async function submitted(event) {
  event.preventDefault();
  const form = event.target;
  const values = Object.fromEntries(new FormData(form));
  const { name, tried } = tasks.get(form.dataset.aufgabe);
  for (const node of form.querySelectorAll(".lauf, .danach")) node.remove();
  if (values.datei) {
    const { name: file, lastModified, size } = values.datei;
    const place = `datei?name=${encodeURIComponent(file)}&vom=${lastModified}`;
    const answer = size > MOST ? null : await fetch(place, { method: "POST", body: values.datei }).catch(() => null);
    // What stands before the desk, a proxy or nothing, has other words.
    const own = answer?.headers.get("content-type")?.startsWith("text/plain");
    const lost = size > MOST ? "Die Datei ist größer als 25 MB. Eine Datei des Konzepts ist das nicht." : "Die Datei ist nicht angekommen; die Verbindung ist abgebrochen.";
    const said = own ? await answer.text() : lost;
    if (!own || !answer.ok) {
      form.append(make("p", { className: "lauf fehler", role: "alert", textContent: said }));
      return;
    }
    values.datei = said;
  }
  const { text } = await run(form, name, values);
  if (tried && text.includes(TRIED) && !NOTHING.test(text)) form.append(takeOver(name, values));
}

/* Asks whether what was shown is meant so. */
function takeOver(name, values) {
  const box = make("div", { className: "danach" });
  const yes = button("So übernehmen", async () => {
    if ((await run(box, name, { ...values, lauf: "ja" })).good) for (const each of [yes, no]) each.remove();
  });
  const no = button("Nicht übernehmen", () => box.remove());
  box.append(yes, " ", no);
  return box;
}

byId("suche").addEventListener("input", showHits);
load();
