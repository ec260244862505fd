"use strict";
/* On pages of the preview alone: loads the page again at the same place when it is served anew,
   and shows what hinders a new one.  A hidden page lets go, and asks again when it is seen. */
(function () {
  const { seite, stand } = document.currentScript.dataset;
  const EVENTS = new URL(`ereignisse?seite=${encodeURIComponent(seite)}`, document.currentScript.src);
  const PLACE = "vorschau-stelle";
  const TOP = 90; /* below the header that stays in place */
  let source = null;

  function keepPlace() {
    const passed = [...document.querySelectorAll("article [id]")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.height && box.top <= TOP;
    });
    const anchor = passed.at(-1);
    const offset = anchor && anchor.getBoundingClientRect().top;
    const open = [...document.querySelectorAll("article details")].map((node) => node.open);
    sessionStorage.setItem(PLACE, JSON.stringify({ seite, id: anchor?.id, offset, y: scrollY, open }));
  }

  function takePlace() {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || "{}");
    sessionStorage.removeItem(PLACE);
    if (kept.seite !== seite) return;
    history.scrollRestoration = "manual";
    const all = document.querySelectorAll("article details");
    if (all.length === kept.open.length) all.forEach((node, i) => (node.open = kept.open[i]));
    const scroll = () => {
      const anchor = kept.id && document.getElementById(kept.id);
      const top = anchor ? scrollY + anchor.getBoundingClientRect().top - kept.offset : kept.y;
      scrollTo({ top, behavior: "instant" });
    };
    scroll();
    /* Once more when pictures and fonts are there, unless the reader has moved on. */
    const settle = new AbortController();
    const stop = () => settle.abort();
    for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(name, stop, { signal: settle.signal, passive: true });
    }
    addEventListener("load", () => { scroll(); stop(); }, { signal: settle.signal });
  }

  function element(tag, css, text) {
    const node = document.createElement(tag);
    node.className = css;
    if (text) node.textContent = text;
    return node;
  }

  function listed(lines) {
    const list = element("ul", "");
    for (const line of lines) list.append(element("li", "", line));
    return list;
  }

  function hint(hints) {
    document.querySelector(".vorschau-hinweise")?.remove();
    if (!hints.length) return;
    const box = element("details", "vorschau-hinweise");
    box.append(element("summary", "", `${hints.length} Hinweis${hints.length > 1 ? "e" : ""} zu Fassungen in anderen Sprachen`), listed(hints));
    document.body.append(box);
  }

  function show(problems) {
    document.querySelector(".vorschau-fehler")?.remove();
    if (!problems.length) return;
    const box = element("section", "vorschau-fehler");
    box.setAttribute("role", "alert");
    const title = problems.length > 1 ? `${problems.length} Fehler verhindern die neue Fassung` : "Ein Fehler verhindert die neue Fassung";
    box.append(element("h2", "", title));
    box.append(element("p", "", "Sie sehen den letzten guten Stand. Die Meldung verschwindet, sobald alles behoben ist."));
    const close = element("button", "", "Ausblenden");
    close.type = "button";
    close.addEventListener("click", () => box.remove());
    box.append(listed(problems), close);
    document.body.append(box);
  }

  function showWaking(waking) {
    document.querySelector(".vorschau-wacht")?.remove();
    if (!waking) return;
    const box = element("p", "vorschau-wacht", "Die Vorschau hat geruht und wacht auf. Gleich zeigt sie wieder jede Änderung.");
    box.setAttribute("role", "status");
    document.body.append(box);
  }

  function follow() {
    source?.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource(EVENTS);
    let shown = "[]", hinted = "[]";
    source.onmessage = (event) => {
      const state = JSON.parse(event.data);
      if (state.page !== stand) {
        source.close();
        keepPlace();
        location.reload();
        return;
      }
      const problems = JSON.stringify(state.problems);
      if (problems !== shown) show(state.problems);
      shown = problems;
      const hints = JSON.stringify(state.hints);
      if (hints !== hinted) hint(state.hints);
      hinted = hints;
      showWaking(state.waking);
      document.documentElement.toggleAttribute("data-vorschau-baut", state.building);
    };
  }

  takePlace();
  follow();
  document.addEventListener("visibilitychange", follow);
})();
