"""`konzept word import`: plans what becomes of a returned document, tells it, and writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from pathlib import Path

from konzept.authors.office_files import refused
from konzept.authors.word.applying import New, Page
from konzept.authors.word.matching import (
    START,
    Group,
    Look,
    Part,
    Step,
    blank,
    emphasis,
    groups,
    kind_of,
    listed_otherwise,
    moved,
    pairs,
    plain,
    restyled,
    said_parts,
    same_place,
    shown_parts,
    steps,
    with_headings_of_pages,
)
from konzept.authors.word.original import Entry, digest_of
from konzept.authors.word.reading import Comment, Found, Read, read_word
from konzept.authors.word.remarks import DONE, FOLDER, OPEN
from konzept.authors.word.source import (
    FORMULA,
    LINK,
    NOTE,
    PICTURE,
    RAISED,
    SIGN,
    Block,
    as_seen,
    shown_markup,
)
from konzept.data.files import write_whole
from konzept.data.problems import DataProblems
from konzept.words import german

_FEW = 0.5
"""A document that has lost so many of its paragraphs was hardly meant so."""
_SET = {"b": "fett", "i": "kursiv", "m": "farbig markiert", "s": "durchgestrichen", "u": "unterstrichen"}


@dataclass(frozen=True)
class Item:
    """What an author is to decide, or is told."""

    file: str
    line: int
    what: str
    who: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, Zeile {self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f" ({self.who})" if self.who else "")


@dataclass
class Plan:
    """What an import would do."""

    name: str
    contents: dict[Path, str] = field(default_factory=dict)
    """New texts of pages."""
    done: list[Item] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    conflicts: list[Item] = field(default_factory=list)
    comments: list[Item] = field(default_factory=list)
    again: int = 0
    """So many changes stand in the pages already."""
    questions: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the document holds nothing that the pages do not."""
        return not (self.done or self.open or self.conflicts or self.comments)

    def tell(self, *, probe: bool = False) -> Iterator[str]:
        """Tell all of it."""
        for title, items in (
            ("Würde übernommen" if probe else "Übernommen", self.done),
            ("Offen: bitte selbst entscheiden", self.open),
            ("Nicht übernommen, weil der Text seit dem Export geändert wurde", self.conflicts),
            ("Kommentare", self.comments),
        ):
            if items:
                yield f"{title} ({len(items)}):"
                yield from (f"  {item}" for item in items)
        if self.again:
            yield f"Schon übernommen: {german.count(self.again, 'Änderung', 'Änderungen')}."
        if self.is_empty and not self.again:
            yield "Die Datei enthält weder Änderungen noch Kommentare."


def plan_import(path: Path, project: Path, town: str) -> Plan:
    """Compare a returned document with its original and with the pages as they are now.

    Parameters
    ----------
    path
        The document.
    project
        The folder of `_config.yml`.
    town
        The town whose concept the project is.

    Raises
    ------
    DataProblems
        The document cannot be read, or belongs to another project.
    """
    read = read_word(path)
    if read.original.town != town:
        raise refused(
            path,
            f"Die Datei gehört zu einem anderen Konzept: {read.original.town}. Hier geht es um: {town}. "
            "Wechseln Sie in den Ordner jener Kommune.",
        )
    known = {page.relative_to(project).as_posix(): page for page in sorted((project / "book").rglob("*.md"))}
    plan = Plan(path.name)
    _Import(read, known, plan).run()
    return plan


def holds_work(path: Path, project: Path, town: str) -> bool:
    """Tell whether a file holds anything but what an export has written: then it is not to be lost."""
    try:
        return not plan_import(path, project, town).is_empty
    except DataProblems:
        return True


def carry_out(plan: Plan, project: Path) -> list[str]:
    """Write the pages and the list of what is open; say where that lies."""
    for page, text in plan.contents.items():
        write_whole(page, text)
    lines = _as_list(plan)
    if not lines:
        return []
    target = project / FOLDER / f"{Path(plan.name).stem}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    # What was ticked off stays so; what is open stays, also when its sentence is changed by now and no longer told.
    old = target.read_text("utf-8").splitlines() if target.is_file() else []
    lines = [ticked if (ticked := DONE + line.removeprefix(OPEN)) in old else line for line in lines]
    if left := [line for line in old if line.startswith(OPEN) and line not in lines]:
        lines += ["", "## Aus früheren Durchgängen", "", *left]
    write_whole(target, "\n".join(lines) + "\n")
    return [f"Die Liste zum Abarbeiten: {target.relative_to(project)}"]


