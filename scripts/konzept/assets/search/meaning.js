/* What a query asks for: for each of its words those of the book that it may mean, and how sure that is. */
"use strict";
window.ikFragen = (vocabulary, meanings) => {
  const { stemmed, whole, numbered, root, stemWord } = window.ikDeutsch;
  const LONGEST = 200;
  /** So little that what was guessed comes after what was found, even in a title. */
  const GUESS = 0.05;
  /** How much a word counts that only says that someone asks. */
  const HINT = 0.1;
  /** How much the meaning of a word counts that the book has itself, and if hardly any place has it. */
  const ALSO = 0.5, RARE = 0.3;
  /** A meaning that so many words share counts by half: "Sport" says less of "Judo" than "Sportverein" of "Verein". */
  const BROAD = 150;
  const known = new Set(vocabulary);

  /** Words that only say that someone asks, and the town's name; they mean nothing beside others. */
  const weak = new Set(stemmed(meanings[""].join(" ")));
  const synonyms = new Map();
  for (const [meant, typed] of Object.entries(meanings))
    for (const word of meant ? typed : []) {
      const key = whole(word).join(" ");
      if (key) synonyms.set(key, [...synonyms.get(key) ?? [], { words: stemmed(meant), sure: 1 / (1 + typed.length / BROAD) }]);
    }
  const phrases = [...synonyms.keys()].filter(key => key.includes(" ")).map(key => key.split(" "));
  const families = new Map();
  for (const word of known) if (!weak.has(word)) families.set(root(word), [...families.get(root(word)) ?? [], word]);

  const sure = (found, word, weight) => found.set(word, Math.max(weight, found.get(word) ?? 0));
  /** The words of the book that a typed word may be, or be a part of.  A short one begins compounds only. */
  const variants = term => {
    const found = new Map();
    if (known.has(term)) found.set(term, 1);
    // "21 %" may stand as "21,0 %".
    if (/^\d+$/.test(term)) for (const word of vocabulary) if (word.startsWith(`${term},`)) found.set(word, 0.8);
    if (term.length > 3 && !/^\d/.test(term)) {
      for (const word of families.get(root(term)) ?? []) sure(found, word, 0.7);
      for (const word of vocabulary) {
        if (word === term) continue;
        if (word.startsWith(term) && (term.length > 4 || word.length > 6)) sure(found, word, 0.55);
        else if (word.endsWith(term)) sure(found, word, 0.5);
        else if (term.length > 4 && word.includes(term)) sure(found, word, 0.25);
      }
    }
    return found;
  };
  const both = (...maps) => {
    const found = new Map();
    for (const map of maps) for (const [word, weight] of map) sure(found, word, weight);
    return found;
  };
  const weaker = (map, factor) => new Map([...map].map(([word, weight]) => [word, weight * factor]));
  const best = map => Math.max(0, ...map.values());
  /** What the tables say that words mean: one word of the book each. */
  const meant = key => {
    const found = new Map();
    for (const { words, sure: told } of synonyms.get(key) ?? []) {
      if (words.length > 1) continue;
      // What the book has only as a part of a word is meant by that.
      const forms = variants(words[0]), scale = known.has(words[0]) ? 0.5 : 0.8 / best(forms);
      for (const [other, weight] of forms) sure(found, other, told * (weight === 1 ? 1 : weight * scale));
    }
    return found;
  };
  /** What the tables say that words mean: several that must stand together. */
  const together = key => (synonyms.get(key) ?? []).filter(({ words }) => words.length > 1)
    .map(({ words, sure: told }) => words.map(word => weaker(variants(word), told))).filter(words => words.every(word => word.size));
  /** What half of a compound may mean: the word itself, what the tables mean by it, words that end or begin with it. */
  const half = (term, last) => {
    const found = both(known.has(term) ? [[term, 0.5]] : [], weaker(meant(term), 0.5));
    if (term.length > 3)
      for (const [word] of variants(term))
        if (word.endsWith(term) ? term.length > 4 || !last : word.startsWith(term) && term.length > 4) sure(found, word, 0.25);
    return found;
  };
  /** The halves of a compound that the book does not know, as of "Wohnungsbau"; where it knows but one of them, that. */
  const parts = term => {
    let found = { halves: [], score: 0 };
    for (let cut = 3; cut <= term.length - 3; cut++) {
      const [first, last] = [term.slice(0, cut), term.slice(cut)];
      const head = both(...[first, first.replace(/(?:s|n|en|er)$/, "")].flatMap(part => [part, stemWord(part)]).map(part => half(part)));
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

  /** One word: what it is or means; if nothing, what it may be with a letter wrong or as a compound. */
  const group = (term, few) => {
    // What the book says itself comes before what it may mean by it.
    const sense = known.has(term) ? few(new Map([[term, 1]]), 6) ? RARE : ALSO : 1;
    const said = variants(term), found = both(said, weaker(meant(term), sense));
    const phrases = together(term).map(words => words.map(word => weaker(word, sense)));
    if (found.size || phrases.length) {
      // A word that hardly any place has, such as "Telefonnummer": its halves, too.
      const halves = !phrases.length && few(found, 3) ? parts(term).map(words => weaker(words, GUESS)) : [];
      return [{ words: both(found, ...halves), phrases, guessed: !said.size }];
    }
    // One wrong letter is likelier than a compound, two in a long word than one that is known by half.
    const [once, halves] = [mistyped(term, 1), parts(term)];
    const twice = !once.size && halves.length < 2 && term.length > 9 ? mistyped(term, 2) : new Map();
    const guesses = once.size ? [once] : twice.size ? [twice] : halves;
    return guesses.length
      ? guesses.map(words => ({ words, guessed: true, share: 1 / guesses.length }))
      : [{ words: new Map(), guessed: true }];
  };
  /** What is asked for, a group of words for each that was typed; runs that the tables know are one.
      Words that only say that someone asks count little beside others. */
  const asked = (query, few) => {
    const typed = numbered(query.slice(0, LONGEST)), terms = [...new Set(stemmed(typed))], all = new Set(whole(typed));
    const taken = new Set(), groups = [];
    for (const phrase of phrases)
      if (phrase.every(word => all.has(word))) {
        const key = phrase.join(" "), words = meant(key), phrases = together(key);
        if (!words.size && !phrases.length) continue;
        // What was typed may stand there, too: "beschlossen" beside what "wann beschlossen" means.
        const strong = phrase.filter(word => terms.includes(word) && !weak.has(word)).map(word => weaker(variants(word), ALSO));
        groups.push({ words, phrases: strong.length ? [...phrases, strong] : phrases, weak: !strong.length });
        phrase.forEach(word => taken.add(word));
      }
    for (const term of terms.filter(word => !taken.has(word)))
      groups.push(...group(term, few).map(made => ({ ...made, weak: weak.has(term) })));
    const told = groups.some(group => !group.weak && (group.words.size || group.phrases?.length));
    return groups.map(group => told && group.weak ? { ...group, share: HINT, factor: HINT } : group);
  };
  return { asked };
};
