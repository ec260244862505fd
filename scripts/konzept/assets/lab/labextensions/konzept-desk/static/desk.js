/* The desk stands in JupyterLab's first tab, and the preview beside the page that is written.

   Both are pages of `konzept preview`, which jupyter-server-proxy starts when they are first asked for.
   In the form of a prebuilt extension without a build, like ../../konzept/static/writing.js. */

"use strict";

(function () {
  const { baseUrl = "/" } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  const ROOT = `${baseUrl}konzept/`;
  const WRITE = `${baseUrl}lab/tree/`;
  const FAILED = "Der Schreibtisch lässt sich nicht öffnen. Läuft für dieses Buch schon eine Vorschau, beenden Sie sie"
    + " im Terminal mit Strg+C. Laden Sie dann diese Seite neu.";

  /* Once jupyter-server-proxy is there. */
  async function open(app, id, title, path) {
    while (!app.commands.hasCommand("server-proxy:open")) await new Promise(done => setTimeout(done, 50));
    return app.commands.execute("server-proxy:open", { id, title, url: ROOT + path, newBrowserTab: false });
  }

  async function openDesk(app) {
    const widget = await open(app, "konzept-schreibtisch", "Schreibtisch", ".tisch/");
    const frame = widget.node.querySelector("iframe");
    widget.title.closable = false;
    if (frame.dataset.konzept) return;
    frame.dataset.konzept = "";
    // A frame may not lead the window that it stands in elsewhere: what the desk leads to opens in tabs.
    const listen = () => {
      const page = frame.contentDocument;
      if (!page || page.URL === "about:blank" || page.readyState !== "complete") return;
      if (!page.querySelector("main")) page.body.textContent = FAILED;
      page.addEventListener("click", event => follow(app, event));
    };
    frame.addEventListener("load", listen);
    listen();
  }

  function follow(app, event) {
    const address = event.target.closest?.("a[href]")?.href;
    if (!address || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { origin, pathname, hash } = new URL(address);
    if (origin !== location.origin) return;
    if (pathname.startsWith(WRITE)) {
      app.commands.execute("docmanager:open", { path: decodeURIComponent(pathname.slice(WRITE.length)) });
    } else if (pathname.startsWith(ROOT) && pathname.endsWith(".html")) {
      showPreview(app, pathname.slice(ROOT.length) + hash);
    } else return;
    event.preventDefault();
  }

  let preview = null;

  async function showPreview(app, path) {
    if (preview && !preview.isDisposed) {
      preview.content.url = ROOT + path;
      return;
    }
    const { currentWidget } = app.shell;
    app.shell.collapseLeft();
    preview = await open(app, "konzept-vorschau", "Vorschau", path);
    // It was there already where JupyterLab has brought back what was open.
    preview.content.url = ROOT + path;
    if (preview !== currentWidget) app.shell.add(preview, "main", { mode: "split-right", ref: currentWidget.id });
    app.shell.activateById(currentWidget.id);
  }

  /* The page that is written, as the preview names it. */
  function pageOf(widget) {
    const path = widget?.context?.path ?? "";
    return path.endsWith(".md") ? `${path.slice(0, -3)}.html` : null;
  }

  const plugin = {
    id: "konzept-desk:plugin",
    description: "The desk and the preview",
    autoStart: true,
    activate(app) {
      app.commands.addCommand("konzept:schreibtisch", { label: "Schreibtisch", execute: () => openDesk(app) });
      app.commands.addCommand("konzept:vorschau", {
        label: "Vorschau",
        isEnabled: () => pageOf(app.shell.currentWidget) !== null,
        execute: () => showPreview(app, pageOf(app.shell.currentWidget)),
      });
      app.shell.currentChanged.connect((_, { newValue }) => {
        app.commands.notifyCommandChanged("konzept:vorschau");
        const page = pageOf(newValue);
        if (page && preview && !preview.isDisposed && !preview.content.url.endsWith(page)) preview.content.url = ROOT + page;
      });
      app.restored.then(async () => {
        await openDesk(app);
        // An address or the last session may have opened a page.
        const page = [...app.shell.widgets("main")].find(pageOf);
        if (page) app.shell.activateById(page.id);
      });
    },
  };

  (window._JUPYTERLAB ??= {})["konzept-desk"] = { init() {}, get: async () => () => ({ __esModule: true, default: plugin }) };
})();
