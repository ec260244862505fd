"""Claims hold on the numbers that readers see, judged by this file's own reading of them."""

import dataclasses
import itertools
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from konzept.concept.claims import (
    Change,
    Claim,
    Dated,
    Factor,
    Jump,
    Level,
    Single,
    Steady,
    Swing,
    Turn,
    claim_of,
    movement,
    worded,
)
from konzept.words.german import number, rounded


def series(*numbers: float | str, digits: int = 1, circa: Sequence[int] = ()) -> list[Dated]:
    """Give yearly values from 2001 on."""
    return [
        Dated(
            time=str(2001 + n),
            at=str(2001 + n),
            text=f"{number(Decimal(str(value)), digits)}\u00a0%",
            shown=rounded(Decimal(str(value)), digits),
            exact=Decimal(str(value)),
            circa=n in circa,
        )
        for n, value in enumerate(numbers)
    ]


# What a claim says, read without the code that makes it


def seen(values: Sequence[Dated]) -> list[Fraction]:
    return [Fraction(v.shown) for v in values]


def back(numbers: Sequence[Fraction]) -> Fraction:
    """How far values fall at most from any one to any later one."""
    return max((a - b for a, b in itertools.combinations(numbers, 2)), default=Fraction(0))


def forth(numbers: Sequence[Fraction]) -> Fraction:
    """How far values rise at most from any one to any later one."""
    return back([-n for n in numbers])


def multiple_holds(found: Factor | None, first: Dated, last: Dated) -> bool:
    """Take a multiple at its word: of the numbers shown, and of those of the source as far as it says."""
    if found is None:
        return True
    if first.circa or last.circa or min(first.shown, last.shown) <= 0 or min(first.exact, last.exact) <= 0:
        return False
    if found.grown != (last.shown > first.shown) or found.times not in (range(2, 6) if found.grown else (2,)):
        return False
    pair = [(Fraction(v.shown), Fraction(v.exact)) for v in (first, last)]
    (a, a_exact), (b, b_exact) = pair if found.grown else pair[::-1]
    times = found.times
    return {
        "genau": b == times * a,
        "fast": Fraction(19, 20) * times * a <= b < times * a and b_exact < times * a_exact,
        "mehr als": b > times * a and b_exact > times * a_exact,
    }[found.nearness]


def worth_saying(values: Sequence[Dated]) -> Fraction:
    """What a movement must go back to count as a turn: a third of the whole distance."""
    return (max(seen(values)) - min(seen(values))) / 3


def one_way(numbers: Sequence[Fraction], least: Fraction) -> bool:
    """Tell whether values go from the first to the last without going back by `least` on the way."""
    rising = numbers[-1] > numbers[0]
    return numbers[-1] != numbers[0] and (back(numbers) if rising else forth(numbers)) < least


def holds(claim: Claim, values: Sequence[Dated]) -> bool:
    """Judge a claim about values."""
    numbers = seen(values)
    least = worth_saying(values)
    if claim.last is not values[-1]:
        return False
    match claim:
        case Single():
            return len(values) == 1
        case Steady(first, _, count):
            return first is values[0] and count == len(values) > 1 and len(set(numbers)) == 1
        case Level(low, high, _):
            near = max(numbers) - min(numbers) <= max(map(abs, numbers)) / 50
            return (
                near
                and low.shown == min(v.shown for v in values)
                and high.shown == max(v.shown for v in values)
            )
        case Swing(low, high, _):
            ends = Fraction(low.shown) == min(numbers) and Fraction(high.shown) == max(numbers)
            return (
                ends and min(low.shown, high.shown) < max(low.shown, high.shown) and turns(numbers, least) > 1
            )
        case Change(first, _, found):
            whole = first is values[0] and len(values) > 1 and one_way(numbers, least)
            return whole and multiple_holds(found, first, claim.last)
        case Turn(start, pivot, _, found):
            i, j = values.index(start), values.index(pivot)
            there, again = numbers[i : j + 1], numbers[j:]
            opposite = (there[-1] > there[0]) != (again[-1] > again[0])
            both = i < j < len(values) - 1 and one_way(there, least) and one_way(again, least) and opposite
            # What lay before is no other movement.
            quiet = max(numbers[: i + 1]) - min(numbers[: i + 1]) < least
            return both and quiet and multiple_holds(found, pivot, claim.last)
        case Jump(first, before, last, found, peak):
            place = first is values[0] and before is values[-2] and len(values) > 2
            best = (max if found.grown else min)(numbers)
            record = numbers.count(best) == 1 and numbers[-1] == best
            named = (
                peak is last
                if record
                else peak is not last and Fraction(peak.shown) == (max if found.grown else min)(numbers[:-1])
            )
            return place and named and multiple_holds(found, before, last)


