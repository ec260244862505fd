"""What contradicts itself in the data, and what is only doubtful: both are said in one sentence."""

from __future__ import annotations

from folders import REAL, rows
from sentences.data import ANSWER, APPROVAL, SOURCE, VALUE, Edit, add, at, both, change, of_town

OF_PEOPLE = {
    **VALUE,
    "indikator_id": "i-einbuergerungen",
    "gebiet_id": "niedersachsen",
    "zeit": "2001",
    "jahr": "2001",
}
RATE = {**VALUE, "indikator_id": "i-auslaenderanteil", "zeit": "2019", "jahr": "2019"}
LOOK = "Prüfen Sie die Angabe an der Quelle."
EXPLAIN = "Prüfen Sie die Angabe an der Quelle; ist sie richtig, erläutern Sie sie in der Spalte „hinweis“."
EVENT = {"id": "e-x", "art": "workshop", "titel": "Ein Treffen", "stand": "erfolgt", **SOURCE}
EVENT_AT = f"data/ereignisse.csv, Zeile {len(rows(REAL, 'ereignisse')) + 2}"
COST = {
    "id": "k-x",
    "massnahme_id": "m-bildung-sprachprogramm",
    "art": "einmalig",
    "betrag_eur": "1",
    "genauigkeit": "genau",
    "haushaltsstand": "unbekannt",
    **SOURCE,
}
STATUS = {"massnahme_id": "m-bildung-bibliothek", "datum": "2023-05-01", "status": "geplant", **SOURCE}


def line(table: str) -> str:
    """Name the line of a first row that is added."""
    return f"data/{table}.csv, Zeile {len(rows(REAL, table)) + 2}"


def _town(key: str, value: str) -> Edit:
    def edit(description: dict) -> None:
        description[key] = value

    return of_town(edit)


NOTE = {
    "id": "p-x",
    "tabelle": "statusverlauf",
    "zeile_id": "m-bildung-bibliothek",
    "aussage_a": "Etwas.",
    "quelle_a_id": "d-sachstandsbericht-2",
    "stand": "offen",
    **SOURCE,
}

