"use strict";
/* Shows a page in a meeting: one heading a screen, in large type, by keys, clicker or buttons.
   Nothing is copied or moved: a class says which blocks are on the screen, so ids, links and live charts stay whole.
   The place is a word of the address: it outlives a reload and can be sent. */
(function () {
  const WORD = "vorfuehren";
  const SHOWN = "ik-vf-da";
  const CONTINUED = "ik-vf-fort";
  const root = document.documentElement;
  const article = document.querySelector("article.bd-article");
  const opener = document.querySelector(".ik-kopf__vorfuehren");

  let blocks = []; /* of the article, in its order: { element, heading, number } */
  let screens = [];
  let at = 0;
  let bar = null; /* there while the page is shown */
  let room = 0; /* height that a screen has */
  let head = 0; /* and of it a heading that is continued */
  let came = null; /* where the reader was */
  let leaving = null; /* the address to leave to, while the browser goes back */
  let outside = [];

  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const words = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const asked = () => words().get(WORD);
  const hash = (all) => `#${all.toString().replaceAll("%2C", ",")}`.replace(/^#$/, "");

  /* ---- The screens ---- */

  function collect(box, found = [], counts = new Map()) {
    let heading = null;
    for (const element of box.children) {
      if (element.matches("section")) collect(element, found, counts);
      else if (element.matches("h1, h2, h3")) heading = element;
      if (element.matches("section, h2, h3, script, style")) continue;
      heading ??= element;
      const number = counts.get(heading) ?? 0;
      if (element !== heading) counts.set(heading, number + 1);
      found.push({ element, heading, number });
    }
    return found;
  }

  /* What leads to the next block stands with it; marks of sources may follow the colon. */
  const leads = (element) => element.matches("p") && /:[\s\d,]*$/.test(element.textContent);

  /* A chart is as wide as its figure's height on the screen allows, for it is seen as a whole. */
  function fitCharts(height) {
    const charts = [...article.querySelectorAll(".ik-diagramm")];
    const widths = charts.map((chart) => {
      const place = [...chart.children].find((part) => part.clientHeight);
      if (!place) return null;
      const live = place.querySelector(".ik-lebend")?.style;
      const form = live ? parseFloat(live.width) / parseFloat(live.height) : place.clientWidth / place.clientHeight;
      const beside = chart.closest("figure").offsetHeight - chart.offsetHeight;
      return form * Math.max(height - beside, 0.4 * innerHeight);
    });
    charts.forEach((chart, n) => widths[n] && chart.style.setProperty("--ik-breite", `${Math.round(widths[n])}px`));
    document.dispatchEvent(new Event("ik-einpassen")); /* for figures.js */
  }

  function measure() {
    root.dataset.vorfuehren = "messen";
    root.style.setProperty("--ik-leiste", `${bar.offsetHeight}px`);
    const { paddingTop, paddingBottom } = getComputedStyle(article);
    head = 3 * parseFloat(getComputedStyle(root).fontSize);
    room = innerHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
    fitCharts(room - head);
    const measured = blocks.map((block) => {
      const { top, bottom, height } = block.element.getBoundingClientRect();
      return { ...block, top, bottom, height, above: block.number ? head : block.heading.offsetHeight };
    });
    root.dataset.vorfuehren = "an";
    return measured.filter(({ element, heading, height }) => height || element === heading);
  }

  /* Does a block stand on the same screen as what comes before it? */
  function joins(screen, { element, heading, top, bottom, height }) {
    if (screen?.heading !== heading) return false;
    if (bottom - screen.top <= room || element.matches(".ik-werkstatt")) return true;
    /* A few words below what scrolls anyway are no screen of their own. */
    if (screen.scrolls) return height < room / 4;
    /* A long table goes on below its first words; a chart is seen whole. */
    return height > room - head && top - screen.top < room / 3 && !element.matches("figure");
  }

  /* Puts as many blocks on a screen as it holds; what is higher than a screen scrolls. */
  function pack() {
    screens = [];
    for (const block of measure()) {
      let screen = screens.at(-1);
      const first = block.element === block.heading;
      if (!joins(screen, block)) {
        const moved = [];
        if (screen?.heading === block.heading) while (screen.parts.length > 1 && leads(screen.parts.at(-1).element)) moved.unshift(screen.parts.pop());
        const { number, top, above } = moved[0] ?? block;
        screen = { heading: block.heading, number, top: first ? top : top - above, parts: moved };
        screens.push(screen);
      }
      screen.scrolls ||= block.height > room - head;
      if (!first) screen.parts.push(block);
    }
    for (const screen of screens) {
      screen.section = screen.heading.closest("section[id]");
      screen.elements = [screen.heading, ...screen.parts.map((part) => part.element)];
    }
  }

  const key = ({ section, heading, number }) => (section?.id ?? heading.id) + (number ? `.${number}` : "");

  /* The screen of an address: a section, its nth block, or anything that stands on the page. */
  function screenOf(text) {
    const whole = document.getElementById(text);
    const target = whole ?? document.getElementById(text.replace(/\.\d+$/, ""));
    if (!target || !article.contains(target)) return 0;
    const number = whole ? 0 : Number(text.split(".").at(-1));
    const found = screens.findLastIndex((one) => one.section === target && one.number <= number);
    if (found >= 0) return found;
    const on = screens.findIndex((one) => one.elements.some((element) => element.contains(target)));
    return Math.max(on >= 0 ? on : screens.findIndex((one) => target.contains(one.heading)), 0);
  }

  /* ---- Showing ---- */

  const clear = () => article.querySelectorAll(`.${SHOWN}`).forEach((element) => element.classList.remove(SHOWN, CONTINUED));
  const named = (heading) => [...heading.childNodes].filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("");

  function titleOf({ heading }) {
    const above = heading.matches("h3") && heading.closest("section")?.parentElement.querySelector(":scope > h2");
    return [article.querySelector("h1"), above].filter(Boolean).map(named).join(" · ");
  }

  function show(index, { end = false, quiet = false } = {}) {
    at = Math.max(0, Math.min(index, screens.length - 1));
    const screen = screens[at];
    clear();
    screen.elements.forEach((element) => element.classList.add(SHOWN));
    screen.heading.classList.toggle(CONTINUED, screen.number > 0);
    bar.querySelector(".ik-vf__titel").textContent = titleOf(screen);
    bar.querySelector(".ik-vf__ort").textContent = `${at + 1} von ${screens.length}`;
    const all = words();
    all.set(WORD, key(screen));
    history.replaceState(history.state, "", hash(all));
    scrollTo({ top: end ? root.scrollHeight : 0, behavior: "instant" });
    state();
    if (quiet) return;
    screen.heading.tabIndex = -1;
    screen.heading.blur(); /* A heading that goes on is read again. */
    screen.heading.focus({ preventScroll: true });
  }

  const below = () => {
    const { bottom } = screens[at].elements.at(-1).getBoundingClientRect();
    return Math.min(bottom + bar.offsetHeight - innerHeight, root.scrollHeight - innerHeight - scrollY);
  };

  function state() {
    const [back, on] = bar.querySelectorAll("button");
    back.setAttribute("aria-disabled", at === 0 && scrollY < 4);
    on.setAttribute("aria-disabled", at === screens.length - 1 && below() < 4);
    bar.toggleAttribute("data-mehr", below() >= 4);
  }

  function step(way) {
    const more = way > 0 ? below() : scrollY;
    if (more < 4) {
      if (screens[at + way]) show(at + way, { end: way < 0 });
      return;
    }
    const edge = innerHeight - bar.offsetHeight;
    const start = parseFloat(getComputedStyle(article).paddingTop);
    const lines = way > 0 ? screens[at].elements.flatMap((one) => [...one.querySelectorAll("tr, li, dt, dd, p")]) : [];
    const cut = lines.map((line) => line.getBoundingClientRect()).find(({ bottom }) => bottom > edge);
    /* The line that the edge cuts comes first next. */
    const far = cut && cut.top - start > room / 3 ? Math.min(cut.top - start, room) : way * room * 0.85;
    scrollBy({ top: far, behavior: "instant" });
    state();
  }

  /* ---- Coming and going ---- */

  function build() {
    const button = (text, act) => {
      const one = make("button", { type: "button", textContent: text });
      one.addEventListener("click", act);
      return one;
    };
    bar = make("nav", { className: "ik-vf d-print-none" });
    bar.setAttribute("aria-label", "Vorführung");
    const place = make("p", { className: "ik-vf__ort" });
    place.setAttribute("role", "status");
    bar.append(make("p", { className: "ik-vf__titel" }), place, button("zurück", () => step(-1)), button("weiter", () => step(1)));
    if (document.fullscreenEnabled) {
      bar.append(button("Vollbild", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen())));
    }
    bar.append(button("beenden", leave));
    document.body.append(bar);
  }

  /* What is folded on a phone is open here, by the style sheet. */
  const fold = (can) => article.querySelectorAll(".ik-auf").forEach((button) => (button.disabled = !can));

  function enter(text) {
    blocks = collect(article);
    /* What is folded stands where its heading does. */
    const stands = ({ element, heading }) => (element.getClientRects().length ? element : heading).getBoundingClientRect().top;
    const view = blocks.findLast((block) => stands(block) < innerHeight / 3);
    came = { top: scrollY, screen: null };
    for (let inner = article; inner !== document.body; inner = inner.parentElement) {
      for (const other of inner.parentElement.children) {
        if (other === inner || other.inert || other.matches("dialog, script")) continue;
        other.inert = true;
        outside.push(other);
      }
    }
    fold(false);
    build();
    pack();
    const inView = screens.findIndex((one) => one.elements.includes(view?.element));
    show(text === null ? (came.top ? inView : 0) : screenOf(text));
    came.screen = text === null ? key(screens[at]) : null;
  }

  function close() {
    const { heading, elements, number } = screens[at];
    const same = key(screens[at]) === came.screen;
    if (document.fullscreenElement) document.exitFullscreen();
    clear();
    delete root.dataset.vorfuehren;
    root.style.removeProperty("--ik-leiste");
    fold(true);
    outside.forEach((other) => (other.inert = false));
    outside = [];
    bar.remove();
    bar = null;
    article.querySelectorAll(":is(h1, h2, h3)[tabindex]").forEach((one) => one.removeAttribute("tabindex"));
    opener.focus({ preventScroll: true });
    const back = () => {
      if (same) scrollTo({ top: came.top, behavior: "instant" });
      else (number ? elements[1] : heading).scrollIntoView({ block: "start", behavior: "instant" });
    };
    back();
    requestAnimationFrame(back); /* The browser, going back, has put the page somewhere else. */
  }

  function left() {
    if (leaving || asked() !== null) history.replaceState(null, "", leaving || location.pathname + location.search);
    leaving = null;
    close();
  }

  function leave() {
    const again = leaving !== null;
    const all = words();
    all.delete(WORD);
    leaving = hash(all);
    const depth = history.state?.[WORD];
    if (depth && !again) history.go(-depth);
    else left();
  }

  const push = () => history.pushState({ [WORD]: (history.state?.[WORD] ?? 0) + 1 }, "", location.href);

  function follow() {
    if (leaving !== null) return left();
    const text = asked();
    if (text === null) return bar && close();
    if (bar) show(screenOf(text));
    else enter(text);
  }

  /* ---- What people do ---- */

  opener.addEventListener("click", () => {
    push();
    enter(null);
  });

  article.addEventListener("click", (event) => {
    const link = bar && event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !article.contains(target) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    push();
    show(screenOf(target.id));
    if (target.getBoundingClientRect().bottom > innerHeight - bar.offsetHeight) target.scrollIntoView({ block: "center", behavior: "instant" });
  });

  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (!bar || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]") || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const { key: pressed, repeat } = event;
    /* What can be entered by key has keys of its own. */
    if (pressed !== "Escape" && (event.target.closest("[tabindex='0']") || event.target.matches(".ik-tabelle"))) return;
    if (pressed === " " && event.target.closest("button, summary")) return;
    const line = { ArrowDown: 1, ArrowUp: -1 }[pressed];
    if (line && (line > 0 ? below() : scrollY) >= 4) return; /* The browser scrolls by lines. */
    const way = line ?? { ArrowRight: 1, PageDown: 1, " ": event.shiftKey ? -1 : 1, ArrowLeft: -1, PageUp: -1 }[pressed];
    if (!way && !["Home", "End", "Escape"].includes(pressed)) return;
    event.preventDefault();
    /* A key held down does not race through the page, nor through the addresses that a browser allows. */
    if (repeat && event.timeStamp - last < 200) return;
    last = event.timeStamp;
    if (way) step(way);
    else if (pressed === "Escape") leave();
    else show(pressed === "Home" ? 0 : screens.length - 1);
  });

  function again() {
    if (!bar) return;
    const place = key(screens[at]);
    pack();
    show(screenOf(place), { quiet: true });
  }
  let width = innerWidth;
  let waiting = 0;
  addEventListener("resize", () => {
    /* On a phone the height changes while one scrolls. */
    if (innerWidth === width && matchMedia("(pointer: coarse)").matches) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(again, 100);
  });
  addEventListener("scroll", () => bar && state(), { passive: true });
  addEventListener("load", again);
  document.addEventListener("fullscreenchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, 100);
  });
  addEventListener("popstate", follow);
  follow();
})();
