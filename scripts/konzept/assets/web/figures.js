"use strict";
/* Brings a chart to life when a reader touches it: the drawing gives way to a live Plotly chart.
   One bundle, loaded once; without this script the drawings stay as they are. */
(function () {
  const shared = window.ikShared;
  const root = document.documentElement.dataset.content_root || "./";
  const phone = window.matchMedia("(max-width: 767px)");
  let loading = null;

  function loadPlotly() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + "_static/plotly-basic.min.js";
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  /* Charts speak the light colours only; each has one dark twin. */
  function coloured(json) {
    if (document.documentElement.dataset.theme !== "dark") return json;
    return json.replace(/#[0-9a-f]{6}\b/gi, (colour) => shared.dark[colour.toLowerCase()] || colour);
  }

  const config = {
    displayModeBar: false,
    showSendToCloud: false,
    locale: "de",
    locales: { de: { format: { decimal: ",", thousands: "." }, dictionary: {} } },
  };

  /* A live chart is as wide as its place, also when that changes: another window, the page shown in a meeting.
     Plotly finds what the pointer is on under a transform, but not under zoom. */
  function fit(place) {
    const { style } = place.querySelector(":scope > .ik-lebend");
    const scale = place.clientWidth / parseFloat(style.width);
    if (!scale) return;
    style.transform = `scale(${scale})`;
    style.marginBottom = `${(scale - 1) * parseFloat(style.height)}px`;
  }
  const widths = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
  document.addEventListener("ik-einpassen", () => document.querySelectorAll(".ik-lebend").forEach((live) => fit(live.parentElement)));

  async function enliven(figure) {
    const place = figure.querySelector(phone.matches ? ".ik-diagramm__schmal" : ".ik-diagramm__breit");
    if (!place) return;
    const chart = JSON.parse(coloured(place.querySelector("script[type='application/json']").textContent));
    chart.layout.template = JSON.parse(coloured(JSON.stringify(shared.template)));
    const Plotly = await loadPlotly();
    let live = place.querySelector(".ik-lebend");
    if (!live) {
      live = document.createElement("div");
      live.className = "ik-lebend";
      /* Drawn unseen above the drawing, then exchanged, so that nothing jumps. */
      live.style.cssText = "position:absolute;visibility:hidden;transform-origin:0 0";
      live.style.width = chart.layout.width + "px";
      live.style.height = chart.layout.height + "px";
      place.append(live);
      fit(place);
      widths.observe(place);
    }
    await Plotly.react(live, chart.data, chart.layout, config);
    place.querySelector(":scope > svg")?.remove();
    live.style.position = "";
    live.style.visibility = "";
    figure.setAttribute("role", "group");
    figure.dataset.live = "";
  }

  function begin() {
    const figures = [...document.querySelectorAll(".ik-diagramm")];
    if (!figures.length || !shared) return;
    const live = new Set();
    const start = (figure) => {
      if (live.has(figure)) return;
      live.add(figure);
      enliven(figure).catch(() => live.delete(figure));
    };
    for (const figure of figures) {
      figure.addEventListener("pointerenter", () => start(figure));
      figure.addEventListener("touchstart", () => start(figure), { passive: true });
      /* The preview draws nothing beforehand. */
      if (!figure.querySelector("svg")) start(figure);
    }
    const again = () => live.forEach((figure) => enliven(figure));
    new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    phone.addEventListener("change", again);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
