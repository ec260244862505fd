/* The search page: hits told one by one, each with its own address, ranked by how much of what was asked they answer.
   The index lies beside (window.ikSuche); what words mean is told by `language.js` and `meaning.js`. */
"use strict";
(() => {
  const { seiten, arten, gleich } = window.ikSuche;
  const { ikFragen, ikDeutsch: { WORD, stem, words, stemmed, whole, numbered }, MiniSearch } = window;
  const [field, status, list, more] = ["suchfeld", "suchstand", "suchergebnisse", "suchmehr"].map(id => document.getElementById(id));
  const SHOWN = 12;
  /** How much a hit of each kind counts, in the order of the kinds. */
  const WEIGHT = [1.2, 1.6, 1.1, 1.5, 1.3, 0.9, 0.9, 0.9, 1.1, 0.7, 0.6];
  /** How much more if nothing but what was asked for stands in the title, as of "Kosten". */
  const WHOLE = 1.5;
  /** How much a word tells of a place that stands in its page's title only. */
  const NEAR = 0.5;
  /** A question for a number, and how much more what has one counts. */
  const NUMBER = 1.5, NUMBERS = /^(?:Kennzahl|Abbildung)$/;
  const COUNTING = /\b(?:wie ?viele?|wie (?:hoch|gro(?:ß|ss)|stark|lang))\b|(?:anteil|anzahl|quote|zahl(?:en)?|statistik|prozent)\b/i;
  /** Pages that no resident looks for, and the book told once more in another language. */
  const ASIDE = /\/(erkunden|datenschutz|impressum|barrierefreiheit|daten|ausgaben|sprachen\/[\w-]+)\.html$/;
  /** For those who write the book, and what has changed in it, line by line: last of all. */
  const LAST = ({ page, anchor }) => /\/mitschreiben\.html$/.test(page) || /^tab-aenderungen/.test(anchor);

  /** Kinds that people call by their name, as in "Tabelle 3". */
  const NAMED = /^(Handlungsfeld|Maßnahme|Abbildung|Tabelle|Begriff|Quelle|Prüfhinweis)$/;

  const asking = new Set(stemmed(gleich[""].join(" ")));
  const entries = [];
  for (const [page, places] of seiten) {
    const top = places[0][2];
    for (const [anchor, kind, title, text, number = ""] of places) {
      let what = NAMED.test(arten[kind]) ? `${arten[kind]} ${numbered(number)}` : "";
      // "Ist und Soll" and "Bis wann" have no word that means anything alone.
      const name = stemmed(title).every(word => asking.has(word)) ? whole(title).join("") : "";
      if (name) {
        gleich[name] = [title];
        what += ` ${name}`;
      }
      entries.push({ id: entries.length, page, anchor, kind, title, text, what, top: anchor ? top : "" });
    }
  }
  const search = new MiniSearch({
    fields: ["title", "text", "top", "what"], tokenize: words, processTerm: stem,
    searchOptions: { tokenize: term => [term], processTerm: term => term, boost: { title: 5, text: 1, top: 0.4, what: 1 } },
  });
  search.addAll(entries);
  const known = new Set();
  for (const { title, text, what } of entries) for (const word of [title, text, what].flatMap(stemmed)) known.add(word);
  const { asked } = ikFragen([...known], gleich);
  const titles = entries.map(({ title }) => stemmed(title.replace(/^\d+\. /, "")));
  const better = (found, id, { score, terms, own }) => {
    const other = found.get(id);
    found.set(id, { score: Math.max(score, other?.score ?? 0), terms: [...terms, ...other?.terms ?? []], own: Math.max(own, other?.own ?? 0) });
  };
  /** The page's title says less of a place than its own words. */
  const own = match => Object.values(match).flat().some(field => field !== "top") ? 1 : NEAR;
  /** For each entry the best of the words of a group: of a long list many words would do, and mean no more for it.
      Words that must stand together count as one. */
  const answers = ({ words, phrases = [] }) => {
    const found = new Map();
    for (const [word, weight] of words)
      for (const { id, score, terms, match } of search.search(word)) better(found, id, { score: score * weight, terms, own: own(match) });
    for (const phrase of phrases) {
      const [first, ...others] = phrase.map(words => answers({ words }));
      for (const [id, hit] of first) {
        const all = [hit, ...others.map(other => other.get(id))];
        if (all.every(Boolean)) better(found, id, {
          score: all.reduce((sum, { score }) => sum + score, 0) / all.length,
          terms: all.flatMap(({ terms }) => terms),
          own: Math.min(...all.map(({ own }) => own)),
        });
      }
    }
    return found;
  };
  const weight = entry => WEIGHT[entry.kind] * (LAST(entry) ? 0.1 : ASIDE.test(entry.page) ? 0.5 : 1);
  /** The entries by how well they answer, first of all how much of what was asked. */
  const find = (groups, typed) => {
    const counting = COUNTING.test(typed);
    const found = new Map();
    let asked = 0;
    for (const group of groups) {
      const answer = answers(group);
      // A rare word says more of what is meant than the town's name.
      const share = (group.share ?? 1) * Math.log(1 + entries.length / answer.size), factor = group.factor ?? 1;
      if (answer.size) asked += share;
      for (const [id, { score, terms, own }] of answer) {
        const hit = found.get(id) ?? { id, score: 0, terms: [], told: 0 };
        found.set(id, { id, score: hit.score + score * factor, terms: [...hit.terms, ...terms], told: hit.told + share * own });
      }
    }
    const rank = ({ id, score, terms, told }) => score * weight(entries[id]) * told ** 2
      * (counting && NUMBERS.test(arten[entries[id].kind]) ? NUMBER : 1)
      * (titles[id].every(word => terms.includes(word)) ? WHOLE ** ((told / asked) ** 2) : 1);
    return [...found.values()].map(hit => ({ ...hit, rank: rank(hit) })).sort((one, other) => other.rank - one.rank || one.id - other.id);
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
  /** What stands in another language is said so, and runs as it does. */
  const said = (page, made) => {
    const [, language] = page.match(/\/sprachen\/([\w-]+)\.html$/) ?? [];
    if (language) Object.assign(made, { lang: language, dir: "auto" });
    return made;
  };
  const place = ({ page, kind, top }) => /\/sprachen\//.test(page) ? top : top ? `${arten[kind]} · ${top}` : arten[kind];
  /** A hit, and the others of the same title: a measure stands in the catalogue and in its chapter. */
  const item = hits => {
    const [first, ...others] = hits.map(hit => entries[hit.id]);
    const terms = new Set(hits.flatMap(hit => hit.terms));
    const link = element("a", "", ...marked(first.title, terms));
    link.href = address(first);
    const line = said(first.page, element("li", "ik-treffer", link, element("span", "ik-treffer__ort", place(first))));
    if (first.text) line.append(element("p", "", ...marked(first.text, terms, 180)));
    if (others.length) {
      const also = others.slice(0, 2).flatMap((other, at) => {
        const link = said(other.page, element("a", "", place(other)));
        link.href = address(other);
        return [at ? "; " : "", link];
      });
      line.append(element("p", "ik-treffer__auch", "Auch: ", ...also));
    }
    return line;
  };
  const show = (query, all) => {
    const typed = query.trim(), groups = asked(typed, (words, count) => answers({ words }).size < count);
    const titles = new Map();
    for (const hit of find(groups, typed)) {
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
