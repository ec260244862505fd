"use strict";
/* The explorer's host on a page without a server: its material stands on the page, its choice in the address. */
(function () {
  const { render } = window.ikExplorer;
  const place = document.getElementById("werkstatt");
  const material = place?.querySelector(".ik-werkstatt__stoff");
  if (!material) return;

  const MEETING = "vorfuehren"; /* The word of the address that meeting.js reads. */

  class Model extends EventTarget {
    values = new Map();
    get(name) { return this.values.get(name); }
    set(name, value) {
      if (JSON.stringify(this.values.get(name)) === JSON.stringify(value)) return;
      this.values.set(name, value);
      this.dispatchEvent(new Event(`change:${name}`));
    }
    save_changes() { this.dispatchEvent(new Event("saved")); }
    on(name, callback) { this.addEventListener(name, callback); }
    off(name, callback) { this.removeEventListener(name, callback); }
    send() {}
  }

  const model = new Model();
  const folder = document.currentScript?.src.replace(/[^/]*$/, "") ?? "_static/";
  model.set("material", JSON.parse(material.textContent));
  model.set("measures_page", place.dataset.massnahmen ?? "");
  model.set("libraries", folder);

  const { choices } = model.get("material");

  /* From the address; what it says in words that are none of ours is named, not obeyed. */
  function read() {
    /* An address without "=" leads to a place on the page. */
    const words = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    const strange = [];
    for (const [trait, { word, standard }] of choices) {
      const text = words.get(word);
      let value = standard;
      if (text !== null && Array.isArray(standard)) value = text.split(",").filter(Boolean);
      else if (text !== null && typeof standard === "number") {
        value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
        if (!value) strange.push(`${word}=${text}`);
      } else if (text !== null) value = text;
      model.set(trait, value);
      words.delete(word);
    }
    words.delete(MEETING);
    for (const [word, text] of words) strange.push(text ? `${word}=${text}` : word);
    model.set("strange", strange);
  }

  function write() {
    const words = new URLSearchParams();
    const [, { allowed, standard: first }] = choices.find(([trait]) => trait === "topic");
    const topic = allowed.includes(model.get("topic")) ? model.get("topic") : first;
    for (const [trait, { word, standard, topics }] of choices) {
      const value = model.get(trait);
      if (topics.length && !topics.includes(topic)) continue;
      if (trait === "topic" || JSON.stringify(value) !== JSON.stringify(standard)) words.set(word, String(value));
    }
    const meeting = new URLSearchParams(location.hash.slice(1)).get(MEETING);
    if (meeting !== null) words.set(MEETING, meeting);
    const hash = `#${words.toString().replaceAll("%2C", ",")}`;
    if (hash !== location.hash) history.replaceState(history.state, "", hash);
  }

  read();
  const box = document.createElement("div");
  place.prepend(box);
  render({ model, el: box });
  place.dataset.bereit = "";
  performance.mark("ik-bereit");
  window.addEventListener("hashchange", read);
  model.addEventListener("saved", write);
})();
