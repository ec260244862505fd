"""Questions → counts, and what of them is held back so that nobody is found, by one table or by two that tell the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from konzept.authors.surveys.answers_file import AnswersFile
from konzept.authors.surveys.choice import Chosen
from konzept.authors.surveys.questions import OTHER_ANSWER, is_empty, is_ticked
from konzept.data.disclosure import NO_ANSWER, held_back, held_back_of_several, is_small
from konzept.data.problems import Problem

_LISTED = 0.5
"""So great a part of the answers must be listed, else it is free text."""


@dataclass(frozen=True)
class Counted:
    """The answers to one question: how many gave each, and which counts are held back."""

    chosen: Chosen
    several: bool
    labels: tuple[str, ...]
    given: tuple[frozenset[int], ...]
    """Of each respondent: the answers' places."""
    hidden: frozenset[int] | None
    """The places of what is held back; None where nothing is shown."""
    because: str = ""
    """Why nothing is shown."""

    @cached_property
    def counts(self) -> list[int]:
        """How many gave each answer."""
        found = Counter(place for places in self.given for place in places)
        return [found[place] for place in range(len(self.labels))]

    @cached_property
    def partitions(self) -> list[list[Hashable]]:
        """Of each respondent: the group that is known to be of a size, as far as it is shown; of several answers each apart."""
        hidden = self.hidden or frozenset()
        if not self.several:
            return [[_shown(each, hidden) for each in self.given]]
        shown = [place for place in range(len(self.labels)) if place not in hidden]
        return [[place in each for each in self.given] for place in shown]


TOO_FEW = "zu wenige Antworten, um eine davon zu nennen"
SAME_NUMBER = "alle haben gleich viele Antworten gegeben, und eine davon zu wenige"


def count(chosen: Chosen, file: AnswersFile, rows: Sequence[int]) -> Counted:
    """Count the answers to a question."""
    labels = tuple(dict.fromkeys(chosen.answers.values()))
    places = {value: labels.index(label) for value, label in chosen.answers.items()}
    if not chosen.question.several:
        return _of_one(
            chosen, labels, [_place(file.rows[i][chosen.question.columns[""]], places) for i in rows]
        )
    given = tuple(
        frozenset(
            place
            for key, place in places.items()
            if is_ticked(file.rows[i][chosen.question.columns[key]], free=key in chosen.question.free)
        )
        for i in rows
    )
    numbers = {len(each) for each in given if each}
    if numbers <= {1}:
        # Nobody gave several answers, so that their sum is known.
        return _of_one(chosen, labels, [next(iter(each), _NONE) for each in given])
    counts = Counter(place for each in given for place in each)
    hidden = held_back_of_several([counts[place] for place in range(len(labels))], len(rows))
    if hidden and len(numbers) == 1:
        return Counted(chosen, True, labels, given, None, SAME_NUMBER)
    return Counted(chosen, True, labels, given, hidden)


_NONE, _UNLISTED = -1, -2


def _place(cell: str, places: dict[str, int]) -> int:
    """Find where an answer is counted; the author may list none, and others, with an answer of the questionnaire."""
    if is_empty(cell):
        return places.get(NO_ANSWER, _NONE)
    return places.get(cell, places.get(OTHER_ANSWER, _UNLISTED))


def _of_one(chosen: Chosen, labels: tuple[str, ...], found: Sequence[int]) -> Counted:
    """Count one answer a person; whoever gave none, or one that is not listed, is an answer too."""
    names = {kind: name for kind, name in ((_UNLISTED, OTHER_ANSWER), (_NONE, NO_ANSWER)) if kind in found}
    labels = tuple(dict.fromkeys([*labels, *names.values()]))
    places = {kind: labels.index(name) for kind, name in names.items()}
    given = tuple(frozenset((places.get(place, place),)) for place in found)
    counts = Counter(place for each in given for place in each)
    hidden = held_back([counts[place] for place in range(len(labels))])
    return Counted(chosen, False, labels, given, hidden, TOO_FEW if hidden is None else "")


def unlisted(counted: Counted, name: str) -> Iterator[Problem]:
    """Say where the list of answers is not that of the questionnaire."""
    if OTHER_ANSWER not in counted.labels:
        return
    counts = dict(zip(counted.labels, counted.counts, strict=True))
    answered = sum(counts.values()) - counts.get(NO_ANSWER, 0)
    if counts[OTHER_ANSWER] > _LISTED * answered:
        yield Problem(
            name,
            None,
            "Antworten",
            f"Bei „{counted.chosen.question.key}“ sind die meisten Antworten nicht aufgeführt; das ist Freitext, oder Antworten fehlen. Ergänzen Sie sie aus dem Fragebogen, oder lassen Sie die Frage weg.",
        )


def without_links(counted: Sequence[Counted]) -> list[Counted]:
    """Leave out what another question of the survey tells: who knows the questionnaire knows that both mean the same people.

    So it is where a question is put only to those who gave a certain answer to another one.
    """
    found = list(counted)
    for n, one in enumerate(found):
        other = next((o for o in found if o is not one and o.hidden is not None and _tells(o, one)), None)
        if one.hidden and other is not None:
            because = f"die Frage „{other.chosen.text}“ verrät, was hier zurückgehalten ist"
            found[n] = Counted(one.chosen, one.several, one.labels, one.given, None, because)
    return found


def _tells(other: Counted, one: Counted) -> bool:
    """Tell whether what is shown of one question makes up what is held back of another."""
    hidden = one.hidden or frozenset()
    for theirs in other.partitions:
        # Who answers alike in both is one case, however many they are.
        cases = set(zip(one.given, theirs, strict=True))
        for place in hidden:
            known = {
                (None if one.several else _shown(each, hidden), group, place in each) for each, group in cases
            }
            if adds_up(known):
                return True
    return False


def _shown(each: frozenset[int], hidden: frozenset[int]) -> Hashable:
    """Name the group that a person is counted in; all that is held back is one."""
    return None if each <= hidden else each


def adds_up(cells: Iterable[tuple[Hashable, Hashable, bool]]) -> bool:
    """Tell whether the people of a cell are those of some groups of two partitions, added and taken away.

    That is: whether each group can have a number so that the two numbers of everyone add up to one in the cell, to none outside.
    """
    near: dict[tuple[int, Hashable], list[tuple[tuple[int, Hashable], int]]] = defaultdict(list)
    for ours, theirs, inside in cells:
        near[0, ours].append(((1, theirs), int(inside)))
        near[1, theirs].append(((0, ours), int(inside)))
    numbers: dict[tuple[int, Hashable], int] = {}
    for start in near:
        if start in numbers:
            continue
        numbers[start] = 0
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for there, value in near[here]:
                number = value - numbers[here]
                if there not in numbers:
                    numbers[there] = number
                    waiting.append(there)
                elif numbers[there] != number:
                    return False
    return True


def shown_count(counted: Counted, place: int) -> int | None:
    """Give a count that is published, or None."""
    if counted.hidden is None or place in counted.hidden:
        return None
    number = counted.counts[place]
    assert not is_small(number), "a small count is held back"
    return number
