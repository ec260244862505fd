"use strict";
/* What leaves a page: copied text, and a mail about it. */
/* What one copies holds no soft hyphens: they help to break lines here and would hide words from a search elsewhere. */
document.addEventListener("copy", (event) => {
  const selection = document.getSelection();
  const text = selection.toString();
  if (!text.includes("\u00AD") || !selection.rangeCount) return;
  const box = document.createElement("div");
  box.append(selection.getRangeAt(0).cloneContents());
  event.clipboardData.setData("text/plain", text.replaceAll("\u00AD", ""));
  event.clipboardData.setData("text/html", box.innerHTML.replaceAll("\u00AD", "").replaceAll("&shy;", ""));
  event.preventDefault();
});
/* A mail about a measure says which one: the place that the address names. */
document.addEventListener("click", (event) => {
  const mail = event.target.closest?.(".ik-post");
  const place = mail && document.querySelector(":target");
  if (!place) return;
  const title = (place.querySelector("h1, h2, h3, h4, strong, p") ?? place).textContent.replaceAll("\u00AD", "").trim();
  mail.href = `${mail.href.replace(/%0AStelle.*$/, "")}%0AStelle%3A%20${encodeURIComponent(`${title} (${location.hash})`)}`;
});
