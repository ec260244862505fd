"use strict";
/* On paper a link is a number and an address in a note; on the screen nothing changes. */
(() => {
  const made = [];
  const element = (tag, className, ...children) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  };
  addEventListener("beforeprint", () => {
    const article = document.querySelector("article");
    if (!article || made.length) return;
    const notes = new Map();
    for (const link of article.querySelectorAll("a[href^='http']")) {
      // The sources at the end name theirs already, and an address that is its own text needs no note.
      if (link.closest(".ik-noten, .ik-druck") || link.textContent.trim() === link.href) continue;
      if (!notes.has(link.href)) notes.set(link.href, notes.size + 1);
      const number = element("sup", "ik-druck-nr", `[${notes.get(link.href)}]`);
      link.after(number);
      made.push(number);
    }
    const box = element("section", "ik-druck");
    if (notes.size) box.append("Adressen im Text:", element("ol", "", ...[...notes.keys()].map(address => element("li", "", address))));
    if (location.protocol !== "file:") box.append(element("p", "", `Diese Seite: ${location.href.split("#")[0]}`));
    if (!box.childNodes.length) return;
    article.append(box);
    made.push(box);
  });
  addEventListener("afterprint", () => made.splice(0).forEach(node => node.remove()));
})();
