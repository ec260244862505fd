"""`konzept word import`: plans what becomes of a returned document, tells it, and writes it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from pathlib import Path

from konzept.authors.word.applying import New, Page
from konzept.authors.word.matching import (
    START,
    Group,
    Look,
    Part,
    Said,
    Step,
    blank,
    emphasis,
    groups,
    kind_of,
    listed_otherwise,
    moved,
    pairs,
    restyled,
    said_parts,
    same_place,
    shown_parts,
    steps,
    with_empty_sections,
)
from konzept.authors.word.original import Entry
from konzept.authors.word.reading import Change, Comment, Found, Read, read_word
from konzept.authors.word.remarks import DONE, FOLDER, OPEN
from konzept.authors.word.source import FORMULA, LINK, NOTE, PICTURE, RAISED, SIGN, Block, shown_markup
from konzept.data.files import whole
from konzept.data.problems import DataProblems, refused
from konzept.words import german

_FEW = 0.5
"""A document that has lost so many of its paragraphs was hardly meant so."""
_SET = {"b": "fett", "i": "kursiv", "m": "farbig markiert", "s": "durchgestrichen", "u": "unterstrichen"}


UNTRACKED = "ohne Änderungsverfolgung"


@dataclass(frozen=True)
class Item:
    """What an author is to decide, or is told."""

    file: str
    line: int
    what: str
    who: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, Zeile {self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f" ({self.who})" if self.who not in ("", UNTRACKED) else "")


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
        with whole(page) as waiting:
            waiting.write_text(text, "utf-8", newline="")
    lines = _as_list(plan)
    if not lines:
        return []
    target = project / FOLDER / f"{Path(plan.name).stem}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    # What was ticked off stays so; what is open stays, also when its sentence is changed by now and no longer told.
    old = target.read_text("utf-8").splitlines() if target.is_file() else []
    ticked = {line.removeprefix(DONE) for line in old if line.startswith(DONE)}
    lines = [DONE + line.removeprefix(OPEN) if line.removeprefix(OPEN) in ticked else line for line in lines]
    if left := [line for line in old if line.startswith(OPEN) and line not in lines]:
        lines += ["", "## Aus früheren Durchgängen", "", *left]
    with whole(target) as waiting:
        waiting.write_text("\n".join(lines) + "\n", "utf-8")
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
        self.entries = with_empty_sections(read.original.entries, self.pages, self.found)
        self.before = [page.text for page in self.pages]
        self.matched = pairs(self.entries, self.found)
        self.by_style = any(
            block.style.startswith("list bullet") and "#" not in block.style for block in self.found
        )
        self.block_of: dict[int, int] = {}
        self.apart: list[int] = []
        self.waiting: list[tuple[int, int, int, Step]] = []
        self.last: list[Step] = []

    def run(self) -> None:
        """Find out all there is to do, and do it in the texts of the pages."""
        for page in range(len(self.pages)):
            self._locate(page)
        self._question()
        order = self._move()
        for group in groups(order, self.matched, self.found, self.apart):
            self._compare(group)
        # From the end to the beginning, so that places found before stay right.
        for *_, step in sorted(self.waiting, key=lambda each: each[:3], reverse=True):
            about = step.old[0] if step.old else step.before
            if about.text == START and not step.new and self.entries[about.entry].kind == "note":
                self.last.append(step)
            else:
                self._carry_out(step)
        for step in self.last:
            self._without_note(step)
        for items in (self.plan.done, self.plan.open, self.plan.conflicts):
            items.sort(key=lambda item: (item.file, item.line))
        self._tell_comments()
        for path, now, before in zip(self.paths, self.pages, self.before, strict=True):
            if path is not None and now.text != before:
                self.plan.contents[path] = now.text

    def _locate(self, page: int) -> None:
        """Find the blocks of a page as it is now to those that were exported."""
        mine = [n for n, entry in enumerate(self.entries) if entry.page == page and entry.line]
        # Footnotes stand at the end of a document, and anywhere in a page.
        origins = sorted({self._origin(n) for n in mine})
        hashes = [hashlib.sha256(b.source.encode()).hexdigest()[:8] for b in self.pages[page].blocks]
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
            behind = self._behind(entry)
            done = False
            if behind is not None and self._is_last(behind, order):
                about, other = self.entries[entry], self.entries[behind]
                if (
                    about.kind
                    and entry in self.block_of
                    and behind in self.block_of
                    and about.page == other.page
                ):
                    done = self._moved(entry, behind)
            if done and behind is not None:
                order.remove(entry)
                order.insert(order.index(behind) + 1, entry)
                what = f"Absatz verschoben: {_quoted(self.entries[entry].text)}"
                self._note(self.plan.done, entry, what)
            else:
                self.apart.append(entry)
                what = f"{self.entries[entry].what} verschoben: {_quoted(self.entries[entry].text)}"
                if behind is not None:
                    what += f", jetzt hinter {_quoted(self.entries[behind].text)}"
                self._note(self.plan.open, entry, what)
        return order

    def _behind(self, entry: int) -> int | None:
        """Find the block that stands before a moved one in the document."""
        by_place = {place: n for n, place in self.matched.items()}
        for place in range(self.matched[entry] - 1, -1, -1):
            if place in by_place:
                return by_place[place]
        return None

    def _is_last(self, entry: int, order: Sequence[int]) -> bool:
        """Tell whether nothing else of the same cell stands behind a block."""
        place = order.index(entry) + 1
        follows = order[place] if place < len(order) else None
        if follows is None or self.entries[follows].page != self.entries[entry].page:
            return True
        return self.block_of.get(follows) != self.block_of.get(entry)

    def _moved(self, entry: int, behind: int) -> bool:
        page = self.entries[entry].page
        before, block, target = self.pages[page], self.block_of[entry], self.block_of[behind]
        if not before.move(block, target):
            return False
        self.pages[page] = Page(before.text)
        places = [n for n in range(len(before.blocks)) if n != block]
        places.insert(places.index(target) + 1, block)
        for n, entry_ in enumerate(self.entries):
            if entry_.page == page and n in self.block_of:
                self.block_of[n] = places.index(self.block_of[n])
        return True

    # Words

    def _compare(self, group: Group) -> None:
        """Find the changes of a group; those of prose wait until all are known."""
        old: list[Part] = []
        new: list[Said] = []
        found = self._without_new_notes(group)
        for k, n in enumerate(group.entries):
            entry = self.entries[n]
            prose = bool(entry.kind) and n in self.block_of
            here = found.pop(0) if k == 0 and self.matched.get(n) is not None and found else None
            if prose:
                old += shown_parts(n, entry, self.pages[entry.page].blocks[self.block_of[n]])
                new += said_parts(here, self.found[here]) if here is not None else []
                if here is not None:
                    self._compare_kind(n, self.found[here])
            else:
                if here is not None:
                    old.append(Part(START, "", n, -1))
                    new.append(Said(START, "", here))
                self._compare_fixed(n, here)
        if not old:
            self._nowhere(found)
            return
        for n in found:
            if self._stands_already(self.found[n], group):
                self.plan.again += 1
            else:
                new += said_parts(n, self.found[n])
        who = _who(self.found[group.found[0]]) if group.found else ""
        for words, was, now in restyled(old, new):
            for what in _restyled(words, was, now):
                self._note(self.plan.open, group.entries[0], what, who)
        for step in steps(old, new):
            page, block, word = self._place(step)
            self.waiting.append((page, block, word, step))

    def _without_new_notes(self, group: Group) -> list[int]:
        """List the texts of new notes, which stand at the end and belong to no block there."""
        matched = {self.matched.get(entry) for entry in group.entries}
        fresh = [n for n in group.found if self.found[n].note and n not in matched]
        for n in fresh:
            what = f"neue Fußnote: {_quoted(self.found[n].text)}"
            self._note(self.plan.open, (group.entries or [0])[0], what, _who(self.found[n]))
        return [n for n in group.found if n not in fresh]

    def _place(self, step: Step) -> tuple[int, int, int]:
        first = step.old[0] if step.old else step.before
        page, block = self.entries[first.entry].page, self.block_of.get(first.entry, -1)
        word = first.word if step.old else first.word + 0.5
        return page, block, round(2 * word)

    def _compare_kind(self, entry: int, found: Found) -> None:
        """Tell of a paragraph that has become a heading or the like."""
        about = self.entries[entry]
        kind, level = kind_of(found)
        was = about.kind, about.level
        names = {
            "heading": f"Überschrift der Ebene {level}",
            "item": "Punkt einer Liste",
            "paragraph": "Absatz",
        }
        changed = kind != was[0] or (kind == "heading" and level != was[1])
        if was[0] in names and changed:
            self._note(self.plan.open, entry, f"{_quoted(about.text)} ist jetzt {names[kind]}", _who(found))
        elif about.kind == "item" and (
            other := listed_otherwise(about.source, found.style, by_style=self.by_style)
        ):
            self._note(self.plan.open, entry, f"{_quoted(about.text)} ist jetzt {other}", _who(found))

    def _compare_fixed(self, entry: int, here: int | None) -> None:
        """Tell of a change in what comes from data, or of prose that was changed in the page since the export."""
        about = self.entries[entry]
        if here is None:
            what = f"{about.what} gelöscht: {_quoted(about.text)}"
        elif not _same(about.text, self.found[here].text):
            what = f"{about.what} geändert: {_difference(about.text, self.found[here].text)}"
        elif changes := [*_elsewhere(about, self.found[here])]:
            what = f"{about.what} geändert: {'; '.join(changes)}"
        else:
            return
        who = _who(self.found[here]) if here is not None else ""
        if about.kind:
            if here is not None and self._stands_already(self.found[here], Group([entry])):
                self.plan.again += 1
            elif here is not None or self._still_there(about):
                self._note(self.plan.conflicts, entry, what, who)
        else:
            self._note(self.plan.open, entry, f"{what}; das kommt aus den Daten oder aus einem Baustein", who)

    def _still_there(self, entry: Entry) -> bool:
        """Tell whether something of a block that is gone from the document can still stand in the page."""
        text = self.pages[entry.page].text
        return any(line in text for line in entry.source.split("\n") if len(line) > 20)

    def _stands_already(self, found: Found, group: Group) -> bool:
        """Tell whether a text stands in the page already, where no exported block was."""
        page = self.entries[group.entries[0]].page if group.entries else 0
        used = {block for n, block in self.block_of.items() if self.entries[n].page == page}
        return any(
            n not in used and block.words and shown_markup(block, found.chars) is not None
            for n, block in enumerate(self.pages[page].blocks)
        )

    def _nowhere(self, found: Sequence[int]) -> None:
        for n in found:
            item = Item(
                self.original.pages[0] if self.original.pages else "",
                0,
                f"neu: {_quoted(self.found[n].text)}",
            )
            self.plan.open.append(Item(item.file, 1, item.what, _who(self.found[n])))

    # Steps

    def _carry_out(self, step: Step) -> None:
        """Make a change in the page, or put it on the list."""
        reason = self._hindrance(step)
        done = not reason and self._write(step)
        told = _told(step)
        who = self._by(step)
        anchor = step.old[0].entry if step.old else step.before.entry
        if done:
            self._note(self.plan.done, anchor, told, who)
            for what in self._unwritten(step):
                self._note(self.plan.open, anchor, what, who)
            if lost := self._markup_in(step):
                what = f"mit dem Satz gelöscht: {_quoted(' '.join(lost))}; bitte prüfen"
                self._note(self.plan.open, anchor, what, who)
        else:
            self._note(self.plan.open, anchor, f"{told}{f'; {reason}' if reason else ''}", who)

    def _without_note(self, step: Step) -> None:
        """Take a footnote away whose mark is gone from the page, when all else is done."""
        for entry in dict.fromkeys(part.entry for part in step.old):
            about = self.entries[entry]
            page = Page(self.pages[about.page].text)
            places = [n for n, block in enumerate(page.blocks) if block.source == about.source]
            done = len(places) == 1 and page.delete(places)
            self.pages[about.page] = page
            what = f"Fußnote gelöscht: {_quoted(about.text)}"
            self._note(self.plan.done if done else self.plan.open, entry, what, self._by(step))

    def _by(self, step: Step) -> str:
        places = [said.found for said in step.new]
        places += [
            self.matched[part.entry] for part in (*step.old, step.before) if part.entry in self.matched
        ]
        changes = {change for place in places for change in self.found[place].by}
        return _names(changes)

    def _word(self, part: Part) -> tuple[int, int] | None:
        """Name the markup that a word stands for, if it does."""
        if part.word < 0 or not self.entries[part.entry].kind or part.entry not in self.block_of:
            return None
        words = self._block(part.entry).words
        return (part.entry, part.word) if words[part.word].markup else None

    def _block(self, entry: int) -> Block:
        return self.pages[self.entries[entry].page].blocks[self.block_of[entry]]

    def _hindrance(self, step: Step) -> str:
        """Say why a change is not made in the text."""
        for sign, reason in _NO_WORDS.items():
            if any(sign in said.text for said in step.new):
                return reason
        if any(RAISED in said.form for said in step.new):
            return "Hochgestelltes ist in der Seite selbst zu schreiben"
        if any(part.word == -2 for part in step.old):
            return "die Nummer zählt das Programm"
        if any(self.found[said.found].table for said in step.new):
            return "eine Tabelle ist in den Daten oder in der Seite zu schreiben"
        touched = [mark for part in step.old if (mark := self._word(part))]
        if any(self._is_title(part) for part in step.old):
            return "so heißt das Handlungsfeld; ändern Sie es im Blatt „Handlungsfelder“"
        if self._is_in_fixed_list(step):
            return "die Liste kommt aus den Daten oder aus einem Baustein"
        if touched:
            inside = {mark for part in (step.before, step.after) if part and (mark := self._word(part))}
            words = [p for p in step.old if self._word(p) is None and p.word >= 0 and p.text.isalnum()]
            if inside & set(touched) or any(not blank(said.text) for said in step.new) or not words:
                return "das berührt, was aus den Daten oder aus einem Verweis kommt"
        elif step.after is not None and self._word(step.before) == self._word(step.after) is not None:
            return "das berührt, was aus den Daten oder aus einem Verweis kommt"
        if len({self.entries[part.entry].page for part in (step.before, *step.old)}) > 1:
            return "das reicht über zwei Seiten"
        return ""

    def _is_title(self, part: Part) -> bool:
        """Tell whether a word is of a chapter's title."""
        about = self.entries[part.entry]
        is_chapter = self.original.pages[about.page].startswith("book/chapters/")
        return is_chapter and (about.kind, about.level) == ("heading", 1) and part.word >= 0

    def _is_in_fixed_list(self, step: Step) -> bool:
        """Tell whether something is a new point of a list that is not written in the page."""
        place = self.matched.get(step.before.entry)
        if self.entries[step.before.entry].kind or place is None or not step.new:
            return False
        return all(kind_of(self.found[n])[0] == "item" for n in (place, step.new[0].found))

    def _unwritten(self, step: Step) -> Iterator[str]:
        """Tell what new words were in Word besides words: links, and marks that Markdown does not know."""
        for (form, about), group in groupby(
            step.new, key=lambda said: (emphasis(said.form, "msu"), said.about)
        ):
            words = "".join(said.text for said in group if said.text != START)
            if about and about not in _around(step):
                yield _leads(words, "", about)
            if form:
                yield f"Hervorhebung: {_quoted(words)} ist jetzt {_set(form)}"

    def _markup_in(self, step: Step) -> list[str]:
        return [part.text for part in step.old if self._word(part) is not None and part.text.isalnum()]

    def _new(self, step: Step, said: Said) -> New:
        if said.text == START:
            kind, level = kind_of(self.found[said.found])
            return New(START, "", kind, level)
        inside = said.about and said.about in _around(step)
        return New(said.text, emphasis(said.form) + (LINK if inside else ""))

    def _write(self, step: Step) -> bool:
        """Make a change in the page's text."""
        page = self.pages[self.entries[step.before.entry].page]
        new = [self._new(step, said) for said in step.new]
        ends = step.after is None or step.after.text == START
        if step.old and step.old[0].text == START and ends and not new:
            return page.delete([*dict.fromkeys(self.block_of[part.entry] for part in step.old)])
        if step.before.entry not in self.block_of:
            return False
        block = self.block_of[step.before.entry]
        if not step.old and new and new[0].text == START and ends:
            order = sorted(
                n for n in self.block_of if self.entries[n].page == self.entries[step.before.entry].page
            )
            if not self.entries[step.before.entry].kind and not self._is_last(step.before.entry, order):
                return False
            return page.insert(block, new)
        if not self.entries[step.before.entry].kind:
            return False
        first = step.before.word + 1 if step.before.word >= 0 else 0
        if ends or step.after is None:
            last = self.block_of[step.old[-1].entry] if step.old else block
            end = len(page.blocks[last].words)
        else:
            last, end = self.block_of[step.after.entry], step.after.word
        return page.replace(block, first, last, end, new)

    # What is told

    def _note(self, items: list[Item], entry: int, what: str, who: str | None = None) -> None:
        about = self.entries[entry]
        file = self.original.pages[about.page] if about.page < len(self.original.pages) else ""
        if who is None:
            place = self.matched.get(entry)
            who = _who(self.found[place]) if place is not None else ""
        item = Item(file, about.line, what, who)
        if item not in items:
            items.append(item)

    def _tell_comments(self) -> None:
        by_place = {place: n for n, place in self.matched.items()}
        entry = 0
        told: set[str] = set()
        for place, block in enumerate(self.found):
            entry = by_place.get(place, entry)
            for key in block.comments:
                if key in self.comments and key not in told:
                    told.add(key)
                    self._note(self.plan.comments, entry, *_comment(self.comments[key]))
        for key in self.comments.keys() - told:
            self._note(self.plan.comments, 0, *_comment(self.comments[key]))


