"""What the program says of a wrong call, of the book's contents, and of what it lacks."""

from __future__ import annotations

from folders import PROJECT

CONTENTS: dict[str, tuple[str, str]] = {
    "Schreibweise verletzt": (
        "format: jb-book\nroot: book/a\nchapters:\n- file: [book/b\n",
        "_toc.yml, Zeile 5: Die Schreibweise (YAML) ist verletzt, oft durch eine falsch eingerückte Zeile. "
        "Richten Sie sich nach den Zeilen darüber.",
    ),
    "Seite doppelt": (
        "format: jb-book\nroot: book/a\nchapters:\n- file: book/b\n- file: book/b\n",
        "_toc.yml, Zeile 5: Die Seite „book/b“ steht hier zum zweiten Mal. Löschen Sie eine der Zeilen.",
    ),
    "Seite gibt es nicht": (
        "format: jb-book\nroot: book/a\nchapters:\n- file: book/b\n- file: book/c\n",
        "_toc.yml, Zeile 5: Die Seite „book/c.md“ gibt es nicht. Meinten Sie „book/a“?",
    ),
    "Seite umbenannt": (
        "format: jb-book\nroot: book/a\nchapters:\n- file: book/c\n",
        "_toc.yml, Zeile 4: Die Seite „book/c.md“ heißt jetzt offenbar „book/b.md“. "
        "Schreiben Sie hier „book/b“, oder geben Sie der Datei ihren Namen zurück.",
    ),
    "Seite fehlt": (
        "format: jb-book\nroot: book/a\nchapters:\n- url: https://example.org\n",
        "book/b.md: Die Seite fehlt in _toc.yml und damit im Buch. Ergänzen Sie dort eine Zeile „- file: book/b“.",
    ),
    "Keine Angaben": (
        "- book/a\n- book/b\n",
        "_toc.yml, Zeile 1: Hier stehen keine Angaben wie „format: …“. Richten Sie sich nach den anderen Zeilen.",
    ),
    "Format fehlt": (
        "root: book/a\nchapters:\n- file: book/b\n",
        "_toc.yml, Zeile 1: Am Anfang der Datei fehlt die Zeile „format: jb-book“. Ergänzen Sie sie.",
    ),
    "Startseite fehlt": (
        "format: jb-book\nchapters:\n- file: book/b\n",
        "_toc.yml, Zeile 1: Die Zeile „root: …“ mit der Startseite fehlt. Ergänzen Sie sie.",
    ),
    "Weder Teile noch Kapitel": (
        "format: jb-book\nroot: book/a\n",
        "_toc.yml, Zeile 1: Das Inhaltsverzeichnis hat entweder Teile („parts:“) oder Kapitel („chapters:“). "
        "Stellen Sie eine der beiden Zeilen wieder her.",
    ),
    "Teil ohne Seiten": (
        "format: jb-book\nroot: book/a\nparts:\n- caption: Felder\n",
        "_toc.yml, Zeile 4: Diesem Teil fehlt die Zeile „chapters:“. Ergänzen Sie sie vor seinen Seiten.",
    ),
    "Eintrag ohne Seite": (
        "format: jb-book\nroot: book/a\nchapters:\n- title: Felder\n",
        "_toc.yml, Zeile 4: Ein Eintrag nennt genau eine Seite. Schreiben Sie „- file: …“.",
    ),
    "Wort falsch geschrieben": (
        "format: jb-book\nroot: book/a\nparts:\n- captoin: Felder\n  chapters:\n  - file: book/b\n",
        "_toc.yml, Zeile 4: „captoin:“ kennt das Inhaltsverzeichnis hier nicht. Meinten Sie „caption“?",
    ),
    "Nichts hinter dem Doppelpunkt": (
        "format: jb-book\nroot: book/a\nchapters:\n- file:\n",
        "_toc.yml, Zeile 4: Hinter „file:“ gehört ein Text. Ergänzen Sie die Angabe.",
    ),
    "Keine Liste": (
        "format: jb-book\nroot: book/a\nchapters: book/b\n",
        "_toc.yml, Zeile 3: Hinter „chapters:“ gehört eine Liste, deren Zeilen mit „- “ beginnen. Ergänzen Sie die Angabe.",
    ),
    "Keine Zahl hinter numbered": (
        "format: jb-book\nroot: book/a\nparts:\n- numbered: viel\n  chapters:\n  - file: book/b\n",
        "_toc.yml, Zeile 4: Hinter „numbered:“ gehört true, false oder eine Zahl. Ergänzen Sie die Angabe.",
    ),
    "Angabe zweimal": (
        "format: jb-book\nroot: book/a\nroot: book/a\nchapters:\n- file: book/b\n",
        "_toc.yml, Zeile 3: „root“ steht in dieser Gruppe zum zweiten Mal. Löschen Sie eine der Angaben.",
    ),
    "Zeichen mit Bedeutung am Anfang": (
        "format: jb-book\nroot: book/a\nparts: &teile\n- caption: x\n  chapters: *teile\n",
        "_toc.yml, Zeile 3: Am Anfang einer Angabe haben „&“, „*“ und „!“ in YAML eine Bedeutung, "
        "die hier nicht vorgesehen ist. Setzen Sie die Angabe in Anführungszeichen.",
    ),
    "Ein Tag, der keiner ist": (
        "format: jb-book\nroot: book/a\nparts:\n- caption: 2025-02-31\n  chapters:\n  - file: book/b\n",
        "_toc.yml, Zeile 4: „2025-02-31“ sieht aus wie ein Tag oder eine Zahl, ist aber keines von beiden. "
        "Setzen Sie die Angabe in Anführungszeichen.",
    ),
    "Zu tief verschachtelt": (
        f"root: {'[' * 40}{']' * 40}\n",
        "_toc.yml, Zeile 1: Hier ist tiefer verschachtelt als vorgesehen. Prüfen Sie Klammern und Einrückungen.",
    ),
    "Kein Wort vor dem Doppelpunkt": (
        "? [root]\n: book/a\n",
        "_toc.yml, Zeile 1: Vor dem Doppelpunkt steht hier kein einfaches Wort. Schreiben Sie dort eines.",
    ),
}
"""Mistake → a `_toc.yml` for a book of the pages `a` and `b`, and the answer."""


