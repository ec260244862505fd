"use strict";
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