def turns(numbers: Sequence[Fraction], least: Fraction) -> int:
    """Count by trying all: how often values can go up and down by `least` at least, less one."""
    best = {True: [0] * len(numbers), False: [0] * len(numbers)}
    for j, now in enumerate(numbers):
        for i, before in enumerate(numbers[:j]):
            for rising in (True, False):
                if (now - before if rising else before - now) >= least:
                    best[rising][j] = max(best[rising][j], best[not rising][i] + 1)
    return max(*best[True], *best[False]) - 1


RANDOM = st.lists(st.decimals(0, 200, places=2), min_size=1, max_size=14)
FLAT = st.lists(st.decimals(98, 102, places=2), min_size=1, max_size=14)
SIGNED = st.lists(st.decimals(-5, 5, places=2), min_size=1, max_size=10)
STEPS = st.lists(st.decimals(-3, 4, places=1), min_size=1, max_size=14).map(
    lambda steps: [max(Decimal(0), value) for value in itertools.accumulate(steps, initial=Decimal(9))]
)
FACTORS = st.lists(
    st.sampled_from(["0.5", "0.52", "0.9", "1", "1.1", "1.9", "2", "2.04", "3"]), max_size=7
).map(
    lambda factors: list(itertools.accumulate(map(Decimal, factors), lambda a, b: a * b, initial=Decimal(8)))
)
ANY = st.one_of(RANDOM, FLAT, SIGNED, STEPS, FACTORS)


@given(ANY, st.integers(0, 2), st.sets(st.integers(0, 13), max_size=2))
@example([Decimal(n) for n in ("8", "15.2", "45.6", "86.64")], 2, set())
@settings(max_examples=2000, deadline=None)
def test_every_claim_holds(numbers: list[Decimal], digits: int, circa: set[int]) -> None:
    values = series(*numbers, digits=digits, circa=list(circa))
    claim = claim_of(values)
    assert holds(claim, values), claim


@given(ANY, st.integers(0, 2))
@settings(max_examples=500, deadline=None)
def test_the_words_give_values_of_their_years(numbers: list[Decimal], digits: int) -> None:
    """Read the sentence again: each number in it is the one that its year has."""
    values = series(*numbers, digits=digits)
    text = " ".join(worded(claim_of(values)))
    told = re.findall(r"(-?[\d.,]+\u00a0%) \((\d{4})\)", text)
    shown = {v.time: v.text for v in values}
    assert all(shown[year] == value for value, year in told)
    assert set(re.findall(r"-?[\d.,]+\u00a0%", text)) <= set(shown.values())
    assert values[-1].text in text
    if "stieg" in text or "sank" in text:
        pairs = re.findall(r"(stieg|sank).*?von (\S+\u00a0%).*? auf (\S+\u00a0%)", text)
        exact = {v.text: v.shown for v in values}
        assert all((exact[b] > exact[a]) == (verb == "stieg") for verb, a, b in pairs)


@given(st.one_of(RANDOM, STEPS, FACTORS).filter(lambda v: len(v) > 2))
@settings(max_examples=500, deadline=None)
def test_wrong_claims_do_not_hold(numbers: list[Decimal]) -> None:
    values = series(*numbers)
    claim = claim_of(values)
    wrong: list[Claim] = [Single(values[0])]
    match claim:
        case Change(first, last, found):
            wrong += [
                Change(last, first, found),
                Change(first, last, Factor(2, "mehr als", last.shown < first.shown)),
            ]
            wrong += [Turn(first, values[1], last, None)] if _monotone(values) else []
        case Turn(start, pivot, last, found):
            wrong += [Change(start, last, None)] if start is values[0] else []
            wrong += [Turn(start, last, pivot, found), Steady(values[0], last, len(values))]
        case Jump(first, before, last, found, peak):
            worse = Factor(found.times + 1, "mehr als", found.grown)
            wrong += [
                dataclasses.replace(claim, factor=worse),
                dataclasses.replace(claim, before=first, first=before),
            ]
            wrong += [dataclasses.replace(claim, peak=before if peak is last else last)]
        case Swing(low, high, last) if low.shown < high.shown:
            wrong += [Swing(high, low, last), Change(values[0], last, None), Level(low, high, last)]
        case _:
            pass
    assert not any(holds(other, values) for other in wrong)