def _line(text: str) -> int:
    """Find the line of the settings that begins with a text."""
    lines = (PROJECT / "_config.yml").read_text("utf-8").split("\n")
    return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(text.strip()))


SETTINGS: dict[str, tuple[str, str, str]] = {
    "Schreibweise verletzt": (
        "  home_page_in_navbar: ",
        "  home_page_in_navbar: : ",
        f"_config.yml, Zeile {_line('  home_page_in_navbar: ')}: Die Schreibweise (YAML) ist verletzt, oft durch Einrückung, Doppelpunkt oder Klammer.",
    ),
    "Unbekannte Gruppe": (
        "\nhtml:",
        "\nhtlm:",
        f"_config.yml, Zeile {_line('html:')}: „htlm:“ kennt Jupyter Book nicht. Meinten Sie „html“?",
    ),
    "Fehler würden veröffentlicht": (
        "raise_on_error: true",
        "raise_on_error: false",
        f"_config.yml, Zeile {_line('raise_on_error: true')}: Bei „execute → raise_on_error“ muss „true“ stehen, "
        "sonst würde ein Buch mit Fehlern veröffentlicht. Stellen Sie die Zeile wieder her.",
    ),
    "Prüfung ausgeschaltet": (
        ", konzept.extension]",
        "]",
        f"_config.yml, Zeile {_line('extensions: [')}: Unter „sphinx → config → extensions“ fehlt „konzept.extension“; "
        "ohne sie prüft niemand das fertige Buch, und die Seiten dürften Fremdes laden. Stellen Sie die Zeile wieder her.",
    ),
    "Einstellung veröffentlicht mehr als das Buch": (
        "home_page_in_navbar: false",
        "favicon: data/favicon.svg",
        f"_config.yml, Zeile {_line('home_page_in_navbar')}: Diese Einstellung nennt etwas außerhalb des Ordners book/; "
        "nur was darin liegt, wird veröffentlicht. Legen Sie es dorthin.",
    ),
    "Teil, den es nicht gibt": (
        "    language: de\n",
        "    language: de\n    konzept_annexes: [Anlage]\n",
        f"_config.yml, Zeile {_line('    language: de') + 1}: Den Teil „Anlage“ gibt es in _toc.yml nicht. Meinten Sie „Anlagen“?",
    ),
    "Seite, die es nicht gibt": (
        "    language: de\n",
        "    language: de\n    konzept_not_in_print: [book/start]\n",
        f"_config.yml, Zeile {_line('    language: de') + 1}: Die Seite „book/start“ gibt es in _toc.yml nicht. Meinten Sie „book/glossar“?",
    ),
}
"""Mistake → what is exchanged in `_config.yml`, and the answer."""

