"use strict";
/* Brings a chart to life when a reader comes near: the drawing gives way to a live Plotly chart.
   One bundle, loaded once; without this script the drawings stay as they are. */
(function () {
  const vorlage = window.ikVorlage;
  const wurzel = document.documentElement.dataset.content_root || "./";
  const schmal = window.matchMedia("(max-width: 767px)");
  let geladen = null;

  function plotly() {
    geladen ??= new Promise((fertig, fehler) => {
      const skript = document.createElement("script");
      skript.src = wurzel + "_static/plotly-basic.min.js";
      skript.onload = () => fertig(window.Plotly);
      skript.onerror = fehler;
      document.head.append(skript);
    });
    return geladen;
  }

  const dunkel = () => document.documentElement.dataset.theme === "dark";

  /* Figures speak the light colours only; each has one dark twin. */
  function gefaerbt(text) {
    if (!dunkel()) return text;
    return text.replace(/#[0-9a-f]{6}\b/gi, (farbe) => vorlage.dunkel[farbe.toLowerCase()] || farbe);
  }

  function teil(abbildung) {
    return abbildung.querySelector(schmal.matches ? ".ik-diagramm__schmal" : ".ik-diagramm__breit");
  }

  const einstellungen = {
    displayModeBar: false,
    showSendToCloud: false,
    responsive: false,
    scrollZoom: false,
    locale: "de",
    locales: { de: { format: { decimal: ",", thousands: "." }, dictionary: {} } },
  };

  async function beleben(abbildung) {
    const ort = teil(abbildung);
    if (!ort) return;
    const text = ort.querySelector("script[type='application/json']").textContent;
    const diagramm = JSON.parse(gefaerbt(text));
    diagramm.layout.template = JSON.parse(gefaerbt(JSON.stringify(vorlage.template)));
    /* The page scales the drawing to its column; the live chart keeps those proportions. */
    const massstab = ort.clientWidth / diagramm.layout.width;
    const Plotly = await plotly();
    let flaeche = ort.querySelector(".ik-lebend");
    if (!flaeche) {
      flaeche = document.createElement("div");
      flaeche.className = "ik-lebend";
    }
    flaeche.style.width = diagramm.layout.width + "px";
    flaeche.style.height = diagramm.layout.height + "px";
    if (Math.abs(massstab - 1) > 0.001) flaeche.style.zoom = massstab;
    if (!flaeche.isConnected) {
      flaeche.style.visibility = "hidden";
      flaeche.style.position = "absolute";
      ort.append(flaeche);
    }
    await Plotly.react(flaeche, diagramm.data, diagramm.layout, einstellungen);
    const zeichnung = ort.querySelector(":scope > svg");
    if (zeichnung) zeichnung.remove();
    flaeche.style.visibility = "";
    flaeche.style.position = "";
    abbildung.setAttribute("role", "group");
    abbildung.dataset.lebend = "ja";
  }

  function beginnen() {
    const alle = [...document.querySelectorAll(".ik-diagramm")];
    if (!alle.length || !vorlage) return;
    const lebend = new Set();
    const start = (abbildung) => {
      if (lebend.has(abbildung)) return;
      lebend.add(abbildung);
      beleben(abbildung).catch(() => lebend.delete(abbildung));
    };
    for (const abbildung of alle) {
      abbildung.addEventListener("pointerenter", () => start(abbildung), { once: true });
      abbildung.addEventListener("touchstart", () => start(abbildung), { once: true, passive: true });
    }
    const neu = () => lebend.forEach((abbildung) => beleben(abbildung));
    new MutationObserver(neu).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    schmal.addEventListener("change", neu);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", beginnen);
  else beginnen();
})();
