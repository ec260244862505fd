"""Answers to surveys become counts: all of them, in whatever form they come, and none that shows a single person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from folders import rows
from konzept.authors.check import check_hints, check_project
from konzept.authors.surveys import choice as choices
from konzept.authors.surveys.answers_file import read_answers
from konzept.authors.surveys.counting import Counted, adds_up, count, without_links
from konzept.authors.surveys.questions import questions_of, respondents
from konzept.cli import konzept
from konzept.concept.assembly import load_concept
from konzept.data.disclosure import LEAST, held_back, held_back_of_several
from konzept.elements.content import Figure
from konzept.notebook.book import Book
from sentences.surveys import SURVEY_OTHERS, SURVEYS
from survey_samples import EVENT, SAMPLE, as_csv, as_workbook, asked_folder, random_survey, sample_rows


def counted(path: Path) -> tuple[list[Counted], int]:
    """Count all that can be counted, as the first call proposes it."""
    file = read_answers(path)
    who, _, _ = respondents(file)
    chosen = choices.proposed(questions_of(file, who)).counted
    return without_links([count(each, file, who) for each in chosen]), len(who)


def said(path: Path) -> dict[str, dict[str, int]]:
    return {c.chosen.text: dict(zip(c.labels, c.counts, strict=True)) for c in counted(path)[0]}


# What an attacker can do


def parts(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(1, total - cells + 2):
        for rest in parts(total - first, cells - 1):
            yield (first, *rest)


def possible(one: Counted, people: int, enough: int = 2) -> list[set[int]]:
    """Give for each hidden count some values that it may have, by trying tables that would be published alike."""
    hidden = sorted(one.hidden or ())
    found: list[set[int]] = [set() for _ in hidden]
    if not hidden:
        return []
    if one.several:
        for n in range(people + 1):
            if held_back_of_several([n], people):
                for values in found:
                    values.add(n)
        return found
    view = [n if i not in hidden else 0 for i, n in enumerate(one.counts)]
    for cells in parts(people - sum(view), len(hidden)):
        for i, n in zip(hidden, cells, strict=True):
            view[i] = n
        if held_back(view) == one.hidden:
            for values, n in zip(found, cells, strict=True):
                values.add(n)
            if all(len(values) >= enough for values in found):
                break
    return found


def recovered(tables: Sequence[Counted], people: int) -> list[str]:
    """Attack a survey with all that is published of it; whoever knows the questionnaire knows who was asked on."""
    lost = []
    shown = {t.chosen.question.key: t for t in tables if t.hidden is not None}
    for key, one in shown.items():
        assert all(i in (one.hidden or ()) for i, n in enumerate(one.counts) if 0 < n < LEAST)
        lost += [key for values in possible(one, people) if len(values) < 2]
        # All who gave the first answer were asked on, and nobody else answered there.
        on = shown.get(key.replace("Q", "F"))
        if key.startswith("Q") and on is not None and "A1" in one.labels:
            first, silent = one.labels.index("A1"), "keine Antwort"
            known = silent not in on.labels or on.labels.index(silent) not in (on.hidden or ())
            if first in (one.hidden or ()) and known:
                lost.append(f"{key} by {on.chosen.question.key}")
    return lost


@pytest.mark.parametrize("block", range(10))
def test_no_survey_betrays_what_it_holds_back(block: int, tmp_path: Path) -> None:
    """A thousand small surveys, each attacked with all its published tables."""
    hidden = shown = 0
    for seed in range(block * 100, block * 100 + 100):
        path = as_csv(tmp_path / "antworten.csv", random_survey(seed))
        tables, people = counted(path) if len(read_people(path)) >= LEAST else ([], 0)
        assert recovered(tables, people) == [], seed
        hidden += sum(len(t.hidden or ()) for t in tables)
        shown += sum(len(t.labels) - len(t.hidden) for t in tables if t.hidden is not None)
    assert hidden > 50
    assert shown > 50


def read_people(path: Path) -> list[int]:
    return respondents(read_answers(path))[0]


def test_the_attacker_finds_what_is_not_held_back(tmp_path: Path) -> None:
    """Without the second count, and without the look at other questions, the same attack succeeds."""
    lines = [["Q0"], *([["A1"]] * 9), *([["A2"]] * 3)]
    (one,), people = counted(as_csv(tmp_path / "a.csv", lines))
    assert one.hidden is not None
    assert one.hidden == {0, 1}
    alone = Counted(one.chosen, False, one.labels, one.given, frozenset({1}))
    assert len(set.union(*possible(alone, people))) <= 1


def test_a_question_put_only_to_some_betrays_the_one_before(tmp_path: Path) -> None:
    """Who was asked on is who said yes before; so the number of those who were not tells what is held back there."""
    answers = ["A1"] * 20 + ["A2"] * 3 + ["A3"] * 30
    on = [("A1" if n % 2 else "A2") if a == "A1" else "" for n, a in enumerate(answers)]
    path = as_csv(tmp_path / "a.csv", [["Q0", "F0"], *zip(answers, on, strict=True)])
    tables, people = counted(path)
    assert [t.hidden is None for t in tables] == [True, False]
    assert "verrät" in tables[0].because
    file = read_answers(path)
    alone = [count(t.chosen, file, range(people)) for t in tables]
    assert recovered(alone, people) == ["Q0 by F0"]


@pytest.mark.parametrize("seed", range(60))
def test_whatadds_up_is_what_algebra_says(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people = int(chance.integers(4, 12))
    ours, theirs = (chance.integers(0, int(chance.integers(1, 4)) + 1, people) for _ in range(2))
    cell = (ours == 0) & (theirs < 2) if seed % 2 else chance.integers(0, 2, people).astype(bool)
    groups = np.array([*(ours == n for n in set(ours)), *(theirs == n for n in set(theirs))], float)
    rank = np.linalg.matrix_rank
    expected = rank(groups) == rank(np.vstack([groups, cell]))
    triples = {(int(a), int(b), bool(c)) for a, b, c in zip(ours, theirs, cell, strict=True)}
    assert adds_up(triples) == expected


def test_ranks_and_equally_many_ticks_are_no_independent_tables(tmp_path: Path) -> None:
    ranks = [["R[1]", "R[2]"], *([["A1", "A2"]] * 12), *([["A2", "A1"]] * 9)]
    file = read_answers(as_csv(tmp_path / "a.csv", ranks))
    assert all("Rangfolge" in q.reason for q in questions_of(file, range(21)))
    two_each = [["M[a]", "M[b]", "M[c]"], *([["Y", "Y", ""]] * 12), *([["Y", "", "Y"]] * 2)]
    (one,), _ = counted(as_csv(tmp_path / "b.csv", two_each))
    assert one.hidden is None
    at_most_one = [["M[a]", "M[b]", "X"], *([["Y", "", "-"]] * 12), *([["", "Y", "-"]] * 2)]
    at_most_one += [["", "", "-"]] * 9
    (one, _), _ = counted(as_csv(tmp_path / "c.csv", at_most_one))
    assert not one.several
    assert dict(zip(one.labels, one.counts, strict=True)) == {"a": 12, "b": 2, "keine Antwort": 9}
    assert one.hidden == {1, 2}


# What files look like


def by_hand() -> dict[str, Counter[str]]:
    """Count the sample by another reader: cells of those who came to the end."""
    head, *lines = sample_rows()
    done = [line for line in lines if line[1]]
    return {name: Counter(line[n] for line in done) for n, name in enumerate(head)}


def test_counts_are_those_of_the_file() -> None:
    hand, found = by_hand(), said(SAMPLE)
    assert len(found) == 5
    for text, counts in found.items():
        if text == "Was hat Ihnen geholfen?":
            for label in ("Sprachkurs", "Kinderbetreuung", "Beratung", "Dolmetschen"):
                (column,) = [c for name, c in hand.items() if name.endswith(f"[{label}]")]
                assert counts[label] == column["Ja"]
            (other,) = [c for name, c in hand.items() if "[other]" in name]
            assert counts["Sonstiges"] == other.total() - other[""]
            continue
        plain = text.partition(" – ")[2] or text
        (column,) = [c for name, c in hand.items() if plain in name]
        assert counts.pop("keine Antwort", 0) == column[""]
        rare = counts.pop("andere Antwort", 0)
        assert counts == {a: column[a] for a in counts}
        assert sum(counts.values()) + rare + column[""] == column.total() == 66


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_separator_and_encoding(delimiter: str, encoding: str, tmp_path: Path) -> None:
    assert said(as_csv(tmp_path / "a.csv", sample_rows(), delimiter, encoding)) == said(SAMPLE)


def test_a_workbook_is_the_same(tmp_path: Path) -> None:
    assert said(as_workbook(tmp_path / "a.xlsx", sample_rows())) == said(SAMPLE)


def test_heads_with_texts_alone(tmp_path: Path) -> None:
    head, *lines = sample_rows()
    texts = [name.partition(". ")[2].replace("[Sonstiges]", "[Sonstiges]") for name in head]
    assert said(as_csv(tmp_path / "a.csv", [texts, *lines])) == said(SAMPLE)


def test_heads_and_answers_in_codes(tmp_path: Path) -> None:
    head, *lines = sample_rows()
    codes = {"sehr gut": "A1", "gut": "A2", "wenig": "A3", "gar nicht": "A4", "Ja": "Y", "Nein": "N"}
    codes |= {"zufrieden": "A1", "teils, teils": "A2", "unzufrieden": "A3"}
    coded = [[name.partition(". ")[0] for name in head], *([codes.get(c, c) for c in line] for line in lines)]
    hand, found = by_hand(), said(as_csv(tmp_path / "a.csv", coded))
    known = hand["G01Q01. Wie gut kennen Sie die Angebote für Familien?"]
    # A code tells nobody's words, so rare ones are listed too.
    assert found["G01Q01"] == {codes[a]: known[a] for a in sorted(known, key=lambda a: codes[a])}
    assert found["G01Q02"]["SQ001"] == said(SAMPLE)["Was hat Ihnen geholfen?"]["Sprachkurs"]


def test_an_array_of_yes_and_no_is_no_list_of_ticks(tmp_path: Path) -> None:
    lines = [
        ["Q[a]", "Q[b]"],
        *([["Ja", ""]] * 6),
        *([["Nein", "Ja"]] * 8),
        *([["", "Nein"]] * 7),
        ["Ja", "Ja"],
        ["Ja", "Ja"],
    ]
    tables, _ = counted(as_csv(tmp_path / "a.csv", lines))
    assert [dict(zip(t.labels, t.counts, strict=True)) for t in tables] == [
        {"Ja": 8, "Nein": 8, "keine Antwort": 7},
        {"Ja": 10, "Nein": 7, "keine Antwort": 6},
    ]


def test_what_else_someone_wrote_is_counted_and_not_told(tmp_path: Path) -> None:
    """Under its own name; beside a single answer it is free text."""
    heads = ["Alter", "Alter [Sonstiges]", "Hilfe [Kurs]", "Hilfe [Andere]"]
    lines = [heads, *([["jung", "", "Ja", ""]] * 9), *([["alt", "", "Nein", f"Satz {n}"] for n in range(6)])]
    lines[1] = ["jung", "Satz 99", "Ja", ""]
    tables, _ = counted(as_csv(tmp_path / "a.csv", lines))
    assert [dict(zip(t.labels, t.counts, strict=True)) for t in tables] == [
        {"alt": 6, "jung": 9},
        {"Kurs": 9, "Andere": 6},
    ]


# What an author does


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return asked_folder(tmp_path / "data")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return as_csv(tmp_path / "ergebnisse.csv", sample_rows())


def called(folder: Path, answers: Path, *more: str, event: str = EVENT) -> Result:
    words = ["umfrage", str(answers), "--ereignis", event, "--data", str(folder), *more]
    return CliRunner().invoke(konzept, words)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def chosen(folder: Path) -> Path:
    return folder / "umfragen" / f"{EVENT}.csv"


def test_choose_then_count(folder: Path, answers: Path, tmp_path: Path) -> None:
    before = tree(folder)
    assert called(folder, answers, "--probe").exit_code == 0
    assert tree(folder) == before
    first = called(folder, answers)
    assert first.exit_code == 0
    assert set(tree(folder)) - set(before) == {f"umfragen/{EVENT}.csv"}
    assert {n: tree(folder)[n] for n in before} == before
    for name in ("Vor der Auswahl", "Wie es nach der Auswahl weitergeht"):
        assert SURVEY_OTHERS[name] in first.output
    second = called(folder, answers)
    assert second.exit_code == 0, second.output
    found = rows(folder, "umfrageergebnisse")
    assert {row["grundgesamtheit"] for row in found} == {"66"}
    assert SURVEY_OTHERS["Nach dem Zählen"] in second.output
    assert check_project(folder) == ()
    assert [h for h in check_hints(folder) if "umfrage" in h.file] == []
    after = tree(folder)
    assert "Keine Änderungen." in called(folder, answers).output
    assert tree(folder) == after


def test_nothing_that_someone_typed_comes_through(folder: Path, answers: Path) -> None:
    called(folder, answers)
    outcome = called(folder, answers)
    head, *lines = sample_rows()
    typed = {cell for line in lines for n, cell in enumerate(line) if head[n][:6] in ("G02Q05", "ipaddr")}
    typed |= {line[head.index("G01Q02[other]. Was hat Ihnen geholfen? [Sonstiges]")] for line in lines}
    everything = (
        "".join(content.decode("utf-8", "replace") for content in tree(folder).values()) + outcome.output
    )
    assert not [text for text in typed if text and text in everything]
    assert "gar nicht" not in chosen(folder).read_text("utf-8")  # three people answered so


def test_free_text_is_refused_even_when_it_is_chosen(folder: Path, answers: Path) -> None:
    called(folder, answers)
    text = chosen(folder).read_text("utf-8").replace("G02Q05;weglassen", "G02Q05;zählen")
    chosen(folder).write_text(text, "utf-8")
    refused = called(folder, answers)
    assert refused.exit_code == 1
    assert "Hier fehlen die Antworten, die der Fragebogen anbot." in refused.stderr
    listed = text.replace("Was wünschen Sie sich?;;", "Was wünschen Sie sich?;Ja | Nein;")
    chosen(folder).write_text(listed, "utf-8")
    refused = called(folder, answers)
    assert refused.exit_code == 1
    assert "die meisten Antworten nicht aufgeführt" in refused.stderr
    system = text.replace("ipaddr;weglassen", "ipaddr;zählen")
    chosen(folder).write_text(system, "utf-8")
    assert "wird nie veröffentlicht. Schreiben Sie „weglassen“." in called(folder, answers).stderr


def test_the_choice_names_sorts_and_joins(folder: Path, answers: Path) -> None:
    called(folder, answers)
    text = chosen(folder).read_text("utf-8-sig")
    text = text.replace(
        "gut | sehr gut | wenig",
        "sehr gut | gut | wenig = wenig oder gar nicht | gar nicht = wenig oder gar nicht",
    )
    text = text.replace(
        ";Ja | Nein;", ";Ja | Nein = nein oder keine Antwort | keine Antwort = nein oder keine Antwort;"
    )
    text = text.replace("Haben Sie Kinder unter sechs Jahren?", "Kinder unter sechs Jahren?")
    # As Excel saves it where one does not choose UTF-8.
    chosen(folder).write_bytes(text.encode("cp1252"))
    assert called(folder, answers).exit_code == 0
    found = rows(folder, "umfrageergebnisse")
    known = [(r["antwort"], r["anzahl"]) for r in found if r["frage"].startswith("Wie gut")]
    hand = by_hand()["G01Q01. Wie gut kennen Sie die Angebote für Familien?"]
    assert known == [
        ("sehr gut", str(hand["sehr gut"])),
        ("gut", str(hand["gut"])),
        ("wenig oder gar nicht", str(hand["wenig"] + hand["gar nicht"])),
    ]
    children = by_hand()["G02Q04. Haben Sie Kinder unter sechs Jahren?"]
    assert [(r["antwort"], r["anzahl"]) for r in found if r["frage"].startswith("Kinder")] == [
        ("Ja", str(children["Ja"])),
        ("nein oder keine Antwort", str(children["Nein"] + children[""])),
    ]


@pytest.mark.parametrize("mistake", SURVEYS)
def test_what_is_wrong_is_said(mistake: str, folder: Path, tmp_path: Path) -> None:
    """In one sentence, and nothing is written."""
    call = SURVEYS[mistake]
    place = tmp_path / "eingang"
    place.mkdir()
    if call.data:
        call.data(folder)
    path = call.file(place)
    if call.choice:
        called(folder, path)
        old, new = call.choice
        text = chosen(folder).read_text("utf-8-sig")
        assert old in text or old == "*"
        chosen(folder).write_text(new if old == "*" else text.replace(old, new), "utf-8")
    before = tree(folder)
    refused = called(folder, path, *call.options, event=call.event)
    line = [row["id"] for row in rows(folder, "ereignisse")].index(EVENT) + 2
    said = call.said.replace("{ZEILE}", str(line)).replace("{ORDNER}", place.name)
    assert (refused.exit_code, said in refused.stderr.splitlines()) == (1, True), refused.stderr
    assert tree(folder) == before


def test_where_nothing_can_be_written(folder: Path, answers: Path) -> None:
    (folder / "umfragen").write_text("im Weg")
    refused = called(folder, answers)
    assert refused.exit_code == 1
    assert SURVEY_OTHERS["Ordner nicht beschreibbar"] in refused.stderr


def test_left_out_with_its_reason(tmp_path: Path) -> None:
    texts = [f"Satz {n}" for n in range(9)]
    lines = [["Q1", "Q2", "Q3[comment]"], *([text, "", ""] for text in texts)]
    file = read_answers(as_csv(tmp_path / "a.csv", lines))
    reasons = [q.reason for q in questions_of(file, range(9))]
    assert reasons == [SURVEY_OTHERS[name] for name in ("Vielleicht Freitext", "Niemand", "Freitext")]


def test_other_results_are_asked_about(folder: Path, answers: Path, tmp_path: Path) -> None:
    called(folder, answers)
    called(folder, answers)
    head, *lines = sample_rows()
    more = [["900" + line[0], *line[1:]] for line in lines[:2]]
    later = as_csv(tmp_path / "spaeter.csv", [head, *lines, *more])
    before = tree(folder)
    asked = called(folder, later)
    assert asked.exit_code == 1
    assert SURVEY_OTHERS["Andere Ergebnisse als früher"] in asked.stderr
    assert tree(folder) == before
    assert called(folder, later, "--ja").exit_code == 0
    assert {row["grundgesamtheit"] for row in rows(folder, "umfrageergebnisse")} == {"68"}


def test_the_source_stays_and_words_are_not_asked_about(folder: Path, answers: Path) -> None:
    called(folder, answers)
    called(folder, answers, "--quelle", "d-sachstandsbericht-2")
    assert "Keine Änderungen." in called(folder, answers).output
    chosen(folder).write_text(
        chosen(folder).read_text("utf-8").replace("Kinderbetreuung", "Betreuung"), "utf-8"
    )
    renamed = called(folder, answers)
    assert (renamed.exit_code, renamed.stderr) == (0, "")
    found = rows(folder, "umfrageergebnisse")
    assert {row["quelle_id"] for row in found} == {"d-sachstandsbericht-2"}
    assert [row["antwort"] for row in found if "treuung" in row["antwort"]] == ["Betreuung"]


def test_words_that_stand_for_marks_or_for_others(folder: Path, tmp_path: Path) -> None:
    """A name with the choice's own marks, and a rare answer that the author counts with what is not listed."""
    lines = [["M [a = b]", "M [c|d]", "Q"], *([["Ja", "Nein", "oft"]] * 9), *([["Ja", "Ja", "nie"]] * 8)]
    lines += [["Nein", "Ja", "selten"]] * 5 + [["Nein", "Nein", "einmal"]] * 3
    path = as_csv(tmp_path / "a.csv", lines)
    called(folder, path)
    text = chosen(folder).read_text("utf-8").replace("selten", "selten = andere Antwort")
    chosen(folder).write_text(text, "utf-8")
    outcome = called(folder, path)
    assert outcome.exit_code == 0, outcome.stderr
    found = [(row["antwort"], row["anzahl"]) for row in rows(folder, "umfrageergebnisse")]
    assert found == [("a / b", "17"), ("c/d", "13"), ("nie", "8"), ("oft", "9"), ("andere Antwort", "8")]