IMPOSSIBLE: dict[str, tuple[Edit, str]] = {
    "Jahr vor unserer Zeit": (
        change("dokumente", 2, datum="1203-08-01"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: Das Jahr 1203 liegt nicht zwischen 1900 und 2100. Berichtigen Sie das Datum.",
    ),
    "Gemeindeschlüssel keines Landes": (
        change("gebiete", 3, ags="99241011"),
        "data/gebiete.csv, Zeile 3, Spalte „ags“: „99241011“ beginnt nicht mit der Kennziffer eines Landes (01 bis 16). "
        "Berichtigen Sie den Gemeindeschlüssel.",
    ),
    "Weniger als niemand": (
        change("ereignisse", 2, teilnehmende="-7"),
        "data/ereignisse.csv, Zeile 2, Spalte „teilnehmende“: „-7“ sind weniger als niemand. Berichtigen Sie die Zahl.",
    ),
    "Stand viel später als alles andere": (
        of_town(lambda d: d.update(stand="2099-12-18")),
        "data/kommune.json: Der Stand der Daten (18.12.2099) liegt mehr als zehn Jahre nach dem jüngsten Tag, "
        "von dem die Daten wissen (10.03.2026). Berichtigen Sie „stand“.",
    ),
    "Prüfhinweis zu einer Zeile ohne Kennung": (
        add("pruefhinweise", NOTE),
        f"{line('pruefhinweise')}, Spalte „zeile_id“: Die Zeilen von statusverlauf haben keine Kennung, "
        "„m-bildung-bibliothek“ fände niemand. Leeren Sie die Zelle, und sagen Sie unter „aussage_a“, welche Zeile gemeint ist.",
    ),
    "Jahr neben der Zeit": (
        add("messwerte", {**RATE, "jahr": "2091"}),
        at("messwerte", "jahr")
        + "Das Jahr 2091 passt nicht zur Zeit „2019“. Tragen Sie 2019 ein, oder berichtigen Sie die Zeit.",
    ),
    "Jahr fehlt": (
        add("messwerte", {**RATE, "zeit": "2018/19", "jahr": ""}),
        at("messwerte", "jahr")
        + "Zur Zeit „2018/19“ fehlt das Jahr; ohne Jahr steht der Wert in keinem Diagramm. Tragen Sie 2018 oder 2019 ein.",
    ),
    "Istwert in der Zukunft": (
        add("messwerte", {**RATE, "zeit": "2099", "jahr": "2099"}),
        at("messwerte", "zeit")
        + "Ein Istwert kann nicht nach dem Stand der Daten (18.12.2025) liegen. Berichtigen Sie die Zeit, oder ändern Sie die Art in „soll“.",
    ),
    "Ausgabe in der Zukunft": (
        add("kosten", {**COST, "jahr": "2100", "haushaltsstand": "verausgabt"}),
        at("kosten", "jahr")
        + "Was 2100 ausgegeben wird, kann nach dem Stand der Daten (18.12.2025) noch nicht „verausgabt“ sein. Berichtigen Sie das Jahr oder den Haushaltsstand.",
    ),
    "Negativer Anteil": (
        add("messwerte", {**RATE, "wert": "-12,5"}),
        at("messwerte", "wert") + "-12,5 ist negativ; in Prozent kann der Indikator das nicht sein. "
        "Berichtigen Sie den Wert. Misst der Indikator eine Veränderung, so sagen Sie das in seiner Definition.",
    ),
    "Negative Zahl von Personen": (
        add("messwerte", {**OF_PEOPLE, "wert": "-7"}),
        at("messwerte", "wert") + "-7 ist negativ; in Personen kann der Indikator das nicht sein. "
        "Berichtigen Sie den Wert. Misst der Indikator eine Veränderung, so sagen Sie das in seiner Definition.",
    ),
    "Fallzahl null": (
        add("messwerte", {**RATE, "fallzahl": "0"}),
        at("messwerte", "fallzahl")
        + "Aus null Fällen entsteht kein Wert. Berichtigen Sie die Fallzahl, oder leeren Sie die Zelle, wenn sie nicht bekannt ist.",
    ),
    "Excel hat ein Datum gemacht": (
        add("messwerte", {**RATE, "zeit": "Jun 24", "jahr": "2024"}),
        at("messwerte", "zeit")
        + "„Jun 24“ schreibt Excel, wenn es aus einem Text wie „Juni 2024“ oder „06/2024“ ein Datum macht. "
        "Schreiben Sie die Angabe neu; in Excel geben Sie der Zelle vorher das Format „Text“.",
    ),
    "Excel hat ein Kapitel zum Tag gemacht": (
        add("messwerte", {**RATE, "fundstelle": "04. Jan"}),
        at("messwerte", "fundstelle")
        + "„04. Jan“ schreibt Excel, wenn es aus einem Text wie „4.1“ oder „4/1“ ein Datum macht. "
        "Schreiben Sie die Angabe neu; in Excel geben Sie der Zelle vorher das Format „Text“.",
    ),
    "Zeit als Zahl von Excel": (
        add("messwerte", {**RATE, "zeit": "45444", "jahr": "2024"}),
        at("messwerte", "zeit")
        + "„45444“ ist die Zahl, als die Excel den 01.06.2024 speichert. Schreiben Sie die Zeit neu.",
    ),
    "Ereignis mit Ende ohne Beginn": (
        add("ereignisse", {**EVENT, "bis": "2022-05-01"}),
        f"{EVENT_AT}, Spalte „von“: Zum Ende fehlt der Beginn. Ergänzen Sie ihn, oder leeren Sie „bis“.",
    ),
    "Wiedervorlage vor dem Status": (
        add("statusverlauf", {**STATUS, "wiedervorlage": "2023-04-01"}),
        at("statusverlauf", "wiedervorlage")
        + "Die Wiedervorlage (01.04.2023) liegt vor dem Tag des Status (01.05.2023). Berichtigen Sie einen der beiden Tage.",
    ),
    "Zugriff vor dem Erscheinen": (
        add(
            "dokumente",
            {"id": "d-x", "titel": "X", "art": "bericht", "datum": "2023-05-01", "zugriff_am": "2023-04-30"},
        ),
        f"{line('dokumente')}, Spalte „zugriff_am“: Der Zugriff (30.04.2023) liegt vor dem Erscheinen (01.05.2023). Berichtigen Sie einen der beiden Tage.",
    ),
    "Adresse mit Passwort": (
        add(
            "dokumente",
            {"id": "d-x", "titel": "X", "art": "bericht", "url": "https://ich:geheim@example.org/x"},
        ),
        f"{line('dokumente')}, Spalte „url“: Die Adresse enthält eine Anmeldung (vor dem Zeichen @). Nehmen Sie Namen und Passwort heraus.",
    ),
    "Adresse des eigenen Rechners": (
        add("dokumente", {"id": "d-x", "titel": "X", "art": "bericht", "url": "http://localhost/x"}),
        f"{line('dokumente')}, Spalte „url“: Unter „http://localhost/x“ findet im Internet niemand etwas. Prüfen Sie die Adresse, oder leeren Sie die Zelle.",
    ),
    "Betrag mit drei Nachkommastellen": (
        add("kosten", {**COST, "betrag_eur": "100,555"}),
        at("kosten", "betrag_eur")
        + "100,555 hat mehr als zwei Stellen nach dem Komma. Schreiben Sie den Betrag in Euro und Cent.",
    ),
    "Eigenes Gebiet unbekannt": (
        _town("gebiet_id", "lehrtte"),
        "data/kommune.json: „lehrtte“ (gebiet_id) gibt es in gebiete nicht. Meinten Sie „lehrte“?",
    ),
    "Zwei Schlüssel der eigenen Kommune": (
        _town("ags", "03241099"),
        "data/gebiete.csv, Zeile 2, Spalte „ags“: Der Gemeindeschlüssel der eigenen Kommune ist nach kommune.json 03241099, "
        "hier steht 03241011. Gleichen Sie beide an.",
    ),
    "Amtlicher Name statt der Kennung": (
        add("messwerte", {**RATE, "gebiet_id": "Lehrte, Stadt"}),
        at("messwerte", "gebiet_id")
        + "„Lehrte, Stadt“ gibt es in gebiete nicht. Schreiben Sie seine Kennung „lehrte“.",
    ),
    "Amtlicher Schlüssel statt der Kennung": (
        add("messwerte", {**RATE, "gebiet_id": "032410011011"}),
        at("messwerte", "gebiet_id")
        + "„032410011011“ gibt es in gebiete nicht. Schreiben Sie seine Kennung „lehrte“.",
    ),
    "Eine Koordinate fehlt": (
        change("gebiete", 2, laenge=""),
        "data/gebiete.csv, Zeile 2, Spalte „laenge“: Ein Ort hat Breiten- und Längengrad. Ergänzen Sie den fehlenden, oder leeren Sie beide.",
    ),
    "Koordinaten vertauscht": (
        change("gebiete", 2, breite="9,976958", laenge="52,372615"),
        "data/gebiete.csv, Zeile 2, Spalte „breite“: Breiten- und Längengrad sind vertauscht. Tauschen Sie beide Werte.",
    ),
    "Gemeindeschlüssel doppelt": (
        change("gebiete", 8, ags="03241011"),
        "data/gebiete.csv, Zeile 8, Spalte „ags“: Den Gemeindeschlüssel 03241011 hat schon „lehrte“. Berichtigen Sie einen der beiden.",
    ),
    "Prüfhinweis zu keiner Zeile": (
        change("pruefhinweise", 2, zeile_id="i-gibt-es-nicht"),
        "data/pruefhinweise.csv, Zeile 2, Spalte „zeile_id“: „i-gibt-es-nicht“ gibt es in indikatoren nicht. Nennen Sie die Kennung der Zeile, oder leeren Sie die Zelle.",
    ),
    "Entschieden ohne Entscheidung": (
        change("pruefhinweise", 2, stand="entschieden", entscheidung=""),
        "data/pruefhinweise.csv, Zeile 2, Spalte „entscheidung“: Der Hinweis soll entschieden sein, aber wie, steht hier nicht. "
        "Ergänzen Sie es, oder ändern Sie den Stand in „offen“.",
    ),
    "Ergebnisse vor der Befragung": (
        add("umfrageergebnisse", {**ANSWER, "ereignis_id": "e-auftakt-angekuendigt", **SOURCE}),
        at("umfrageergebnisse", "ereignis_id")
        + "„e-auftakt-angekuendigt“ ist noch nicht erfolgt und kann keine Ergebnisse haben. Nennen Sie das richtige Ereignis, oder ändern Sie seinen Stand.",
    ),
    "Ergebnisse eines Beschlusses": (
        add("umfrageergebnisse", {**ANSWER, "ereignis_id": "e-ratsbeschluss", **SOURCE}),
        at("umfrageergebnisse", "ereignis_id")
        + "„e-ratsbeschluss“ ist keine Befragung, sondern hat die Art „verabschiedung“. Nennen Sie das richtige Ereignis.",
    ),
    "Ein Strich als Wert": (
        add("messwerte", {**RATE, "wert": "-"}),
        at("messwerte", "wert")
        + "„-“ heißt in amtlichen Tabellen „genau null“; von Hand getippt meint es oft „nichts bekannt“. "
        "Schreiben Sie 0, wenn null gemeint ist; sonst leeren Sie die Zelle, und ein Messwert entfällt.",
    ),
    "Ein Punkt als Wert": (
        add("messwerte", {**RATE, "wert": "."}),
        at("messwerte", "wert") + "„.“ heißt in amtlichen Tabellen „unbekannt oder geheim zu halten“. "
        "Leeren Sie die Zelle; ein Messwert bekommt dann die Genauigkeit „gesperrt“ oder entfällt.",
    ),
    "Ein Schrägstrich als Wert": (
        add("messwerte", {**RATE, "wert": "/"}),
        at("messwerte", "wert") + "„/“ heißt in amtlichen Tabellen „zu unsicher, um genannt zu werden“. "
        "Leeren Sie die Zelle; ein Messwert bekommt dann die Genauigkeit „nur_trend“ oder entfällt.",
    ),
    "Ein x als Wert": (
        add("messwerte", {**RATE, "wert": "x"}),
        at("messwerte", "wert")
        + "„x“ heißt in amtlichen Tabellen „Angabe nicht sinnvoll“. Leeren Sie die Zelle; ein Messwert entfällt.",
    ),
    "Drei Punkte als Wert": (
        add("messwerte", {**RATE, "wert": "..."}),
        at("messwerte", "wert") + "„...“ heißt in amtlichen Tabellen „Angabe fällt später an“. "
        "Leeren Sie die Zelle; ein Messwert entfällt, bis er vorliegt.",
    ),
    "Ein Wert in Klammern": (
        add("messwerte", {**RATE, "wert": "(12,5)"}),
        at("messwerte", "wert")
        + "„(12,5)“ steht in amtlichen Tabellen in Klammern, weil der Wert unsicher ist. "
        "Schreiben Sie 12,5 ohne Klammern, und wählen Sie als Genauigkeit „circa“.",
    ),
    "Ein Wert mit Buchstaben": (
        add("messwerte", {**RATE, "wert": "12,5e"}),
        at("messwerte", "wert")
        + "„12,5e“ trägt den Buchstaben „e“: in amtlichen Tabellen „endgültiges Ergebnis“. "
        "Schreiben Sie nur die Zahl 12,5, und vermerken Sie den Rest als Hinweis.",
    ),
    "Ein Wert mit Einheit": (
        add("messwerte", {**RATE, "wert": "20,0 %"}),
        at("messwerte", "wert")
        + "„20,0 %“ enthält die Einheit; in die Zelle gehört nur die Zahl. Schreiben Sie 20,0, wenn Prozent gemeint sind.",
    ),
    "Ein Betrag mit Einheit": (
        add("kosten", {**COST, "betrag_eur": "2.500 €"}),
        at("kosten", "betrag_eur")
        + "„2.500 €“ enthält die Einheit; in die Zelle gehört nur die Zahl. Schreiben Sie 2500, wenn Euro gemeint sind.",
    ),
    "Ein Jahr mit zwei Ziffern": (
        change("dokumente", 2, datum="1.9.45"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „1.9.45“ ist mehrdeutig: 1.9.1945 oder 1.9.2045? Schreiben Sie das Jahr mit vier Ziffern.",
    ),
    "Ein Tag als Zahl von Excel": (
        change("dokumente", 2, datum="45444"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „45444“ ist eine Zahl; Excel speichert so den 01.06.2024. "
        "Schreiben Sie 2024-06-01, wenn dieser Tag gemeint ist.",
    ),
    "Ein Tag mit Uhrzeit": (
        change("dokumente", 2, datum="2023-08-30T14:30:00+02:00"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „2023-08-30T14:30:00+02:00“ nennt neben dem Tag eine Uhrzeit. "
        "Schreiben Sie nur den Tag, zum Beispiel 2023-08-30.",
    ),
    "Ein Tag mit Zusatz": (
        change("dokumente", 2, datum="Stand 30.08.2023"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „Stand 30.08.2023“ enthält mehr als den Tag. Schreiben Sie 2023-08-30.",
    ),
    "Ein Jahr als Tag": (
        change("dokumente", 2, datum="2023"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „2023“ nennt keinen einzelnen Tag. Schreiben Sie 2023-01-01 oder 2023-12-31, "
        "und wählen Sie als Genauigkeit „jahr“, wo die Tabelle danach fragt.",
    ),
    "Ein Monat als Tag": (
        change("dokumente", 2, datum="Juni 2023"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „Juni 2023“ nennt keinen einzelnen Tag. Schreiben Sie 2023-06-01 oder 2023-06-30, "
        "und wählen Sie als Genauigkeit „monat“, wo die Tabelle danach fragt.",
    ),
    "Ein Quartal als Tag": (
        change("dokumente", 2, datum="2. Quartal 2023"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „2. Quartal 2023“ nennt keinen einzelnen Tag. Schreiben Sie 2023-04-01 oder 2023-06-30, "
        "und wählen Sie als Genauigkeit „monat“, wo die Tabelle danach fragt.",
    ),
    "Zwei Jahre als Tag": (
        change("dokumente", 2, datum="2022/23"),
        "data/dokumente.csv, Zeile 2, Spalte „datum“: „2022/23“ nennt keinen einzelnen Tag. Schreiben Sie 2022-01-01 oder 2023-12-31, "
        "und wählen Sie als Genauigkeit „jahr“, wo die Tabelle danach fragt.",
    ),
}
"""Mistake → the edit that makes it, and what the check says."""

HINTS: dict[str, tuple[Edit, str]] = {
    "Mehr als das Ganze": (
        add("messwerte", {**RATE, "wert": "1250"}),
        at("messwerte", "wert") + f"1.250 Prozent sind mehr als das Ganze. {EXPLAIN}",
    ),
    "Teile von Personen": (
        add("messwerte", {**OF_PEOPLE, "wert": "12,5"}),
        at("messwerte", "wert") + f"12,5 ist keine ganze Zahl, gezählt wird aber Ganzes. {EXPLAIN}",
    ),
    "Viel genauer als die Reihe": (
        add("messwerte", {**RATE, "wert": "13,25262308313155"}),
        at("messwerte", "wert")
        + "13,25262308313155 ist viel genauer als die übrigen Werte des Indikators. Schreiben Sie so viele Stellen, wie die Quelle zeigt.",
    ),
    "Komma an falscher Stelle": (
        add(
            "messwerte",
            *(
                {**OF_PEOPLE, "gebiet_id": "arpke", "zeit": year, "jahr": year, "wert": number}
                for year, number in (("2018", "12"), ("2019", "130"), ("2020", "14"))
            ),
        ),
        "data/messwerte.csv, Zeile 1126, Spalte „wert“: 130 weicht von den Nachbarwerten (etwa 13,0) um eine Größenordnung ab; "
        f"vielleicht steht das Komma falsch. {EXPLAIN}",
    ),
    "Ein Jahr zweimal": (
        add(
            "messwerte",
            {**RATE, "gebiet_id": "arpke", "zeit": "2019"},
            {**RATE, "gebiet_id": "arpke", "zeit": "31.12.2019"},
        ),
        "data/messwerte.csv, Zeile 1126, Spalte „zeit“: Für 2019 steht schon ein Wert derselben Quelle, dort als „2019“. "
        "Prüfen Sie, ob eine der Zeilen zu viel ist.",
    ),
    "Zeit in Worten neben dem Jahr": (
        add("messwerte", {**RATE, "zeit": "seit 2017", "jahr": "2019"}),
        at("messwerte", "jahr") + "Die Zeit „seit 2017“ nennt das Jahr 2019 nicht. Prüfen Sie beide Angaben.",
    ),
    "Wert nach seiner Quelle": (
        add("messwerte", {**RATE, "zeit": "04.01.2025", "jahr": "2025"}),
        at("messwerte", "zeit")
        + f"Die Quelle „d-sachstandsbericht-2“ war am 30.08.2023 schon erschienen und kann von „04.01.2025“ nicht berichten. {LOOK}",
    ),
    "Frist vor ihrer Quelle": (
        add("messwerte", {**RATE, "zeit": "1990", "jahr": "1990", "art": "soll", "soll_art": "beschlossen"}),
        at("messwerte", "zeit")
        + f"Die Frist „1990“ war schon vorbei, als die Quelle „d-sachstandsbericht-2“ erschien. {LOOK}",
    ),
    "Fundstelle als Tag": (
        add("messwerte", {**RATE, "fundstelle": "04.01.2026"}),
        at("messwerte", "fundstelle")
        + f"„04.01.2026“ ist ein Tag; vielleicht hat Excel ihn aus einer Nummer wie „4.1“ gemacht. {LOOK}",
    ),
    "Ort außerhalb von Deutschland": (
        change("gebiete", 8, breite="40", laenge="-3,5"),
        f"data/gebiete.csv, Zeile 8, Spalte „breite“: Der Ort 40 Nord, -3,5 Ost liegt nicht in Deutschland. {LOOK}",
    ),
    "Ortsteil weit entfernt": (
        change("gebiete", 27, breite="48,1", laenge="11,5"),
        f"data/gebiete.csv, Zeile 27, Spalte „breite“: Der Ort 48,1 Nord, 11,5 Ost liegt weit von der eigenen Kommune. {LOOK}",
    ),
    "Titel doppelt": (
        add("akteure", {"id": "a-x", "name": "LEHRTE HILFT", "art": "initiative", **SOURCE}),
        f"{line('akteure')}, Spalte „name“: „LEHRTE HILFT“ heißt schon die Zeile „a-lehrte-hilft“. Prüfen Sie, ob beide dasselbe meinen.",
    ),
    "Wiedervorlage nach dem Ende": (
        add("statusverlauf", {**STATUS, "status": "abgeschlossen", "wiedervorlage": "2026-01-01"}),
        at("statusverlauf", "wiedervorlage")
        + "„abgeschlossen“ braucht keine Wiedervorlage. Prüfen Sie beide Angaben.",
    ),
    "Nach dem Ende wieder Idee": (
        add("statusverlauf", {**STATUS, "status": "abgeschlossen"}),
        "data/statusverlauf.csv, Zeile 2, Spalte „status“: Die Maßnahme war am 01.05.2023 schon zu Ende und ist hier wieder „idee“. Prüfen Sie beide Zeilen.",
    ),
    "Null Euro": (
        add("kosten", {**COST, "betrag_eur": "0"}),
        at("kosten", "betrag_eur") + f"0\N{NO-BREAK SPACE}€ ist ein ungewöhnlicher Betrag. {LOOK}",
    ),
    "Geplant für gestern": (
        add("ereignisse", {**EVENT, "von": "2023-05-01", "genauigkeit": "tag", "stand": "geplant"}),
        f"{EVENT_AT}, Spalte „stand“: Geplant war das Ereignis für die Zeit bis 01.05.2023; sie ist vorbei. "
        "Ändern Sie den Stand, oder halten Sie in den Prüfhinweisen fest, dass die Durchführung nicht belegt ist.",
    ),
    "Zwei Federführende": (
        add(
            "zustaendigkeiten",
            {
                "massnahme_id": "m-bildung-sprachprogramm",
                "akteur_id": "a-projektgruppe",
                "rolle": "federfuehrend",
                **SOURCE,
            },
        ),
        f"{line('zustaendigkeiten')}, Spalte „rolle“: Federführend ist schon „a-mut“. Prüfen Sie, ob beide die Maßnahme führen.",
    ),
    "Übernommen ohne Maßnahme": (
        change("beitraege", 2, folge="uebernommen", massnahme_id=""),
        "data/beitraege.csv, Zeile 2, Spalte „massnahme_id“: Der Beitrag ist übernommen, aber in welche Maßnahme, steht hier nicht. "
        "Ergänzen Sie sie oder die Begründung.",
    ),
    "Umfrage ohne Befragte": (
        add("umfrageergebnisse", {**ANSWER, "ereignis_id": "e-fragebogen", **SOURCE}),
        at("umfrageergebnisse", "ereignis_id")
        + "Wer befragt und wer nicht erreicht worden ist, steht in ereignisse bei „e-fragebogen“ nicht. "
        "Ergänzen Sie dort „befragte“ und „nicht_erreicht“, soweit es bekannt ist.",
    ),
    "Keine Telefonnummer": (
        change("kontakte", 2, telefon="siehe Seite"),
        "data/kontakte.csv, Zeile 2, Spalte „telefon“: „siehe Seite“ sieht nicht aus wie eine Telefonnummer. "
        "Schreiben Sie zum Beispiel 01234 567-0.",
    ),
    "Text wie eine Formel": (
        change("massnahmen", 2, zielgruppe="=1+1"),
        "data/massnahmen.csv, Zeile 2, Spalte „zielgruppe“: Der Text beginnt wie eine Formel; Excel rechnet ihn aus, "
        "sobald jemand die Tabelle öffnet. Beginnen Sie ihn mit einem Wort oder einem Anführungszeichen.",
    ),
    "Stand in der Zukunft": (
        of_town(lambda d: d.update(stand="2035-01-01")),
        "data/kommune.json: Der Stand der Daten (01.01.2035) liegt in der Zukunft. Prüfen Sie „stand“.",
    ),
    "Freigabe in der Zukunft": (
        add("freigaben", {**APPROVAL, "tag": "2099-10-01"}),
        "data/freigaben.csv, Zeile 2, Spalte „tag“: Der 01.10.2099 liegt in der Zukunft. Prüfen Sie den Tag.",
    ),
    "Freigabe vor der ersten Nachricht vom Gremium": (
        add("freigaben", {**APPROVAL, "tag": "2016-10-01"}),
        "data/freigaben.csv, Zeile 2, Spalte „tag“: Am 01.10.2016 wissen die Daten von diesem Gremium noch nichts (erste Angabe: 25.06.2025). Prüfen Sie den Tag.",
    ),
    "Mitglied ohne Schlüssel": (
        both(
            of_town(
                lambda d: d.update(art="region", name="Hannover", ags="03241", gebiet_id="region-hannover")
            ),
            change("gebiete", 8, ags=""),
        ),
        "data/gebiete.csv, Zeile 8, Spalte „ags“: Ob „Barsinghausen“ in der Region liegt, sagt erst der Schlüssel; bis dahin fehlt "
        "das Gebiet in der Tabelle der Mitglieder. Ergänzen Sie ihn.",
    ),
    "Handlungsfeld mit hoher Nummer": (
        change("handlungsfelder", 2, nr="99"),
        "data/handlungsfelder.csv, Zeile 2, Spalte „nr“: Es gibt neun Handlungsfelder, dieses hat die Nummer 99. Prüfen Sie die Nummern.",
    ),
}
"""Doubt → the edit that raises it, and the hint."""