CALLS: dict[str, tuple[list[str], int, str]] = {
    "Neue Kommune in einem Ordner, der nicht leer ist": (
        ["anfangen", "book", "--name", "Adorf", "--art", "gemeinde", "--ags", "03241011"],
        2,
        f"{PROJECT / 'book'}: Der Ordner ist nicht leer. Nennen Sie einen neuen.",
    ),
    "Neue Kommune ohne Angaben": (
        ["anfangen", "neu", "--name", "Adorf"],
        2,
        "Es fehlt: --art und --ags. Nennen Sie es beim Aufruf.",
    ),
    "Neue Kommune von unbekannter Art": (
        ["anfangen", "neu", "--name", "Adorf", "--art", "gemeind", "--ags", "03241011"],
        2,
        "„gemeind“ ist keine Art einer Kommune. Meinten Sie „gemeinde“?",
    ),
    "Neue Kommune mit dem Schlüssel einer anderen Ebene": (
        ["anfangen", "neu", "--name", "Adorf", "--art", "landkreis", "--ags", "03241011"],
        2,
        "Der Schlüssel „03241011“ (ags) hat 8 Ziffern; bei der Art „landkreis“ hat er 5. Berichtigen Sie eines von beiden.",
    ),
    "Word-Datei ohne Kapitel": (
        ["word", "export", "kapitel.docx"],
        2,
        "Nennen Sie die Kennung eines Handlungsfeldes und die Datei, oder „--alle“ und die Datei.",
    ),
    "Word-Datei mit anderer Endung": (
        ["word", "export", "bildung", "kapitel.doc"],
        2,
        "„kapitel.doc“ endet nicht auf .docx. Schreiben Sie zum Beispiel kapitel.docx.",
    ),
    "Veröffentlichen in den eigenen Ordner": (
        ["veroeffentlichen", "book"],
        1,
        "„book“ liegt im Projekt. Nennen Sie einen Ordner außerhalb, den der Webserver zeigt.",
    ),
    "Zurück, wo nichts veröffentlicht ist": (
        ["veroeffentlichen", "/srv/nie", "--zurueck"],
        1,
        "In „/srv/nie“ ist noch nichts veröffentlicht.",
    ),
    "Unbekannter Befehl": (
        ["bau"],
        2,
        "Diesen Befehl gibt es nicht. „konzept --help“ zeigt, was es gibt.",
    ),
    "Unbekannte Option": (
        ["check", "--nein"],
        2,
        "Die Option „--nein“ gibt es nicht. „konzept check --help“ zeigt, was es gibt.",
    ),
    "Nicht erlaubter Wert": (["check", "--format", "xml"], 2, "Für „--format“ ist erlaubt: text, json."),
    "Datei in Stelle eines Ordners": (
        ["check", "--data", "_toc.yml"],
        2,
        "Der Wert für „--data“ ist nicht verwendbar. „konzept check --help“ zeigt, was es gibt.",
    ),
    "Aufruf unvollständig": (
        ["excel", "export"],
        2,
        "Es fehlt die Angabe DATEI. „konzept excel export --help“ zeigt, was es gibt.",
    ),
    "Aufruf mit zu viel": (
        ["check", "alles"],
        2,
        "Der Aufruf ist nicht vollständig oder enthält zu viel. „konzept check --help“ zeigt, was es gibt.",
    ),
    "Option nur für das PDF": (
        ["build", "--only", "html", "--entwurf"],
        2,
        "„--chapter“, „--teil“ und „--entwurf“ gibt es nur für das PDF.",
    ),
    "Kapitel und Teil zugleich": (
        ["build", "--chapter", "bildung", "--teil", "A"],
        2,
        "„--chapter“ und „--teil“ schließen einander aus. Nehmen Sie eines davon weg.",
    ),
    "Unbekanntes Kapitel": (
        ["build", "--chapter", "bildnug"],
        2,
        "Ein Kapitel „bildnug“ gibt es nicht. Meinten Sie „bildung“?",
    ),
    "Bericht ohne früheren Stand": (
        ["bericht"],
        2,
        "Es fehlt die Angabe --seit TAG|PDF|ORDNER. „konzept bericht --help“ zeigt, was es gibt.",
    ),
    "Option ohne ihren Wert": (
        ["bericht", "--seit", "2023", "--oeffentlich"],
        2,
        "Nach „--oeffentlich“ fehlt ja|nein. „konzept bericht --help“ zeigt, was es gibt.",
    ),
    "Bericht mit einer Sitzung an keinem Tag": (
        ["bericht", "--seit", "2023", "--sitzung", "bald"],
        2,
        "„bald“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025.",
    ),
    "Ausgabe an keinem Tag": (
        ["ausgabe", "Fassung 1", "--tag", "bald"],
        2,
        "„bald“ ist kein Tag. Schreiben Sie ihn wie 25.06.2025.",
    ),
    "Freigabe eines unbekannten Kapitels": (
        ["freigeben", "bildnug", "--gremium", "g-rat", "--tag", "1.10.2026"],
        2,
        "Ein Kapitel „bildnug“ gibt es nicht. Meinten Sie „bildung“?",
    ),
    "Freigabe durch unbekanntes Gremium": (
        ["freigeben", "bildung", "--gremium", "g-rad", "--tag", "1.10.2026"],
        1,
        "--gremium: „g-rad“ gibt es in gremien nicht. Meinten Sie „g-rat“?",
    ),
    "Freigabe in der Zukunft": (
        ["freigeben", "bildung", "--gremium", "g-rat", "--tag", "1.10.2099"],
        1,
        "--tag: Der 01.10.2099 liegt in der Zukunft. Nennen Sie den Tag, an dem das Kapitel freigegeben wurde.",
    ),
    "Freigabe ohne Tag": (
        ["freigeben", "bildung", "--gremium", "g-rat"],
        2,
        "Es fehlt die Angabe --tag TAG. „konzept freigeben --help“ zeigt, was es gibt.",
    ),
    "Neues Kapitel für unbekanntes Feld": (
        ["new", "bildnug"],
        1,
        "Das Handlungsfeld „bildnug“ gibt es in den Daten nicht. Meinten Sie „bildung“? "
        "Ein neues Handlungsfeld braucht zuerst eine Zeile in handlungsfelder.csv.",
    ),
    "Neues Kapitel ohne Handlungsfeld": (
        ["new"],
        2,
        "Nennen Sie die Kennung eines Handlungsfeldes, oder „--alle“ für alle, die noch kein Kapitel haben.",
    ),
    "Neues Kapitel, das es gibt": (
        ["new", "bildung"],
        1,
        "Das Kapitel gibt es schon: book/chapters/01-bildung.md. Es bleibt, wie es ist.",
    ),
}
"""Mistake → what is typed after `konzept`, the exit status, and the answer."""

