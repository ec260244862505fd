"""What is held back of a survey's counts cannot be worked out, even by someone who knows this program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from konzept.data.disclosure import LEAST, gives_away, held_back, held_back_of_several

View = tuple[int | None, ...]


def tables(people: int, answers: int) -> Iterator[tuple[int, ...]]:
    """Give every way in which people can answer."""
    if answers == 1:
        yield (people,)
        return
    for count in range(people + 1):
        for rest in tables(people - count, answers - 1):
            yield (count, *rest)


def published(counts: tuple[int, ...]) -> View | None:
    """Give what a reader sees of a table."""
    hidden = held_back(counts)
    return None if hidden is None else tuple(None if i in hidden else n for i, n in enumerate(counts))


@pytest.mark.parametrize(("answers", "most"), [(1, 60), (2, 60), (3, 45), (4, 28), (5, 22)])
def test_no_table_betrays_what_it_holds_back(answers: int, most: int) -> None:
    """All tables of this size that look alike are gathered: none has a hidden count that is the same in all of them."""
    for people in range(1, most + 1):
        alike = defaultdict(list)
        for counts in tables(people, answers):
            alike[published(counts)].append(counts)
        for view, possible in alike.items():
            if view is None:
                assert len(possible) > 1 or people < LEAST
                continue
            assert not any(n is not None and 0 < n < LEAST for n in view)
            hidden = [i for i, n in enumerate(view) if n is None]
            for i in hidden:
                values = {counts[i] for counts in possible}
                small = {n for n in values if 0 < n < LEAST}
                assert len(values) > 1
                assert not small or len(small) >= 3, (view, small)
            shown = [n for n in view if n is not None]
            assert not gives_away(shown, len(hidden), people)


def test_smallest_first_alone_would_betray() -> None:
    """Of 56 people 26 are shown: were only the smallest other count held back, it could be no more than 26."""
    assert held_back((4, 26, 26)) == {0, 1, 2}


@pytest.mark.parametrize(
    ("shown", "hidden", "people", "told"),
    [
        ([58, 20], 0, 78, False),
        ([58, 20], 0, 80, True),
        ([58, 20], 0, 90, False),
        ([58, 20], 1, 90, True),
        ([58], 2, 80, False),
        ([58], 2, 60, True),
        ([26], 2, 56, True),
        ([], 2, 8, True),
        ([], 2, 9, False),
        ([0], 2, 40, False),
    ],
)
def test_typed_tables_are_judged_alike(shown: list[int], hidden: int, people: int, told: bool) -> None:
    assert gives_away(shown, hidden, people) is told


@pytest.mark.parametrize("people", range(1, 40))
def test_of_several_answers_none_betrays_few(people: int) -> None:
    """Each answer may be anything; all counts that are held back look alike, and those who did not give it are as safe."""
    hidden = held_back_of_several(range(people + 1), people)
    assert hidden >= {n for n in range(people + 1) if 0 < n < LEAST or 0 < people - n < LEAST}
    assert len(hidden) != 1
