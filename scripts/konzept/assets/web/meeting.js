"use strict";
/* The way into showing a page in a meeting.  What shows it comes only when it is wanted: by the button or by the address. */
(function () {
  const opener = document.querySelector(".ik-kopf__vorfuehren");
  if (!opener || !document.querySelector("article.bd-article")) return;
  const wanted = new AbortController();

  function load(then) {
    wanted.abort();
    document.head.append(Object.assign(document.createElement("script"), { src: opener.dataset.skript, onload: then }));
  }
  function follow() {
    if (/[#&]vorfuehren=/.test(location.hash)) load(null);
  }
  opener.addEventListener("click", () => load(() => opener.click()), wanted);
  addEventListener("hashchange", follow, wanted);
  follow();
})();
