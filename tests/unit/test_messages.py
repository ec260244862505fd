"""What Sphinx says of a failed build, in German."""

from pathlib import Path

import pytest

from konzept.messages import in_german

PROJECT = Path("/buch")


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (
            "/buch/book/chapters/01-bildung.md:33: WARNING: undefined label: 'abb-x' [ref.numref]",
            [
                "book/chapters/01-bildung.md, Zeile 33: Den Verweis „abb-x“ gibt es nicht. Prüfen Sie die Schreibweise."
            ],
        ),
        (
            "/buch/book/chapters/01-bildung.md:9: WARNING: No key 'leitzile' found in glue data for this document.",
            [
                "book/chapters/01-bildung.md, Zeile 9: Die Zahl „leitzile“ ist in diesem Kapitel nicht bekannt."
            ],
        ),
        (
            "/buch/book/chapters/01-bildung.md: WARNING: Executing notebook failed: CellExecutionError [mystnb.exec]\n"
            "NameError: name 'feld' is not defined\n",
            [
                "book/chapters/01-bildung.md: Eine Zelle des Kapitels bricht ab. "
                "Den Namen „feld“ gibt es dort nicht."
            ],
        ),
        (
            "/buch/book/chapters/01-bildung.md: WARNING: Executing notebook failed: CellExecutionError [mystnb.exec]\n"
            "AttributeError: 'Chapter' object has no attribute 'quellen'\n",
            [
                "book/chapters/01-bildung.md: Eine Zelle des Kapitels bricht ab. "
                "Den Baustein „quellen“ gibt es nicht."
            ],
        ),
        (
            "/buch/book/index.md:53: WARNING: local id not found in doc 'book/chapters/01-bildung': 'ziel' [myst.xref]",
            ["book/index.md, Zeile 53: Die Seite „book/chapters/01-bildung“ hat keine Überschrift „ziel“."],
        ),
        (
            "Extension error:\nDie Schriften fehlen. Führen Sie „make setup“ aus.\n",
            ["Die Schriften fehlen. Führen Sie „make setup“ aus."],
        ),
        (
            "Extension error (konzept.sphinx.charts):\n"
            "Handler <function _draw at 0x7f> for event 'env-updated' threw an exception (exception: Chromium fehlt.)\n",
            ["Chromium fehlt."],
        ),
        ("nichts Bekanntes", ["Jupyter Book ist gescheitert."]),
    ],
)
def test_sentence(log: str, expected: list[str]) -> None:
    assert in_german(log, PROJECT) == expected
