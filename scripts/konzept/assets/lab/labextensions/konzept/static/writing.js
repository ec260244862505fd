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

/* Sentences break between words; JupyterLab breaks its tracebacks anywhere. */
function breakBetweenWords() {
  const style = document.createElement("style");
  style.textContent = ".jp-OutputArea [data-mime-type='application/vnd.jupyter.error'] pre,"
    + " .jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr'] pre { word-break: normal; overflow-wrap: anywhere; }";
  document.head.append(style);
}

/* A page without cells names no kernel; JupyterLab would ask for one in a dialog. */
function askForNoKernel(app) {
  const prefer = () => {
    const factory = app.docRegistry.getWidgetFactory("Jupytext Notebook");
    if (factory) factory.autoStartDefault = true;
  };
  app.docRegistry.changed.connect(prefer);
  prefer();
}

/* Charts look as they will be published, and no label is cut: the book's font lies beside Jupyter's own files. */
function bringBooksFont() {
  const { baseUrl = "/" } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  for (const weight of ["400", "600"]) {
    const file = `${baseUrl}static/source-sans-3/files/source-sans-3-latin-${weight}-normal.woff2`;
    const face = new FontFace("Source Sans 3", `url("${file}")`, { weight });
    document.fonts.add(face);
    // Without it the browser's own font stands in.
    face.load().catch(() => {});
  }
}

const plugin = {
  id: "konzept:writing",
  description: "Writing chapters as in a text program",
  autoStart: true,
  activate(app) {
    writeWhereClicked(app);
    writeIntoNewCells(app);
    countOnlyWhatIsWritten(app);
    breakBetweenWords();
    askForNoKernel(app);
    bringBooksFont();
  },
};

(window._JUPYTERLAB ??= {}).konzept = { init() {}, get: async () => () => ({ __esModule: true, default: plugin }) };