LOGS: dict[str, tuple[str, str]] = {
    "Datenträger voll": (
        "OSError: [Errno 28] No space left on device\n",
        "Der Datenträger ist voll. Schaffen Sie Platz und bauen Sie noch einmal.",
    ),
    "Ordner schreibgeschützt": (
        "sqlite3.OperationalError: attempt to write a readonly database\n",
        "In den Ordner _build darf nicht geschrieben werden. "
        "Prüfen Sie Ihre Rechte, oder löschen Sie den Ordner und bauen Sie noch einmal.",
    ),
    "Schriften fehlen": (
        "Extension error:\nSchriften und Skripte fehlen. Führen Sie „make setup“ aus.\n",
        "Schriften und Skripte fehlen. Führen Sie „make setup“ aus.",
    ),
    "Das Paket ist nach altem Stand eingehängt": (
        "Extension error:\nDem Programm fehlt ein Teil der Einrichtung. Führen Sie „make setup“ aus.\n",
        "Dem Programm fehlt ein Teil der Einrichtung. Führen Sie „make setup“ aus.",
    ),
    "Pango fehlt": (
        "Extension error:\nFür das PDF fehlt die Bibliothek Pango. "
        "Installieren Sie sie mit: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0\n",
        "Für das PDF fehlt die Bibliothek Pango. "
        "Installieren Sie sie mit: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
    ),
    "Chromium fehlt": (
        "Extension error (konzept.site.charts):\n"
        "Handler <function _draw at 0x7f> for event 'env-updated' threw an exception (exception: "
        "Für die Diagramme fehlt der Browser Chromium. Installieren Sie ihn mit: sudo apt-get install chromium)\n",
        "Für die Diagramme fehlt der Browser Chromium. Installieren Sie ihn mit: sudo apt-get install chromium",
    ),
    "Unbekannte Quelle": (
        "/buch/book/index.md:9: WARNING: Die Quelle „d-x“ gibt es in dokumente nicht. Meinten Sie „d-y“?\n",
        "book/index.md, Zeile 9: Die Quelle „d-x“ gibt es in dokumente nicht. Meinten Sie „d-y“?",
    ),
    "Abbildung zweimal im Buch": (
        "/buch/book/monitoring.md:12: WARNING: duplicate label abb-status-bildung, "
        "other instance in /buch/book/chapters/01-bildung.md\n",
        "book/monitoring.md, Zeile 12: Die Marke „abb-status-bildung“ ist zweimal vergeben; "
        "jede Abbildung steht nur einmal im Buch.",
    ),
    "Daten ändern sich während des Bauens": (
        "Extension error (konzept.site.check):\n"
        "Handler <function _unchanged at 0x7f> for event 'build-finished' threw an exception (exception: "
        "Die Daten haben sich während des Bauens geändert, durch jemanden oder durch eine Zelle, die in den Ordner data/ schreibt. "
        "Bauen Sie noch einmal; eine solche Zelle nehmen Sie heraus.)\n",
        "Die Daten haben sich während des Bauens geändert, durch jemanden oder durch eine Zelle, die in den Ordner data/ schreibt. "
        "Bauen Sie noch einmal; eine solche Zelle nehmen Sie heraus.",
    ),
    "Nichts Bekanntes": (
        "etwas anderes\n",
        "Jupyter Book ist gescheitert, ohne eine Stelle zu nennen. "
        "Schicken Sie das Protokoll an die Person, die das Programm betreut.",
    ),
}
"""What is lacking → the end of a build's log in `/buch`, and the answer."""

