/* The search page: words compared as people type them, hits told one by one, each with its own address.
   The index lies beside (window.ikSuche), the stemmer and the empty words come from the build. */
"use strict";
(() => {
  const { seiten, arten, gleich } = window.ikSuche;
  const { ikStemmer: Stemmer, ikLeer: EMPTY, MiniSearch } = window;
  const [field, status, list, more] = ["suchfeld", "suchstand", "suchergebnisse", "suchmehr"].map(id => document.getElementById(id));
  const SHOWN = 12, LONGEST = 200;
  /** How much a hit of each kind counts, in the order of the kinds. */
  const WEIGHT = [1.5, 2.6, 1.3, 2.2, 1.6, 0.9, 0.9, 0.9, 1.3, 0.5, 0.4];
  /** Pages that no resident looks for. */
  const ASIDE = /\/(mitschreiben|erkunden|statuskriterien|datenschutz|impressum|barrierefreiheit|quellen)\.html$/;

  /* Words.  Both sides go the same way, so what this does wrong it does wrong twice, and the words still meet. */
  const stemmer = new Stemmer();
  const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}*:_]*/gu;
  const stems = new Map();
  const fold = word => word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss")
    .replace(/ae/g, "a").replace(/oe/g, "o").replace(/(?<![aeq])ue/g, "u");
  /** Umlauts as they are typed, feminine and loan-word endings, then Snowball. */
  const stem = raw => {
    let found = stems.get(raw);
    if (found === undefined) {
      let word = raw.toLowerCase();
      if (/^\d/.test(word)) found = word.replace(/[.,]+$/, "").replace(/\.(?=\d{3})/g, "");
      else {
        word = fold(word).replace(/[*:_]+/g, "");
        if (word.length > 6) word = word.replace(/sinnen$/, "sen").replace(/innen$/, "").replace(/erin$/, "er");
        found = stemmer.stemWord(word.replace(/([aiou])s$/, "$1"));
      }
      stems.set(raw, found);
    }
    return found;
  };
  const words = text => text.normalize("NFC").match(WORD) ?? [];

  const entries = [];
  for (const [page, places] of seiten) {
    const top = places[0][2];
    for (const [anchor, kind, title, text] of places)
      entries.push({ id: entries.length, page, anchor, kind, title, text, top: anchor ? top : "" });
  }
  const search = new MiniSearch({
    fields: ["title", "text", "top"], tokenize: words, processTerm: stem,
    searchOptions: { tokenize: term => [term], processTerm: term => term, boost: { title: 5, text: 1, top: 0.4 } },
  });
  search.addAll(entries);
  const known = new Set();
  for (const { title, text } of entries) for (const word of [...words(title), ...words(text)]) known.add(stem(word));
  const vocabulary = [...known];
  const empty = new Set(EMPTY.map(stem));
  const synonyms = new Map();
  for (const [word, meant] of Object.entries(gleich))
    synonyms.set(words(word).map(stem).join(" "), meant.map(text => words(text).map(stem)));

  const sure = (found, word, weight) => found.set(word, Math.max(weight, found.get(word) ?? 0));
  /** The words of the book that a typed word may be a part of, with how sure that is.  A short one begins compounds only. */
  const variants = term => {
    const found = new Map();
    if (known.has(term)) found.set(term, 1);
    if (term.length > 2 && !/^\d/.test(term))
      for (const word of vocabulary) {
        if (word === term) continue;
        if (word.startsWith(term) && (term.length > 4 || word.length > term.length + 2)) found.set(word, 0.55);
        else if (term.length > 3 && word.endsWith(term)) found.set(word, 0.5);
        else if (term.length > 4 && word.includes(term)) found.set(word, 0.25);
      }
    return found;
  };
  /** What the town's table says that words mean. */
  const meant = key => {
    const found = new Map();
    for (const words of synonyms.get(key) ?? [])
      for (const word of words) for (const [other, weight] of variants(word)) sure(found, other, weight === 1 ? 0.9 : weight / 2);
    return found;
  };
  const both = (...maps) => {
    const found = new Map();
    for (const map of maps) for (const [word, weight] of map) sure(found, word, weight);
    return found;
  };
  /** The two parts of a compound that the book does not know, as of "Wohnungsbau"; where it knows but one of them, that. */
  const parts = term => {
    const exact = part => both(known.has(part) ? [[part, 0.5]] : [], meant(part));
    let single = [];
    for (let cut = 4; cut <= term.length - 2; cut++) {
      const [first, last] = [term.slice(0, cut), term.slice(cut)];
      const head = both(...[first, first.replace(/(?:s|n|en|er)$/, "")].map(part => exact(stemmer.stemWord(part))));
      const tail = both(last.length > 2 ? exact(last) : [], last.length > 4 ? [...variants(last)].filter(([word]) => word.endsWith(last)).map(([word]) => [word, 0.25]) : []);
      if (head.size && tail.size) return [head, tail];
      if (tail.size && last.length > 6 && !single.length) single = [tail];
      if (head.size && cut > 5) single = [head];
    }
    return single;
  };
  /** A word that nothing is found for may be mistyped: one letter, two in a long word. */
  const mistyped = term => {
    const fuzzy = term.length > 5 ? (term.length > 9 ? 2 : 1) : 0;
    const hits = fuzzy ? search.search({ queries: [term], fuzzy }) : [];
    return new Map(hits.flatMap(hit => hit.terms).filter(word => word[0] === term[0]).map(word => [word, 0.5]));
  };

  /** What is asked for: for each word those of the book that it may mean, how sure that is, and whether it was guessed.
      Words without meaning are left out. */
  const asked = query => {
    const terms = words(query.slice(0, LONGEST)).map(stem).filter((term, at, all) => !empty.has(term) && all.indexOf(term) === at);
    const groups = [];
    for (let at = 0; at < terms.length; at++) {
      // The longest run of words that the town's table knows.
      const key = length => terms.slice(at, at + length).join(" ");
      const run = [3, 2, 1].find(length => at + length <= terms.length && synonyms.has(key(length))) ?? 0;
      const found = both(run < 2 ? variants(terms[at]) : [], run ? meant(key(run)) : []);
      if (found.size) groups.push({ words: found });
      else {
        const compound = parts(terms[at]), near = compound.length < 2 ? mistyped(terms[at]) : new Map();
        for (const words of near.size ? [near] : compound) groups.push({ words, guessed: true });
        if (!near.size && !compound.length) groups.push({ words: new Map(), guessed: true });
      }
      at += Math.max(run - 1, 0);
    }
    return groups;
  };
  const run = (groups, how) => search.search(
    { combineWith: how, queries: groups.map(({ words }) => ({ combineWith: "OR", queries: [...words.keys()] })) },
    { boostTerm: word => Math.max(0, ...groups.map(({ words }) => words.get(word) ?? 0)),
      boostDocument: id => WEIGHT[entries[id].kind] * (ASIDE.test(entries[id].page) ? 0.3 : 1) });
  const find = groups => {
    if (!groups.length) return [];
    const all = run(groups, "AND");
    if (groups.length < 2) return all;
    const seen = new Set(all.map(hit => hit.id));
    return [...all, ...run(groups, "OR").filter(hit => !seen.has(hit.id))];
  };

  /* What readers see. */
  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };
  /** The text with the found words marked; from the first of them on, in whole words. */
  const marked = (text, terms, length) => {
    const hits = [...text.matchAll(WORD)].filter(match => terms.has(stem(match[0])));
    let from = 0;
    if (length && hits.length && hits[0].index > length * 0.6) from = text.lastIndexOf(" ", hits[0].index - length * 0.3) + 1;
    let to = text.length;
    if (length && to - from > length) to = text.lastIndexOf(" ", from + length);
    const out = [from ? "… " : ""];
    let at = from;
    for (const { 0: word, index } of hits) {
      if (index < at || index + word.length > to) continue;
      out.push(text.slice(at, index), element("mark", "", word));
      at = index + word.length;
    }
    out.push(text.slice(at, to), to < text.length ? " …" : "");
    return out;
  };
  const address = ({ page, anchor }) => anchor ? `${page}#${encodeURIComponent(anchor)}` : page;
  const place = ({ kind, top }) => top ? `${arten[kind]} · ${top}` : arten[kind];
  /** A hit, and the others of the same title: a measure stands in the catalogue and in its chapter. */
  const item = hits => {
    const [first, ...others] = hits.map(hit => entries[hit.id]);
    const terms = new Set(hits.flatMap(hit => hit.terms));
    const link = element("a", "", ...marked(first.title, terms));
    link.href = address(first);
    const line = element("li", "ik-treffer", link, element("span", "ik-treffer__ort", place(first)));
    if (first.text) line.append(element("p", "", ...marked(first.text, terms, 180)));
    if (others.length) {
      const also = others.slice(0, 2).flatMap((other, at) => {
        const link = element("a", "", place(other));
        link.href = address(other);
        return [at ? "; " : "", link];
      });
      line.append(element("p", "ik-treffer__auch", "Auch: ", ...also));
    }
    return line;
  };
  const show = (query, all) => {
    const typed = query.trim(), groups = asked(typed);
    const titles = new Map();
    for (const hit of find(groups)) {
      const { title } = entries[hit.id];
      titles.set(title, [...(titles.get(title) ?? []), hit]);
    }
    const hits = [...titles.values()];
    list.replaceChildren(...hits.slice(0, all ? hits.length : SHOWN).map(item));
    more.hidden = all || hits.length <= SHOWN;
    more.textContent = `Alle ${hits.length} Treffer zeigen`;
    const short = `„${typed.length > 60 ? `${typed.slice(0, 60)} …` : typed}“`;
    if (!typed) status.textContent = "";
    else if (!groups.length) status.textContent = `${short} steht fast überall. Suchen Sie nach einem Wort, das die Sache nennt.`;
    else if (!hits.length) status.textContent = `Zu ${short} steht hier nichts. Versuchen Sie ein anderes Wort, oder sehen Sie im Inhalt des Buches nach.`;
    else if (groups.every(group => group.guessed)) status.textContent = `${short} kommt nicht vor; ähnlich: ${hits.length} Treffer`;
    else status.textContent = `${hits.length === 1 ? "Ein" : hits.length} Treffer für ${short}`;
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show(field.value);
      const address = new URL(location.href);
      address.searchParams.set("q", field.value);
      try { history.replaceState(null, "", address); } catch { /* A folder may forbid it. */ }
    }, 150);
  });
  field.form.addEventListener("submit", event => { event.preventDefault(); show(field.value); });
  more.addEventListener("click", () => {
    show(field.value, true);
    list.children[SHOWN]?.querySelector("a").focus();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  show(field.value);
  field.focus();
})();