def test_a_new_question_is_added_to_the_choice(folder: Path, answers: Path, tmp_path: Path) -> None:
    called(folder, answers)
    head, *lines = sample_rows()
    more = as_csv(tmp_path / "a.csv", [[*head, "G09Q09. Neu?"], *([*line, "Ja"] for line in lines)])
    kept = chosen(folder).read_text("utf-8-sig").splitlines()
    assert "Neu in der Datei: G09Q09" in called(folder, more).output
    now = chosen(folder).read_text("utf-8-sig").splitlines()
    assert [line.replace("'", "") for line in now[:-1]] == kept
    assert now[-1] == "G09Q09;zählen;Neu?;Ja;"


def test_answers_lie_apart_from_the_project(folder: Path) -> None:
    inside = called(folder, SAMPLE)
    assert inside.exit_code == 1
    assert "Legen Sie sie nach data/intern/umfragen oder außerhalb des Projekts ab." in inside.stderr
    link = folder.parent / "verweis.csv"
    link.symlink_to(SAMPLE)
    assert called(folder, link).exit_code == 1


def test_answers_in_the_private_folder_are_no_list_of_names(folder: Path) -> None:
    place = folder / "intern" / "umfragen"
    place.mkdir(parents=True)
    path = as_csv(place / "ergebnisse.csv", sample_rows())
    assert check_project(folder) == ()
    assert called(folder, path).exit_code == 0
    beside = as_csv(folder / "intern" / "ergebnisse.csv", sample_rows())
    assert ["legen Sie die Datei nach data/intern/umfragen" in p.message for p in check_project(folder)] == [
        True
    ]
    beside.unlink()
    (folder / "intern" / "namen.txt").write_text("Dolmetschen Erfunden\n", "utf-8")
    chosen(folder).write_text(
        chosen(folder).read_text("utf-8").replace("= Dolmetschen", "= Dolmetschen Erfunden"), "utf-8"
    )
    assert [p.file for p in check_project(folder)] == [f"data/umfragen/{EVENT}.csv"]