def _comment(comment: Comment) -> tuple[str, str]:
    about = f"zu {_quoted(comment.about)}: " if comment.about else ""
    answers = "".join(f" – Antwort von {_name(a.author, a.day)}: {a.text}" for a in comment.answers)
    done = " [erledigt]" if comment.done else ""
    return f"{about}{comment.text}{answers}{done}", _name(comment.author, comment.day)


def _name(author: str, day: str) -> str:
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    shown = f"{number}.{month}.{year}" if number else day
    return ", ".join(part for part in (author or "ohne Namen", shown) if part)


def _names(changes: set[Change]) -> str:
    names = sorted({_name(c.author, c.day) for c in changes})
    return "; ".join(names) or UNTRACKED


def _who(found: Found) -> str:
    return _names(found.by)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


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


def _difference(one: str, other: str) -> str:
    """Name the words that differ, or all where there are many."""
    before, after = one.split(), other.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes = [c for c in matcher.get_opcodes() if c[0] != "equal"]
    told = [
        f"{_quoted(' '.join(before[i:k]))} → {_quoted(' '.join(after[j:m]))}" for _, i, k, j, m in changes
    ]
    return "; ".join(told)


def _around(step: Step) -> set[str]:
    """Give where words lead into which something is written, or in whose place."""
    return {part.about for part in (step.before, step.after, *step.old) if part}


def _told(step: Step) -> str:
    old, new = (
        "".join(" / " if word.text == START else word.text for word in words).strip(" /")
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