OTHERS: dict[str, str] = {
    "Word-Export an die Stelle einer Datei mit Änderungen": (
        "Dort stand eine Datei mit Änderungen oder Kommentaren; sie heißt jetzt kapitel-vorher.docx."
    ),
    "Veröffentlicht": "Veröffentlicht ist jetzt die Version vom 29.11.2026, 10:30 Uhr: /srv/konzept/aktuell",
    "Veröffentlichen ändert nichts": "Veröffentlicht ist schon genau dieser Stand.",
    "Veröffentlichen in einen anderen Ordner": (
        "In „/srv/anderes“ liegt schon etwas anderes. Nennen Sie einen neuen Ordner; angelegt wird er von selbst."
    ),
    "Zurück über die erste Version": (
        "In „/srv/konzept“ gibt es keine frühere Version; aufgehoben werden die letzten zehn."
    ),
    "Veröffentlichen bei vollem Datenträger": (
        "In „/srv/konzept“ ließ sich nicht schreiben (No space left on device); was zuletzt veröffentlicht war, "
        "bleibt es. Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
    ),
    "Verweis auf eine Abbildung, zu der noch Daten fehlen": (
        "book/glossar.md, Zeile 3: „abb-felder“ gibt es mit diesen Daten nicht; an seiner Stelle steht „Abbildung (noch ohne Daten)“. "
        "Ergänzen Sie die Daten, oder nehmen Sie den Verweis heraus."
    ),
    "Noch kein Stand gesichert": "Noch ist kein Stand gesichert: „konzept stand sichern“ beginnt den Verlauf.",
    "Noch nicht gesicherte Änderungen": "Noch nicht gesichert:",
    "Gesicherter Stand mit Fehlern": "Drei Fehler in diesem Stand: „konzept check“ nennt, was zu ändern ist.",
    "Zurückgeholter Stand": "Zurückgeholt (Stand vom 29.11.2026, 09:19 Uhr: Anfang). Gesichert als c34fd1c.",
    "Zurückholen ändert nichts": "Es ist schon alles so wie in diesem Stand.",
    "Stand ohne Satz": (
        "Sagen Sie in einem Satz, was Sie getan haben, zum Beispiel „Status der Sprachkurse nachgetragen“."
    ),
    "Stand mit einem geschützten Namen": "So kann der Stand nicht gesichert werden: Er wird weitergegeben.",
    "Wahl der eigenen Fassung": "Bei diesem Unterschied gilt Ihre Fassung.",
    "Wahl der anderen Fassung": "Bei diesem Unterschied gilt die des gemeinsamen Standes.",
    "Stelle eines Unterschieds": "Zeile „m-bildung-videotutorials“, Spalte „Titel“",
    "Übernommen": "Übernommen: c34fd1c, 29.11.2026, 09:19 Uhr.",
    "Nichts Neues": "Im gemeinsamen Stand ist nichts Neues.",
    "Abgegeben": "Abgegeben: c34fd1c, 29.11.2026, 09:19 Uhr.",
    "Nichts abzugeben": "Der gemeinsame Stand hat schon alles von Ihnen.",
    "Dasselbe geändert": (
        "Dasselbe haben auch andere geändert. Geändert ist noch nichts. Wählen Sie für jede Kennung "
        "„--meine KENNUNG“ oder „--andere KENNUNG“."
    ),
    "Holen ohne gesicherten Stand": "Sichern Sie zuerst Ihren Stand; dann geht nichts verloren.",
    "Abgeben mit Fehlern": ("So kommt Ihr Stand nicht in den gemeinsamen. Beheben Sie erst die Fehler."),
    "Andere geben ab": "Andere geben gerade auch ab. Versuchen Sie es in einer Minute noch einmal.",
    "Kein gemeinsamer Stand": (
        "Einen gemeinsamen Stand gibt es für diesen Ordner nicht. Ihre Technik richtet ihn ein."
    ),
    "Nichts zu sichern": "Seit dem letzten gesicherten Stand hat sich nichts geändert.",
    "Unbekannter Stand": "Einen Stand „abc1234“ gibt es nicht. „konzept stand verlauf“ zeigt alle.",
    "Datei in keinem Stand": (
        "„book/x.md“ gibt es weder jetzt noch in diesem Stand. "
        "Nennen Sie die Datei wie in „konzept stand verlauf abc1234“."
    ),
    "Zwei sichern zugleich": (
        "Gerade sichert ein anderes Programm. Versuchen Sie es in einer Minute noch einmal; "
        "hilft das nicht, löschen Sie die Datei .git/index.lock."
    ),
    "Git fehlt": (
        "Das Programm „git“ fehlt, das die Stände aufbewahrt. Bitten Sie Ihre Technik, es einzurichten."
    ),
    "Datenträger voll beim Sichern": "Der Datenträger ist voll. Schaffen Sie Platz; gesichert wurde nichts.",
    "Sichern misslungen": "Das Sichern ist nicht gelungen. Die Meldung für die Technik: fatal: …",
    "Alles in Ordnung": "Daten und Kapitel sind in Ordnung.",
    "Mehrere Fehler": "2 Fehler gefunden.",
    "Fremde Datei in data/": "Diese Datei gehört zu keiner Tabelle und hat keine Wirkung. Legen Sie sie anderswohin.",
    "Kopie in data/ oder book/": "Diese Datei sieht wie eine Kopie aus. Löschen Sie sie, oder legen Sie sie anderswohin.",
    "Sperre einer geöffneten Datei": "Diese Datei sperrt eine Datei, die gerade geöffnet ist. Schließen Sie das andere Programm.",
    "Rest eines anderen Programms": "Diese Datei ist der Rest eines anderen Programms. Löschen Sie sie.",
    "Foto mit Ort der Aufnahme": "In diesem Bild steht, wo es aufgenommen wurde (GPS). "
    "Soll der Ort nicht bekannt werden, entfernen Sie die Angabe, in Windows unter „Eigenschaften“, „Details“.",
    "Hinweise nach der Prüfung": "Hinweise (kein Hindernis für das Bauen):",
    "Hinweise nach einem Import": "Hinweise zu dem, was neu ist (kein Hindernis):",
    "Lange nichts ergänzt": (
        "data/kommune.json: Der Stand der Daten (30.06.2027) liegt mehr als ein Jahr nach dem jüngsten Tag, "
        "von dem die Daten wissen (10.03.2026). Prüfen Sie „stand“, oder ergänzen Sie, was seither bekannt ist."
    ),
    "Tabelle ist leer geworden": (
        "data/gruppen.csv: In der letzten Fassung in git hat die Tabelle zehn Zeilen, hier keine mehr. "
        "Ist das nicht so gemeint, holen Sie die Datei aus git zurück."
    ),
    "Tabelle hat viele Zeilen verloren": (
        "data/akteure.csv: In der letzten Fassung in git hat die Tabelle 50 Zeilen, hier zehn Zeilen. "
        "Ist das nicht so gemeint, holen Sie die Datei aus git zurück."
    ),
    "Sehr viele Hinweise": "Hier stehen die ersten 100 von 140 Hinweisen.",
    "Sehr viele Fehler": "Hier stehen die ersten 100; beheben Sie zuerst diese.",
    "Bauen gescheitert": "Das ganze Protokoll steht in _build/.konzept/html.log.",
    "Kapitel angelegt": "Das Kapitel ist angelegt: book/chapters/02-gesundheit.md",
    "Kapitel im Inhalt": "In _toc.yml steht jetzt: book/chapters/02-gesundheit",
    "Kapitel gibt es, seine Zeile im Inhalt nicht": "Das Kapitel gibt es schon. In _toc.yml steht jetzt: book/chapters/02-gesundheit",
    "Tabellen einer älteren Fassung": (
        "data/kommune.json: Die Tabellen sind für eine ältere Fassung des Programms geschrieben. "
        "„konzept upgrade“ ergänzt, was neu ist."
    ),
    "Schreiben in Tabellen einer älteren Fassung": (
        "data/kommune.json: Die Tabellen sind für eine ältere Fassung des Programms geschrieben. "
        "Geben Sie zuerst „konzept upgrade“ ein."
    ),
    "Neue Tabelle": "Neue Tabelle „Suchworte“ (suchworte.csv): Was Leser*innen in die Suche tippen und wie es im Buch heißt: „Bücherei“ findet so die Bibliothek.",
    "Neue Spalte": (
        "Gremien (gremien.csv): Neu ist die Spalte „Name im Satz“ (satzname). "
        "So steht das Gremium am Anfang eines Satzes, mit Artikel."
    ),
    "Spalte umbenannt": "Dokumente und Quellen (dokumente.csv): Die Spalte „verlag“ heißt jetzt „herausgeber“.",
    "Spalte, die es nicht mehr gibt": "Gruppen (gruppen.csv): Das Programm kennt nicht (mehr): „notiz“; ihr Inhalt wird aufgehoben.",
    "Aufgehoben": "Was das Programm nicht mehr kennt, steht in aufgehoben/gruppen.csv.",
    "Tabellen sind auf dem Stand": "Die Tabellen haben den Stand des Programms.",
    "Tabellen kommen auf den Stand": "Die Tabellen haben jetzt den Stand des Programms.",
    "Nach der Umstellung bleibt etwas": "Zwei Fehler in den Daten: „konzept check“ nennt, was zu ergänzen ist.",
    "Kein Kapitel fehlt": "Jedes Handlungsfeld hat schon sein Kapitel.",
    "Noch kein Handlungsfeld": (
        "In den Daten steht noch kein Handlungsfeld. Tragen Sie zuerst eines in handlungsfelder.csv ein."
    ),
    "Inhalt ohne Ort für ein neues Kapitel": (
        "_toc.yml: Hier ist nicht zu erkennen, wohin das Kapitel gehört. "
        "Ergänzen Sie unter „Handlungsfelder“ eine Zeile „- file: book/chapters/02-gesundheit“."
    ),
    "Kapitel lässt sich nicht schreiben": (
        "Es ließ sich nicht schreiben: _toc.yml.neu. "
        "Geschrieben ist nichts. Prüfen Sie Ihre Rechte und den Platz auf dem Datenträger."
    ),
    "Wie es weitergeht": "Ergänzen Sie den Text, und sehen Sie mit „konzept check“ und „konzept build“ das Ergebnis an.",
    "Arbeitsmappe geschrieben": "konzept.xlsx geschrieben: 28 Tabellen.",
    "Aufnehmen der Arbeitsmappe unterbrochen": (
        "data: Ein Import ist nicht abgeschlossen, weil sich eine Tabelle nicht ersetzen lässt. "
        "Schließen Sie sie in anderen Programmen."
    ),
    "Ordner nicht beschreibbar": (
        "In den Ordner _build darf nicht geschrieben werden. "
        "Prüfen Sie Ihre Rechte, oder löschen Sie den Ordner und bauen Sie noch einmal."
    ),
    "Datei nicht lesbar": (
        "Eine Datei ließ sich nicht lesen oder schreiben. Prüfen Sie den Datenträger, und bauen Sie noch einmal."
    ),
    "Einstellungen fehlen": "_config.yml: Diese Datei fehlt. Holen Sie ihre letzte Fassung aus git zurück.",
    "Einstellungen leer": "_config.yml: Die Datei ist leer oder unvollständig. Holen Sie ihre letzte Fassung aus git zurück.",
    "Datei mit vertraulichem Namen": (
        "book/assets/…: Hier trägt eine Datei einen Namen aus data/intern/, der nicht veröffentlicht werden darf. "
        "Benennen Sie sie um."
    ),
    "Vertraulicher Name im fertigen Buch": (
        "book/chapters/01-bildung.md: Im fertigen Buch steht hier ein Name aus data/intern/, "
        "der nicht veröffentlicht werden darf. Meist kommt er aus einer Zelle; nehmen Sie ihn dort heraus."
    ),
    "Datei, in die niemand sehen kann": (
        "_downloads/d41d8cd9/plan.bin: Diese Datei lässt sich nicht nach Namen aus data/intern/ durchsehen. "
        "Veröffentlichen Sie sie als PDF, CSV, XLSX, PNG oder JPG."
    ),
    "Vertraulicher Name im letzten PDF": (
        "Im letzten PDF steht ein Name aus data/intern/, der nicht veröffentlicht werden darf. "
        "Setzen Sie es neu mit „konzept build --only pdf“; bis dahin bleiben die Seiten, wie sie sind."
    ),
    "Fremde Datei auf einer Seite": (
        "book/index.md: Die Seite holt eine Datei, die nicht zum Buch gehört. "
        "Nennen Sie nur Dateien im Ordner book/."
    ),
    "Fremdes Skript auf einer Seite": (
        "book/index.md: Auf dieser Seite steht ein Skript, das nicht zum Buch gehört, "
        "meist aus der Ausgabe einer Zelle. Nehmen Sie es heraus."
    ),
    "Kein Inhalt": "_toc.yml: Diese Datei fehlt. Sie nennt die Seiten des Buches in ihrer Reihenfolge.",
    "Inhalt in anderer Kodierung": (
        "_toc.yml: Die Datei ist nicht in UTF-8 gespeichert. Wählen Sie beim Speichern diese Kodierung."
    ),
    "Verweis mit Tippfehler": (
        "KAPITEL, Zeile 39: Den Verweis „tab-ziele-bildnug“ gibt es nicht. Meinten Sie „tab-ziele-bildung“?"
    ),
    "Befehl in einem kopierten Ordner": (
        "Sie stehen im Projekt „/arbeit/kopie“, dieses Programm gehört aber zu „/arbeit/original“. "
        "Geben Sie erst „make setup“ und dann „source .venv/bin/activate“ ein."
    ),
    "Befehl in einem kopierten Ordner (mit conda)": (
        "Sie stehen im Projekt „/arbeit/kopie“, dieses Programm gehört aber zu „/arbeit/original“. "
        "Geben Sie „python scripts/setup.py --link“ ein."
    ),
    "Befehl außerhalb des Projekts": (
        "Hier ist kein Projekt. Wechseln Sie mit „cd“ in seinen Ordner, oder nennen Sie ihn mit „--projekt“."
    ),
    "Neue Kommune angelegt": (
        "/arbeit/kreis ist angelegt. Wechseln Sie mit „cd“ dorthin, und geben Sie „konzept build“ ein."
    ),
    "Neue Kommune angelegt: was folgt": "Wie es weitergeht, steht auf der Seite „So geht es weiter“ des Buches.",
    "Ordner, der kein Projekt ist": (
        "„/arbeit/ordner“ ist kein Projekt: Dort fehlen _toc.yml und data/. Prüfen Sie den Namen."
    ),
}
"""What is said in other places, and heard by the tests of those places."""
