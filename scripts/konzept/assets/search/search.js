/* The search page: words compared as people type them, hits told one by one, each with its own address.
   The index lies beside (window.ikSuche), the stemmer and the empty words come from the build. */
"use strict";
(() => {
  const { seiten, arten, gleich } = window.ikSuche;
  const { ikStemmer: Stemmer, ikLeer: EMPTY, MiniSearch } = window;
  const [field, status, list, more] = ["suchfeld", "suchstand", "suchergebnisse", "suchmehr"].map(id => document.getElementById(id));
  const SHOWN = 12, LONGEST = 200;
  /** How much a hit of each kind counts, in the order of the kinds. */
  const WEIGHT = [1.2, 1.6, 1.1, 1.5, 1.3, 0.9, 0.9, 0.9, 1.1, 0.7, 0.6];
  /** How much more if nothing but what was asked for stands in the title, as of "Kosten". */
  const WHOLE = 1.5;
  /** Pages that no resident looks for. */
  const ASIDE = /\/(mitschreiben|erkunden|datenschutz|impressum|barrierefreiheit|daten|ausgaben)\.html$/;

  /** Kinds that people call by their name, as in "Tabelle 3". */
  const NAMED = /^(Handlungsfeld|Maßnahme|Abbildung|Tabelle|Begriff|Quelle|Prüfhinweis)$/;

  /* Words.  Both sides go the same way, so what this does wrong it does wrong twice, and the words still meet. */
  const stemmer = new Stemmer();
  const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}*:_]*/gu;
  const stems = new Map();
  const fold = word => word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss")
    .replace(/ae/g, "a").replace(/oe/g, "o").replace(/(?<![aeq])ue/g, "u");
  const empty = new Set(EMPTY.map(fold));
  /** Nothing for an empty word, before "Sicherheit" and "sich" become one.  Umlauts as they are typed, feminine and loan-word endings, then Snowball. */
  const stem = raw => {
    let found = stems.get(raw);
    if (found === undefined) {
      let word = raw.toLowerCase();
      if (empty.has(fold(word))) found = "";
      else if (/^\d/.test(word)) found = word.replace(/[.,]+$/, "").replace(/\.(?=\d{3})/g, "");
      else {
        word = fold(word).replace(/[*:_]+/g, "");
        if (word.length > 6) word = word.replace(/sinnen$/, "sen").replace(/innen$/, "").replace(/erin$/, "er").replace(/(?<!t)um$/, "en");
        found = stemmer.stemWord(word.replace(/([aiou])s$/, "$1"));
      }
      stems.set(raw, found);
    }
    return found;
  };
  const words = text => text.normalize("NFC").match(WORD) ?? [];
  const stemmed = text => words(text).map(stem).filter(Boolean);

  /** "Abb. 20" and "Tabelle 1.1" as one word: their parts stand everywhere. */
  const numbered = text => text.replace(/\b(abb|tab)(?:ildung|elle)?\.?\s*(\d+)(?:\.(\d+))?\b/gi, (_, kind, first, second = "") => `${kind}${first}x${second}`);

  const entries = [];
  for (const [page, places] of seiten) {
    const top = places[0][2];
    for (const [anchor, kind, title, text, number = ""] of places)
      entries.push({ id: entries.length, page, anchor, kind, title, text, top: anchor ? top : "", what: NAMED.test(arten[kind]) ? `${arten[kind]} ${numbered(number)}` : "" });
  }
  const search = new MiniSearch({
    fields: ["title", "text", "top", "what"], tokenize: words, processTerm: stem,
    searchOptions: { tokenize: term => [term], processTerm: term => term, boost: { title: 5, text: 1, top: 0.4, what: 1 } },
  });
  search.addAll(entries);
  const known = new Set();
  for (const { title, text, what } of entries) for (const word of [title, text, what].flatMap(stemmed)) known.add(word);
  const vocabulary = [...known];
  const titles = entries.map(({ title }) => stemmed(title));
  const synonyms = new Map();
  for (const [word, meant] of Object.entries(gleich))
    synonyms.set(stemmed(word).join(" "), meant.map(stemmed));

  const sure = (found, word, weight) => found.set(word, Math.max(weight, found.get(word) ?? 0));
  /** The words of the book that a typed word may be a part of, with how sure that is.  A short one begins compounds only. */
  const variants = term => {
    const found = new Map();
    if (known.has(term)) found.set(term, 1);
    if (term.length > 3 && !/^\d/.test(term))
      for (const word of vocabulary) {
        if (word === term) continue;
        if (word.startsWith(term) && (term.length > 4 || word.length > 6)) found.set(word, 0.55);
        else if (word.endsWith(term)) found.set(word, 0.5);
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
  const weaker = (map, factor) => [...map].map(([word, weight]) => [word, weight * factor]);
  /** What half of a compound may mean: the word itself, what the town means by it, words that end or begin with it. */
  const half = (term, last) => {
    const found = both(known.has(term) ? [[term, 0.5]] : [], weaker(meant(term), 0.5));
    if (term.length > 3)
      for (const [word] of variants(term))
        if (word.endsWith(term) ? term.length > 4 || !last : word.startsWith(term) && term.length > 4) sure(found, word, 0.25);
    return found;
  };
  /** So little that what was guessed comes after what was found, even in a title. */
  const GUESS = 0.05;
  const best = map => Math.max(0, ...map.values());
  /** The halves of a compound that the book does not know, as of "Wohnungsbau"; where it knows but one of them, that. */
  const parts = term => {
    let found = { halves: [], score: 0 };
    for (let cut = 3; cut <= term.length - 3; cut++) {
      const [first, last] = [term.slice(0, cut), term.slice(cut)];
      const head = both(...[first, first.replace(/(?:s|n|en|er)$/, "")].flatMap(part => [part, stemmer.stemWord(part)]).map(part => half(part)));
      const halves = [head, half(last, true)];
      // Both tell most; of one alone the first, which says of what.
      const score = best(halves[0]) * first.length + best(halves[1]) * last.length * (halves[0].size ? 1 : 0.5) + (halves.every(best) ? term.length : 0);
      const alone = halves.filter(best);
      if (score > found.score && (alone.length > 1 || (halves[0].size ? first.length > 3 : last.length > 5))) found = { halves: alone, score };
    }
    return found.halves;
  };
  /** How many letters differ, two that changed places counting once; above the limit just more than that. */
  const distance = (one, other, limit) => {
    let [before, last] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  };
  /** What a word of more than five letters may be that has so many letters wrong. */
  const mistyped = (term, limit) => {
    const near = [...vocabulary, ...synonyms.keys()]
      .filter(word => term.length > 5 && word[0] === term[0] && Math.abs(word.length - term.length) <= limit)
      .filter(word => distance(term, word, limit) === limit);
    return both(...near.map(word => weaker(both(known.has(word) ? [[word, 1]] : [], meant(word)), 0.5)));
  };

  /** For each entry the best of the words of a group: of a long list many words would do, and mean no more for it. */
  const answers = ({ words }) => {
    const found = new Map();
    for (const [word, weight] of words)
      for (const { id, score, terms } of search.search(word)) {
        const other = found.get(id);
        found.set(id, { score: Math.max(score * weight, other?.score ?? 0), terms: [...terms, ...other?.terms ?? []] });
      }
    return found;
  };
  /** What is asked for: for each word those of the book that it may mean, how sure that is, and whether it was guessed.
      Words without meaning are left out. */
  const asked = query => {
    const terms = [...new Set(stemmed(numbered(query.slice(0, LONGEST))))];
    const groups = [];
    for (let at = 0; at < terms.length; at++) {
      // The longest run of words that the town's table knows.
      const key = length => terms.slice(at, at + length).join(" ");
      const run = [3, 2, 1].find(length => at + length <= terms.length && synonyms.has(key(length))) ?? 0;
      const found = both(run < 2 ? variants(terms[at]) : [], run ? meant(key(run)) : []);
      if (found.size) {
        // A word that hardly any place has, such as "Telefonnummer": its halves, too.
        const few = run < 2 && answers({ words: found }).size < 3;
        groups.push({ words: few ? both(found, ...parts(terms[at]).map(words => weaker(words, GUESS))) : found });
      }
      else {
        // One wrong letter is likelier than a compound, two in a long word than one that is known by half.
        const term = terms[at], [once, halves] = [mistyped(term, 1), parts(term)];
        const twice = !once.size && halves.length < 2 && term.length > 9 ? mistyped(term, 2) : new Map();
        const guesses = once.size ? [once] : twice.size ? [twice] : halves;
        for (const words of guesses) groups.push({ words, guessed: true, share: 1 / guesses.length });
        if (!guesses.length) groups.push({ words: new Map(), guessed: true });
      }
      at += Math.max(run - 1, 0);
    }
    return groups;
  };
  const weight = ({ kind, page }) => WEIGHT[kind] * (ASIDE.test(page) ? 0.3 : 1);
  /** The entries by how well they answer, first of all how much of what was asked. */
  const find = groups => {
    const found = new Map();
    for (const group of groups) {
      const answer = answers(group);
      // A rare word says more of what is meant than the town's name.
      const share = (group.share ?? 1) * Math.log(1 + entries.length / answer.size);
      for (const [id, { score, terms }] of answer) {
        const hit = found.get(id) ?? { id, score: 0, terms: [], told: 0 };
        found.set(id, { id, score: hit.score + score, terms: [...hit.terms, ...terms], told: hit.told + share });
      }
    }
    const rank = ({ id, score, terms, told }) => score * weight(entries[id]) * told ** 2 * (titles[id].every(word => terms.includes(word)) ? WHOLE : 1);
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
