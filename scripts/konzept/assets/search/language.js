/* German as people type it: words, their stems and roots.  Stemmer and empty words come from the build.
   The book and the query go the same way, so what this does wrong it does wrong twice, and the words still meet. */
"use strict";
window.ikDeutsch = (() => {
  const { ikStemmer: Stemmer, ikLeer: EMPTY } = window;
  const stemmer = new Stemmer();
  const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}*:_·]*/gu;
  /** Arabic writes "and", "in", "for" and "the" as one with the word. */
  const ARTICLE = /^(?:[وفبك]?ال|لل)(?=[\u0621-\u064a]{3})/;
  const fold = word => word.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss")
    .replace(/ae/g, "a").replace(/oe/g, "o").replace(/(?<![aeq])ue/g, "u");
  const empty = new Set(EMPTY.map(fold));
  const stems = new Map();
  /** Nothing for an empty word, before "Sicherheit" and "sich" become one.  Umlauts as they are typed, feminine and loan-word endings, then Snowball. */
  const stem = raw => {
    let found = stems.get(raw);
    if (found === undefined) {
      let word = raw.toLowerCase();
      if (empty.has(fold(word))) found = "";
      else if (/^\d/.test(word)) found = word.replace(/[.,]+$/, "").replace(/\.(?=\d{3})/g, "");
      else {
        word = fold(word).replace(/[*:_·]+/g, "").replace(ARTICLE, "");
        if (word.length > 6) word = word.replace(/sinnen$/, "sen").replace(/innen$/, "").replace(/erin$/, "er").replace(/(?<!t)um$/, "en");
        // Snowball takes the s of "Kurs", and leaves it in "Kurse".
        found = stemmer.stemWord(word.replace(/([aiou])s$/, "$1")).replace(/(?<=..[bdfghklmnrt])s$/, "");
      }
      stems.set(raw, found);
    }
    return found;
  };
  const words = text => text.normalize("NFC").match(WORD) ?? [];
  const stemmed = text => words(text).map(stem).filter(Boolean);
  /** The same with the empty words as they are: "was ist neu" means more than "neu". */
  const whole = text => words(text).map(word => stem(word) || stemmer.stemWord(fold(word.toLowerCase())));

  /** "Abb. 20" and "Tabelle 1.1" as one word: their parts stand everywhere. */
  const numbered = text => text.replace(/\b(abb|tab)(?:ildung|elle)?\.?\s*(\d+)(?:\.(\d+))?\b/gi, (_, kind, first, second = "") => `${kind}${first}x${second}`);

  const ENDING = /(?:ations?|ungs?|end|ier|lich|isch|heit|keit|schaft|nis|ell|er|el|ig|en|t|e|n|s)$/;
  /** What verb, noun and adjective share, as "Beratung" and "beraten", "Lernende" and "lernen", "gefördert" and "Förderung".
      Less sure than a stem: of four letters at least. */
  const root = term => {
    if (term.length < 5 || /^\d/.test(term)) return term;
    let found = /^ge.{4,}t$/.test(term) ? term.slice(2) : term;
    for (let shorter; (shorter = found.replace(ENDING, "")) !== found && shorter.length > 3;) found = shorter;
    return found;
  };
  return { WORD, stem, words, stemmed, whole, numbered, root, stemWord: word => stemmer.stemWord(word) };
})();