def _as_list(plan: Plan) -> list[str]:
    """Write what is open as a list to be ticked off."""
    lines = [f"# Rückmeldungen aus {_plain(plan.name)}"]
    for title, items in (
        ("Änderungen", plan.open),
        ("Konflikte", plan.conflicts),
        ("Kommentare", plan.comments),
    ):
        if items:
            lines += ["", f"## {title}", "", *(OPEN + _plain(str(item)) for item in items)]
    return lines if len(lines) > 1 else []


def _plain(text: str) -> str:
    """Write foreign text so that Markdown shows it as it is, in one line."""
    return re.sub(r"([\\`*_\[\]<>{}])", r"\\\1", " ".join(text.split()))


class _Import:
    def __init__(self, read: Read, known: Mapping[str, Path], plan: Plan) -> None:
        self.found, self.original, self.comments, self.plan = read.blocks, read.original, read.comments, plan
        self.paths = [known.get(page) for page in read.original.pages]
        self.pages = [Page(path.read_text("utf-8")) if path else Page("") for path in self.paths]
        entries = with_headings_of_pages(read.original.entries, self.pages)
        typed = pairs(entries, self.found)
        exported = {entry.mark for entry in read.original.entries}
        self.entries = [e for n, e in enumerate(entries) if e.mark in exported or n in typed]
        self.matched = pairs(self.entries, self.found)
        self.by_style = any(
            block.style.startswith("list bullet") and "#" not in block.style for block in self.found
        )
        self.block_of: dict[int, int] = {}
        self.apart: list[int] = []

    def run(self) -> None:
        """Find out all there is to do, and do it in the texts of the pages."""
        for number in range(len(self.pages)):
            self._locate(number)
        self._question()
        order = self._move()
        found = groups(order, self.matched, self.found, self.apart)
        todo = [step for group in found for step in self._compare(group)]
        # From the end to the beginning, so that places found before stay right; footnotes when all else is done.
        for step in sorted(todo, key=self._place, reverse=True):
            (self._without_note if self._takes_note(step) else self._carry_out)(step)
        for items in (self.plan.done, self.plan.open, self.plan.conflicts):
            items.sort(key=lambda item: (item.file, item.line))
        self._tell_comments()
        for path, page in zip(self.paths, self.pages, strict=True):
            if path is not None and page.text != path.read_text("utf-8"):
                self.plan.contents[path] = page.text

    def _locate(self, page: int) -> None:
        """Find the blocks of a page as it is now to those that were exported."""
        mine = [n for n, entry in enumerate(self.entries) if entry.page == page and entry.line]
        # Footnotes stand at the end of a document, and anywhere in a page.
        origins = sorted({self._origin(n) for n in mine})
        hashes = [digest_of(b.source) for b in self.pages[page].blocks]
        matcher = SequenceMatcher(None, [digest for _, digest in origins], hashes, autojunk=False)
        places = {origins[i + k]: j + k for i, j, size in matcher.get_matching_blocks() for k in range(size)}
        for n in mine:
            block = places.get(self._origin(n))
            if block is not None and self._fits(self.entries[n], self.pages[page].blocks[block]):
                self.block_of[n] = block

    def _origin(self, entry: int) -> tuple[int, str]:
        return self.entries[entry].line, self.entries[entry].mark.rpartition("_")[2]

    def _fits(self, entry: Entry, block: Block) -> bool:
        markup = sum(word.markup for word in block.words)
        return not entry.kind or (entry.source == block.source and markup == len(entry.shown))

    def _question(self) -> None:
        prose = [n for n, entry in enumerate(self.entries) if entry.kind]
        gone = sum(n not in self.matched for n in prose)
        if gone > max(3, _FEW * len(prose)):
            self.plan.questions.append(
                f"In {self.plan.name} fehlen {gone} von {len(prose)} Absätzen des Textes; sie würden gelöscht."
            )

    # Order

    def _move(self) -> list[int]:
        """Move blocks that stand elsewhere in the document; give the order of all blocks then."""
        order = list(range(len(self.entries)))
        for entry in moved(self.matched):
            about, behind = self.entries[entry], self._behind(entry)
            if behind is not None and self._moved(entry, behind, order):
                order.remove(entry)
                order.insert(order.index(behind) + 1, entry)
                self._note(self.plan.done, entry, f"Absatz verschoben: {_quoted(about.text)}")
                continue
            self.apart.append(entry)
            now = "" if behind is None else f", jetzt hinter {_quoted(self.entries[behind].text)}"
            self._note(self.plan.open, entry, f"{about.what} verschoben: {_quoted(about.text)}{now}")
        return order

    def _behind(self, entry: int) -> int | None:
        """Find the block that stands before a moved one in the document."""
        before = [n for n, place in self.matched.items() if place < self.matched[entry]]
        return max(before, key=self.matched.__getitem__, default=None)

    def _is_last(self, entry: int, order: Sequence[int]) -> bool:
        """Tell whether nothing else of the same cell stands behind a block."""
        place = order.index(entry) + 1
        here = self.entries[entry].page, self.block_of.get(entry)
        return all((self.entries[n].page, self.block_of.get(n)) != here for n in order[place : place + 1])

    def _moved(self, entry: int, behind: int, order: Sequence[int]) -> bool:
        """Move a block of prose within its page, if that can be done."""
        page = self.entries[entry].page
        known = self.entries[entry].kind and entry in self.block_of and behind in self.block_of
        if not known or self.entries[behind].page != page or not self._is_last(behind, order):
            return False
        before, block, target = self.pages[page], self.block_of[entry], self.block_of[behind]
        if not before.move(block, target):
            return False
        self.pages[page] = Page(before.text)
        places = [n for n in range(len(before.blocks)) if n != block]
        places.insert(places.index(target) + 1, block)
        for n in self.block_of:
            if self.entries[n].page == page:
                self.block_of[n] = places.index(self.block_of[n])
        return True

    # Words

    def _compare(self, group: Group) -> Iterator[Step]:
        """Find the changes of a group; those of prose are carried out when all are known."""
        old: list[Part] = []
        new: list[Part] = []
        added = self._added(group)
        for n in group.entries:
            here = self.matched.get(n)
            if self.entries[n].kind and n in self.block_of:
                old += shown_parts(n, self.entries[n], self._block(n))
                if here is not None:
                    new += said_parts(here, self.found[here])
                    self._compare_kind(n, self.found[here])
                continue
            if here is not None:
                old.append(Part(START, "", n, -1))
                new.append(Part(START, "", here))
            self._compare_fixed(n, None if here is None else self.found[here])
        for n in added:
            if not old:
                anchor = (group.entries or [0])[0]
                self._note(self.plan.open, anchor, f"neu: {_quoted(self.found[n].text)}", self.found[n])
            elif self._stands_already(self.found[n], self.entries[group.entries[0]].page):
                self.plan.again += 1
            else:
                new += said_parts(n, self.found[n])
        if not old:
            return
        for words, was, now in restyled(old, new):
            for what in _restyled(words, was, now):
                self._note(self.plan.open, group.entries[0], what, *(self.found[n] for n in group.found[:1]))
        yield from steps(old, new)

    def _added(self, group: Group) -> list[int]:
        """List what was added to a group; new notes stand at the end and belong to no block there."""
        added = [n for n in group.found if n not in map(self.matched.get, group.entries)]
        for n in added:
            if self.found[n].note:
                what = f"neue Fußnote: {_quoted(self.found[n].text)}"
                self._note(self.plan.open, (group.entries or [0])[0], what, self.found[n])
        return [n for n in added if not self.found[n].note]

    def _place(self, step: Step) -> tuple[bool, int, int, float]:
        first = step.old[0] if step.old else step.before
        word = first.word if step.old else first.word + 0.5
        return not self._takes_note(step), self.entries[first.at].page, self.block_of.get(first.at, -1), word

    def _takes_note(self, step: Step) -> bool:
        about = step.old[0] if step.old else step.before
        return about.text == START and not step.new and self.entries[about.at].kind == "note"

    def _compare_kind(self, entry: int, found: Found) -> None:
        """Tell of a paragraph that has become a heading or the like."""
        about, (kind, level) = self.entries[entry], kind_of(found)
        names = {
            "heading": f"Überschrift der Ebene {level}",
            "item": "Punkt einer Liste",
            "paragraph": "Absatz",
        }
        now = ""
        if about.kind in names and (kind != about.kind or (kind == "heading" and level != about.level)):
            now = names[kind]
        elif about.kind == "item":
            now = listed_otherwise(about.source, found.style, by_style=self.by_style)
        if now:
            self._note(self.plan.open, entry, f"{_quoted(about.text)} ist jetzt {now}", found)

    def _compare_fixed(self, entry: int, found: Found | None) -> None:
        """Tell of a change in what comes from data, or of prose that was changed in the page since the export."""
        about = self.entries[entry]
        differ = _cells if found is not None and found.table else _differences
        if found is None:
            what = f"{about.what} gelöscht: {_quoted(about.text)}"
        elif changes := [*differ(about.text, found.text)] or [*_elsewhere(about, found)]:
            what = f"{about.what} geändert: {'; '.join(changes)}"
        else:
            return
        if not about.kind:
            self._note(self.plan.open, entry, f"{what}; das kommt aus den Daten oder aus einem Baustein")
        elif found is not None and self._stands_already(found, about.page):
            self.plan.again += 1
        elif found is not None or self._still_there(about):
            self._note(self.plan.conflicts, entry, what)

    def _still_there(self, entry: Entry) -> bool:
        """Tell whether something of a block that is gone from the document can still stand in the page."""
        text = self.pages[entry.page].text
        return any(line in text for line in entry.source.split("\n") if len(line) > 20)

    def _stands_already(self, found: Found, page: int) -> bool:
        """Tell whether a text stands in a page already, where no exported block was."""
        used = {block for n, block in self.block_of.items() if self.entries[n].page == page}
        return any(
            n not in used and block.words and shown_markup(block, found.chars) is not None
            for n, block in enumerate(self.pages[page].blocks)
        )

    # Steps

    def _carry_out(self, step: Step) -> None:
        """Make a change in the page, or put it on the list."""
        anchor, by = (step.old or (step.before,))[0].at, self._by(step)
        reason = self._hindrance(step)
        if reason or not self._write(step):
            what = "; ".join(filter(None, (_told(step), reason)))
            self._note(self.plan.open, anchor, what, *by)
            return
        self._note(self.plan.done, anchor, _told(step), *by)
        for what in self._unwritten(step):
            self._note(self.plan.open, anchor, what, *by)

    def _without_note(self, step: Step) -> None:
        """Take a footnote away whose mark is gone from the page, when all else is done."""
        for entry in dict.fromkeys(part.at for part in step.old):
            about = self.entries[entry]
            page = Page(self.pages[about.page].text)
            places = [n for n, block in enumerate(page.blocks) if block.source == about.source]
            done = len(places) == 1 and page.delete(places)
            self.pages[about.page] = page
            what = f"Fußnote gelöscht: {_quoted(about.text)}"
            self._note(self.plan.done if done else self.plan.open, entry, what, *self._by(step))

    def _by(self, step: Step) -> list[Found]:
        """Give the returned blocks that a change is about."""
        places = [part.at for part in step.new]
        places += [self.matched[part.at] for part in (*step.old, step.before) if part.at in self.matched]
        return [self.found[place] for place in places]

    def _word(self, part: Part) -> tuple[int, int] | None:
        """Name the markup that a word stands for, if it does."""
        if part.word < 0 or not self.entries[part.at].kind or part.at not in self.block_of:
            return None
        return (part.at, part.word) if self._block(part.at).words[part.word].markup else None

    def _block(self, entry: int) -> Block:
        return self.pages[self.entries[entry].page].blocks[self.block_of[entry]]

    def _hindrance(self, step: Step) -> str:
        """Say why a change is not made in the text; the first reason counts."""
        reasons = {
            **{reason: any(sign in part.text for part in step.new) for sign, reason in _NO_WORDS.items()},
            "Hochgestelltes ist in der Seite selbst zu schreiben": any(RAISED in p.form for p in step.new),
            "die Nummer zählt das Programm": any(part.word == -2 for part in step.old),
            "eine Tabelle ist in den Daten oder in der Seite zu schreiben": any(
                self.found[part.at].table for part in step.new
            ),
            "so heißt das Handlungsfeld; ändern Sie es im Blatt „Handlungsfelder“": any(
                map(self._is_title, step.old)
            ),
            "die Liste kommt aus den Daten oder aus einem Baustein": self._is_in_fixed_list(step),
            "das berührt, was aus den Daten oder aus einem Verweis kommt": self._touches_markup(step),
            "das reicht über zwei Seiten": len({self.entries[p.at].page for p in (step.before, *step.old)})
            > 1,
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    def _touches_markup(self, step: Step) -> bool:
        """Tell whether a change is about what stands for markup, unless all of that goes with words around it."""
        touched = {mark for part in step.old if (mark := self._word(part))}
        before, after = self._word(step.before), self._word(step.after) if step.after else None
        if not touched:
            return before == after is not None
        words = [p for p in step.old if self._word(p) is None and p.word >= 0 and p.text[:1].isalnum()]
        says_more = any(not blank(part.text) for part in step.new)
        return bool({before, after} & touched) or says_more or not words

    def _is_title(self, part: Part) -> bool:
        """Tell whether a word is of a chapter's title."""
        about = self.entries[part.at]
        is_chapter = self.original.pages[about.page].startswith("book/chapters/")
        return is_chapter and (about.kind, about.level) == ("heading", 1) and part.word >= 0

    def _is_in_fixed_list(self, step: Step) -> bool:
        """Tell whether something is a new point of a list that is not written in the page."""
        place = self.matched.get(step.before.at)
        if self.entries[step.before.at].kind or place is None or not step.new:
            return False
        return all(kind_of(self.found[n])[0] == "item" for n in (place, step.new[0].at))

    def _unwritten(self, step: Step) -> Iterator[str]:
        """Tell what new words were in Word besides words (links, and marks that Markdown does not know), and which markup went."""
        around = _around(step)

        def look(part: Part) -> Look:
            return emphasis(part.form, "msu"), "" if part.about in around else part.about

        for now, group in groupby(step.new, key=look):
            yield from _restyled("".join(part.text for part in group if part.text != START), ("", ""), now)
        lost = [part.text for part in step.old if self._word(part) is not None and part.text[:1].isalnum()]
        if lost:
            yield f"mit dem Satz gelöscht: {_quoted(' '.join(lost))}; bitte prüfen"

    def _new(self, step: Step, part: Part) -> New:
        if part.text == START:
            return New(START, "", *kind_of(self.found[part.at]))
        inside = part.about and part.about in _around(step)
        return New(part.text, emphasis(part.form) + (LINK if inside else ""))

    def _write(self, step: Step) -> bool:
        """Make a change in the page's text."""
        here = step.before.at
        page = self.pages[self.entries[here].page]
        new = [self._new(step, part) for part in step.new]
        after = None if step.after is None or step.after.text == START else step.after
        if step.old and step.old[0].text == START and after is None and not new:
            return page.delete([*dict.fromkeys(self.block_of[part.at] for part in step.old)])
        if here not in self.block_of:
            return False
        block, is_prose = self.block_of[here], bool(self.entries[here].kind)
        if not step.old and new and new[0].text == START and after is None:
            order = sorted(n for n in self.block_of if self.entries[n].page == self.entries[here].page)
            return (is_prose or self._is_last(here, order)) and page.insert(block, new)
        if not is_prose:
            return False
        if after is None:
            last = self.block_of[step.old[-1].at] if step.old else block
            end = len(page.blocks[last].words)
        else:
            last, end = self.block_of[after.at], after.word
        return page.replace(block, max(step.before.word + 1, 0), last, end, new)

    # What is told

    def _note(self, items: list[Item], entry: int, what: str, *found: Found) -> None:
        """Put something on a list, with those who changed what was found; by default what is the entry's."""
        if not found and entry in self.matched:
            found = (self.found[self.matched[entry]],)
        who = "; ".join(sorted({who for block in found for who in block.by}))
        self._add(items, entry, what, who)

    def _add(self, items: list[Item], entry: int, what: str, who: str) -> None:
        about = self.entries[entry]
        item = Item(self.original.pages[about.page], about.line, what, who)
        if item not in items:
            items.append(item)

    def _tell_comments(self) -> None:
        by_place = {place: n for n, place in self.matched.items()}
        entry = 0
        left = dict(self.comments)
        for place, block in enumerate(self.found):
            entry = by_place.get(place, entry)
            for key in block.comments:
                if comment := left.pop(key, None):
                    self._add(self.plan.comments, entry, _comment(comment), comment.who)
        for comment in left.values():
            self._add(self.plan.comments, 0, _comment(comment), comment.who)


def _comment(comment: Comment) -> str:
    about = f"zu {_quoted(comment.about)}: " if comment.about else ""
    answers = "".join(f" – Antwort von {answer.who}: {answer.text}" for answer in comment.answers)
    return f"{about}{comment.text}{answers}{' [erledigt]' if comment.done else ''}"


def _set(form: str) -> str:
    return german.listing([_SET[mark] for mark in form]) or "normal"


def _restyled(words: str, was: Look, now: Look) -> Iterator[str]:
    if was[0] != now[0]:
        yield f"Hervorhebung: {_quoted(words)} ist jetzt {_set(now[0])} statt {_set(was[0])}"
    if not same_place(was[1], now[1]):
        yield _leads(words, was[1], now[1])


def _leads(words: str, was: str, now: str) -> str:
    """Tell where a link leads now."""
    if not now:
        return f"Verweis: {_quoted(words)} führt nirgends mehr hin, bisher zu {_place(was)}"
    return f"Verweis: {_quoted(words)} führt jetzt zu {_place(now)}" + (
        f" statt zu {_place(was)}" if was else ""
    )


def _place(address: str) -> str:
    return "einer Stelle im Dokument" if address.startswith("#") else address


def _elsewhere(about: Entry, found: Found) -> Iterator[str]:
    """Tell what leads elsewhere, or shows something else, under the same words."""
    was, now = ([lead for _, lead in leads if lead] for leads in (about.leads, found.leads()))
    for old, new in zip_longest(was, now, fillvalue=""):
        if old.startswith(PICTURE) and new.startswith(PICTURE):
            if old[:9] != new[:9]:
                yield "ein anderes Bild"
            if old[9:] != new[9:]:
                yield f"Alternativtext {_quoted(old[9:])} → {_quoted(new[9:])}"
        elif not same_place(old, new):
            yield f"Verweis zu {_place(old) if old else 'nichts'} → {_place(new) if new else 'nichts'}"


_MOST = 160
_SHOWN = str.maketrans({PICTURE: "[Bild]", NOTE: "[Fußnote]", FORMULA: "[Formel]", SIGN: "[Sonderzeichen]"})
_NO_WORDS = {
    PICTURE: "ein Bild oder Textfeld kommt nicht aus Word in die Seite",
    NOTE: "eine Fußnote ist in der Seite selbst zu schreiben",
    FORMULA: "eine Formel ist in der Seite selbst zu schreiben",
    SIGN: "dieses Zeichen kennt nur seine Schriftart",
}
"""Why what is no words does not come into a page."""


def _quoted(text: str) -> str:
    short = " ".join(text.translate(_SHOWN).split())
    return f"„{short[:_MOST]}{'…' if len(short) > _MOST else ''}“"


def _differences(one: str, other: str) -> Iterator[str]:
    """Name the words that differ, or all where there are many."""
    before, after = one.split(), other.split()
    for i, k, j, m in _changed([*map(plain, before)], [*map(plain, after)]):
        yield f"{_quoted(' '.join(before[i:k]))} → {_quoted(' '.join(after[j:m]))}"


def _changed(before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[int, int, int, int]]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return ((i, k, j, m) for tag, i, k, j, m in codes if tag != "equal")


def _cells(one: str, other: str) -> Iterator[str]:
    """Name the cells of a table that differ, by what their row is about and by the head of their column."""
    before, after = ([line.split("\t") for line in text.split("\n")] for text in (one, other))
    rows = ([tuple(map(plain, row)) for row in table] for table in (before, after))
    no_row: list[str] = []
    for i, k, j, m in _changed(*rows):
        for old, new in zip_longest(before[i:k], after[j:m], fillvalue=no_row):
            about = next((cell for cell in (*old, *new) if re.search(r"[^\W\d]{3}", cell)), " ".join(old[:1]))
            if not old or not new:
                yield f"Zeile {_quoted(about)} {'gelöscht' if old else 'neu'}"
            elif len(old) != len(new):
                yield from _differences(" ".join(old), " ".join(new))
            else:
                heads = before[0] if len(before[0]) == len(old) else [""] * len(old)
                for head, was, now in zip(heads, old, new, strict=True):
                    column = f", Spalte {_quoted(head)}" if head else ""
                    yield from (
                        f"Zeile {_quoted(about)}{column}: {change}" for change in _differences(was, now)
                    )


def _around(step: Step) -> set[str]:
    """Give where words lead into which something is written, or in whose place."""
    return {part.about for part in (step.before, step.after, *step.old) if part}


def _told(step: Step) -> str:
    old, new = (
        "".join(" / " if word.text == START else as_seen(word.text, word.form) for word in words).strip(" /")
        for words in (step.old, step.new)
    )
    begins, ended = (bool(words) and words[0].text == START for words in (step.new, step.old))
    if not old and not new:
        place = _quoted(step.before.text + (f" … {step.after.text}" if step.after else ""))
        return f"Absatz geteilt bei {place}" if begins else f"Absätze verbunden bei {place}"
    if not old:
        return f"{'neuer Absatz' if begins else 'eingefügt'}: {_quoted(new)}"
    if not new:
        return f"{'Absatz gelöscht' if ended else 'gelöscht'}: {_quoted(old)}"
    return f"{_quoted(old)} → {_quoted(new)}"
