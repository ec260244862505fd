"""What must be said with a view of the explorer, the same on the page and in a chapter."""

HINTS = {
    "cause": "Dass zwei Kennzahlen gemeinsam hoch oder niedrig sind, zeigt keine Ursache: Beide können von Drittem abhängen, oder es ist Zufall.",
    "index": "Index: Der erste gezeigte Wert jeder Linie steht für 100. Ein Index zeigt, wie sich Werte verändert haben, nicht, wie hoch sie sind.",
    "index_break": "Wo eine Reihe bricht, beginnt ihr Index nach dem Bruch.",
    "index_circa": "Eine Bezugsgröße ist nur ungefähr bekannt; der Index ist es dann auch.",
    "distance": "Über 0 ist der Wert der ersten Gruppe höher; ob das gut ist, sagt der Abstand nicht.",
    "no_distance": "Beide Gruppen haben zu keiner Zeit einen Wert aus derselben Quelle.",
    "aims": "Sollwerte stehen nur in der Tabelle.",
    "newest": "Gezeigt ist der jeweils neueste Wert; die Tabelle enthält alle Jahre.",
    "hollow": "Hohle Zeichen stehen für ungefähre Angaben.",
    "hollow_bars": "Hohle Balken enthalten ungefähre Angaben.",
    "break": "An der gestrichelten Linie bricht die Reihe; die Werte davor und danach sind nicht vergleichbar.",
    "no_sum": "Eine Gesamtsumme gibt es nicht: Beträge verschiedener Jahre oder Haushaltsstände, und Beträge ohne Jahr, lassen sich nicht zusammenzählen.",
    "late": "„Termin verstrichen“ heißt: Die Quellen nennen einen Tag, der vorbei ist. Ob die Maßnahme erledigt ist, sagt das nicht.",
    "gone": "„Entfallen“ heißt: nicht mehr in den Daten. Es heißt nicht: erledigt. „Neu bekannt“ war schon vorher so.",
}
