"use strict";
/* On a phone long sections and the rows of long tables are folded by the style sheet; here they get their buttons,
   and whatever an address leads to is opened. */
(() => {
  const folds = [...document.querySelectorAll("section.ik-lang, table.ik-viele > tbody > tr:not(.ik-gruppe)")];
  if (!folds.length) return;
  const narrow = matchMedia("(max-width: 767px)");
  const head = (fold) => fold.querySelector(":scope > :is(h2, h3, h4, h5), :scope > :first-child");
  const turn = (fold, open) => {
    fold.classList.toggle("ik-offen", open);
    head(fold).querySelector(".ik-auf")?.setAttribute("aria-expanded", String(open));
  };
  /** The heading's words become the button; links among them would be buttons within a button, so then a sign is. */
  const equip = (fold) => {
    const place = head(fold);
    if (place.querySelector(".ik-auf")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ik-auf";
    const words = [...place.childNodes].filter((node) => !node.classList?.contains("headerlink"));
    if (place.querySelector("a:not(.headerlink), div, p")) {
      button.setAttribute("aria-label", `Mehr zu: ${place.textContent.replaceAll("\u00AD", "").trim().slice(0, 80)}`);
      button.classList.add("ik-auf--zeichen");
    } else button.append(...words);
    place.prepend(button);
    button.addEventListener("click", () => turn(fold, !fold.classList.contains("ik-offen")));
    turn(fold, fold.classList.contains("ik-offen"));
  };
  const addressed = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; /* "#%" leads nowhere. */
    }
  };
  const reveal = () => {
    const place = location.hash && document.getElementById(addressed());
    if (!place) return;
    for (let fold = place; fold; fold = fold.parentElement) if (folds.includes(fold)) turn(fold, true);
    if (narrow.matches) place.scrollIntoView();
  };
  const start = () => {
    if (narrow.matches) folds.forEach(equip);
  };
  narrow.addEventListener("change", start);
  start();
  reveal();
  addEventListener("hashchange", reveal);
  // The same address once more changes nothing, and yet leads there.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='#']")?.hash === location.hash) reveal();
  });
})();