def test_a_chapter_shows_the_survey(folder: Path, answers: Path, shown: list[object]) -> None:
    called(folder, answers)
    called(folder, answers)
    book = Book(load_concept(folder))
    book.field("bildung").survey_chart(EVENT, "Wie gut kennen Sie die Angebote für Familien?")
    (figure,) = shown
    assert isinstance(figure, Figure)
    assert figure.label == f"abb-umfrage-{EVENT}-1-kapitel"
    assert "n\u00a0=\u00a066 Personen" in figure.subtitle
    assert figure.reading.startswith("Befragt: Erfundene Familien. Nicht erreicht: Erfundene Betriebe.")
    assert "Zurückgehalten sind zum Schutz der Befragten" in figure.reading
    assert ["zurückgehalten" in row.cells[1].text for row in figure.data.rows] == [False, True, False, True]
    assert [s.document for s in figure.sources] == ["d-presse-forum-ankuendigung"]
    shown.clear()
    book.field("bildung").survey_chart(EVENT)
    assert len(shown) == 5


@pytest.mark.parametrize("size", [(1500, 40)])
def test_large_surveys_take_seconds(size: tuple[int, int], tmp_path: Path) -> None:
    people, questions = size
    chance = np.random.default_rng(1)
    cells = chance.choice(
        ["A1", "A2", "A3", "A4", ""], (people, questions), p=[0.5, 0.3, 0.195, 0.001, 0.004]
    )
    heads = [f"Q{n}" for n in range(questions)]
    tables, _ = counted(as_csv(tmp_path / "a.csv", [heads, *cells.tolist()]))
    for n, table in enumerate(tables):
        expected = Counter(cells[:, n].tolist())
        assert sum(table.counts) == people
        assert table.counts[0] == expected["A1"]
