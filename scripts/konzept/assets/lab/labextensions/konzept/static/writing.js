/* Writing chapters in JupyterLab as in a text program, for people who have never seen a notebook.

   A double click into a paragraph starts writing there; JupyterLab alone would show the paragraph's source and wait
   for the Enter key, while all that is typed is lost.  And a chapter counts as changed when its text was changed:
   JupyterLab alone notes the kernel in it at once, and asks whether to save what nobody has written.

   In the form of a prebuilt extension of JupyterLab (a container of module federation) without a build, because it
   imports nothing; the single letters that are commands are switched off in labconfig/default_setting_overrides.json. */

"use strict";

const BLOCKS = "p, li, dt, dd, td, th, pre, h1, h2, h3, h4, h5, h6";
const CONTEXT = [40, 20, 10, 5, 2];
/* So many letters on both sides tell a place in a text; fewer where the source has something between them. */
const KEPT = ["tags", "mystnb"];
/* What jupytext.toml saves of a cell's metadata. */

/* The letters and digits of a text and where they stand: the same in a paragraph and in its source. */
function letters(text) {
  const found = [...text.matchAll(/[\p{L}\p{N}]/gu)];
  return { plain: found.map(match => match[0]).join(""), ends: found.map(match => match.index + match[0].length) };
}

/* The place in the source of what stands at a point of a rendered cell; its end when it is not to be found. */
function placeInSource(source, output, x, y) {
  const at = document.caretPositionFromPoint?.(x, y);
  const old = at ? null : document.caretRangeFromPoint?.(x, y);
  const [node, offset] = at ? [at.offsetNode, at.offset] : old ? [old.startContainer, old.startOffset] : [null, 0];
  const block = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(BLOCKS);
  if (!block || !output.contains(block)) return source.length;
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, offset);
  const text = range.toString();
  const before = letters(text).plain;
  range.selectNodeContents(block);
  range.setStart(node, offset);
  const after = letters(range.toString()).plain;
  const { plain, ends } = letters(source);
  for (const size of CONTEXT) {
    const left = before.slice(-size);
    const found = plain.indexOf(left + after.slice(0, size));
    if (!(left + after) || found < 0) continue;
    if (!left) return ends[found] - 1;
    const place = ends[found + left.length - 1];
    return after ? behind(source, place, text.match(/[^\p{L}\p{N}]*$/u)[0]) : endOfLine(source, place);
  }
  return source.length;
}

/* The place behind signs and blanks, as far as the source has them. */
function behind(source, place, signs) {
  let n = 0;
  while (n < signs.length && source[place + n] === signs[n]) n++;
  return place + n;
}

function endOfLine(source, place) {
  const end = source.indexOf("\n", place);
  return end < 0 ? source.length : end;
}

function writeWhereClicked(app) {
  let place = null;
  const isPanel = widget => widget?.content?.activeCell !== undefined;
  // Before JupyterLab puts the source in place of the paragraph.
  document.addEventListener("dblclick", event => {
    const output = event.target.closest?.(".jp-MarkdownCell .jp-MarkdownOutput");
    const panel = app.shell.currentWidget;
    place = null;
    if (!output || !isPanel(panel)) return;
    const cell = panel.content.widgets.find(widget => widget.node.contains(output));
    if (cell) place = { cell, offset: placeInSource(cell.model.sharedModel.getSource(), output, event.clientX, event.clientY) };
  }, true);
  // After it has.
  document.addEventListener("dblclick", () => {
    if (!place || app.shell.currentWidget?.content.activeCell !== place.cell) return;
    const { cell, offset } = place;
    app.commands.execute("notebook:enter-edit-mode");
    cell.editor?.setCursorPosition(cell.editor.getPositionAt(offset));
  });
}

/* What would be saved of a notebook. */
function written(model) {
  const { kernelspec, language_info, ...header } = model.sharedModel.getMetadata();
  const cells = [...model.cells].map(cell => [
    cell.type, cell.sharedModel.getSource(), KEPT.map(name => cell.getMetadata(name) ?? null),
  ]);
  return JSON.stringify([header, cells]);
}

function countOnlyWhatIsWritten(app) {
  const known = new WeakSet();
  app.shell.currentChanged.connect(async (_, { newValue }) => {
    const context = newValue?.context;
    if (!context?.model?.cells || known.has(context)) return;
    known.add(context);
    await context.ready;
    const { model } = context;
    let saved = written(model);
    const look = () => { if (model.dirty && written(model) === saved) model.dirty = false; };
    context.saveState.connect((_, state) => { if (state === "completed") saved = written(model); });
    context.fileChanged.connect(() => { saved = written(model); });
    model.stateChanged.connect((_, change) => { if (change.name === "dirty") look(); });
    look();
  });
}