def _monotone(values: Sequence[Dated]) -> bool:
    numbers = seen(values)
    return back(numbers) == 0 or forth(numbers) == 0


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([7], "lag 2001 bei 7,0 %"),
        ([7, 7.04], "lag 2001 und 2002 bei 7,0 %"),
        ([7, 7, 7.01], "lag durchweg bei 7,0 % (2001 bis 2003)"),
        ([7, 9], "stieg von 7,0 % (2001) auf 9,0 % (2002)"),
        ([9, 8, 7.5, 6], "sank von 9,0 % (2001) auf 6,0 % (2004)"),
        ([5, 7, 10], "hat sich verdoppelt, von 5,0 % (2001) auf 10,0 % (2003)"),
        ([5, 7, 9.9], "hat sich fast verdoppelt, von 5,0 % (2001) auf 9,9 % (2003)"),
        ([5, 9, 16], "hat sich mehr als verdreifacht, von 5,0 % (2001) auf 16,0 % (2003)"),
        ([1, 5, 9, 16], "hat sich mehr als verfünffacht, von 1,0 % (2001) auf 16,0 % (2004)"),
        ([10, 8, 6, 4.9], "hat sich mehr als halbiert, von 10,0 % (2001) auf 4,9 % (2004)"),
        ([10, 8, 5.2], "hat sich fast halbiert, von 10,0 % (2001) auf 5,2 % (2003)"),
        ([0, 3, 5], "stieg von 0,0 % (2001) auf 5,0 % (2003)"),
        ([5, 3, 0], "sank von 5,0 % (2001) auf 0,0 % (2003)"),
        ([-2, 1], "stieg von -2,0 % (2001) auf 1,0 % (2002)"),
        # The middle contradicts the ends.
        ([68.4, 54.2, 48.1, 57.5], "sank von 68,4 % (2001) auf 48,1 % (2003) und stieg danach auf 57,5 % (2004)"),
        (
            [15.5, 12.2, 10.7, 14.2, 22.5],
            "sank von 15,5 % (2001) auf 10,7 % (2003) und hat sich seitdem mehr als verdoppelt, auf 22,5 % (2005)",
        ),
        ([5, 9, 4.5, 8], "schwankte zwischen 4,5 % (2003) und 9,0 % (2002) und lag zuletzt bei 8,0 % (2004)"),
        ([5, 9, 6, 10], "schwankte zwischen 5,0 % (2001) und 10,0 % (2004)"),
        # The last step says more than all before it.
        (
            [30, 17, 11, 13.5, 25.8],
            "hat sich fast verdoppelt, von 13,5 % (2004) auf 25,8 % (2005); der höchste Wert war 30,0 % (2001)",
        ),
        (
            [12, 6, 9, 12.3, 23.9],
            "hat sich fast verdoppelt, von 12,3 % (2004) auf 23,9 % (2005); das ist der höchste Wert seit 2001",
        ),
        (
            [24, 6, 9, 12, 24],
            "hat sich verdoppelt, von 12,0 % (2004) auf 24,0 % (2005); so hoch war der Wert zuletzt 2001",
        ),
        # What differs by little has neither rise nor turn.
        ([98, 99, 98.5, 99.1], "lag zwischen 98,0 % (2001) und 99,1 % (2004), zuletzt bei 99,1 % (2004)"),
    ],
)  # fmt: skip
def test_words(numbers: list[float], words: str) -> None:
    assert " ".join(worded(claim_of(series(*numbers)))) == words.replace(" %", "\u00a0%")


def test_rounding_makes_no_multiple() -> None:
    # 0,1 and 0,2 on the page are 0,14 and 0,16 in the source.
    assert worded(claim_of(series("0.14", "0.16")))[0] == "stieg"
    # Twice as much on the page, a little less in the source.
    assert "fast" not in worded(claim_of(series("5.04", "9.96")))[1]


def test_approximate_values_have_no_multiple() -> None:
    assert claim_of(series(10, 20, circa=[1])) == Change(*series(10, 20, circa=[1]), None)


def test_the_last_movement_begins_where_it_turned() -> None:
    values = series(16, 11, 14, 18)
    assert movement(claim_of(values)) == (values[1], values[3])
    assert movement(claim_of(series(5, 9, 4.5, 8))) is None


def test_words_of_days_and_months() -> None:
    day = Dated("31.12.2013", "am 31.12.2013", "5", Decimal(5), Decimal(5))
    month = Dated("Juni 2014", "im Juni 2014", "6", Decimal(6), Decimal(6))
    last = Dated("Juni 2015", "im Juni 2015", "13", Decimal(13), Decimal(13))
    assert worded(claim_of([month])) == ("lag", "im Juni 2014 bei 6")
    assert worded(claim_of([day, month, last]))[1].endswith("das ist der höchste Wert seit dem 31.12.2013")