/* Into a new cell one writes at once; JupyterLab alone waits for the Enter key here, too. */
function writeIntoNewCells(app) {
  app.commands.commandExecuted.connect(async (_, { id, result }) => {
    if (!/^notebook:insert-cell-(above|below)$/.test(id)) return;
    await result;
    app.commands.execute("notebook:enter-edit-mode");
  });
}

/* Pages open as documents: to JupyterLab they are notebooks, as Jupytext reads them. */
function openPagesAsDocuments(app) {
  const { icon } = app.docRegistry.getFileType("text") ?? {};
  app.docRegistry.addFileType(
    { name: "seite", displayName: "Seite", contentType: "notebook", pattern: "\\.md$", extensions: [".md"], icon },
    ["Notebook"],
  );
}

/* Whether an earlier state, or Word, has brought other words into the file, and none were written here meanwhile. */
async function isOutdated(app, { path, model, contentsModel }) {
  if (model.dirty) return false;
  // Of a page that is gone, what is shown stays.
  const now = await app.serviceManager.contents.get(path, { content: false }).catch(() => contentsModel);
  return now.last_modified !== contentsModel.last_modified;
}

/* A chapter shows what its cells show, not what they are made of; a click on the grey line opens a cell. */
function showAsRead(app) {
  const known = new WeakSet();
  app.shell.currentChanged.connect(async (_, { newValue: panel }) => {
    const context = panel?.context;
    if (!context?.model?.cells) return;
    if (known.has(context)) {
      if (!await isOutdated(app, context)) return;
      await context.revert();
    }
    known.add(context);
    await Promise.all([context.ready, panel.revealed]);
    // Its button in the toolbar was made before there was something to save.
    app.commands.notifyCommandChanged("docmanager:save");
    const cells = panel.content.widgets;
    for (const cell of cells) {
      if (cell.model.type !== "code") continue;
      cell.inputHidden = true;
      if (cell.model.getMetadata("tags")?.includes("parameters")) cell.hide();
    }
    if (!cells.some(cell => cell.model.type === "code")) return;
    await context.sessionContext.ready;
    if (app.shell.currentWidget !== panel) {
      // The command works on what is in front: again when this page is.
      known.delete(context);
      return;
    }
    const run = app.commands.execute("notebook:run-all-cells");
    // Who reads begins at the top, not at the last cell.
    panel.content.activeCellIndex = 0;
    panel.content.deselectAll();
    await run;
    if (panel.content.activeCellIndex === 0) panel.content.scrollToItem(0);
  });
}

/* Tables of the data are for looking at; the workbook is for changing them.  JupyterLab expects commas. */
function readTables(app) {
  app.shell.currentChanged.connect((_, { newValue }) => {
    const viewer = newValue?.content;
    if (viewer && "delimiter" in viewer) viewer.delimiter = ";";
  });
}

/* {quelle}`…` and its like are written so; what is read shows them as small marks, their text untouched. */
function markRoles() {
  const mark = () => {
    for (const code of document.querySelectorAll(".jp-MarkdownOutput code:not(.ik-rolle)")) {
      const before = code.previousSibling;
      const found = before?.nodeType === Node.TEXT_NODE && before.data.match(/\{([a-z]+)\}$/);
      if (!found) continue;
      const name = document.createElement("span");
      name.className = "ik-rolle__name";
      name.append(before.splitText(found.index));
      code.before(name);
      code.classList.add("ik-rolle");
      code.dataset.rolle = found[1];
      code.title = code.textContent;
    }
  };
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
}

/* The book's look lies in a style sheet; charts are measured with its fonts, which must be there before. */
function bringLook() {
  const { baseUrl = "/" } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  const sheet = Object.assign(document.createElement("link"), {
    rel: "stylesheet",
    href: `${baseUrl}lab/extensions/konzept/static/writing.css`,
    onload: () => ["400", "600"].forEach(weight => document.fonts.load(`${weight} 1em "Source Sans 3"`)),
  });
  document.head.append(sheet);
}

const plugin = {
  id: "konzept:writing",
  description: "Writing chapters as in a text program",
  autoStart: true,
  activate(app) {
    writeWhereClicked(app);
    writeIntoNewCells(app);
    countOnlyWhatIsWritten(app);
    openPagesAsDocuments(app);
    showAsRead(app);
    // Nothing stands there, and yet it opens.
    app.restored.then(() => app.shell.collapseRight());
    readTables(app);
    markRoles();
    bringLook();
  },
};

(window._JUPYTERLAB ??= {}).konzept = { init() {}, get: async () => () => ({ __esModule: true, default: plugin }) };
