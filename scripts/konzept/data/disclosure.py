"""What published counts of a survey give away about single people, and which of them to hold back so that they do not.

Whoever wants to know more than is published knows the total, all other counts, and this program.  An answer that fewer
than `LEAST` people gave is held back; what else must go is chosen so that each count that is held
back may still be one of several, and each small one at least three of one to ``LEAST - 1`` (see `held_back`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEAST = 5
"""An answer that fewer people gave is held back."""
NO_ANSWER = "keine Antwort"
"""The row of those who took part and did not answer this question."""


def is_small(count: int) -> bool:
    """Tell whether so many people are few enough to be found."""
    return 0 < count < LEAST


def held_back(counts: Sequence[int]) -> frozenset[int] | None:
    """Choose which counts to hold back where each person gave exactly one answer.

    Small counts go, and the smallest others with them, until what they have in common says nothing: with ``p`` small ones
    and ``q`` others of together ``total``, every small one may be anything, and the others still lie between ``LEAST`` and
    the smallest count that is shown.  Thus all those tables look alike, and this function would treat them alike.

    Parameters
    ----------
    counts
        How many gave each answer; those who gave none are an answer, so that the sum is the number of people.

    Returns
    -------
    frozenset of int or None
        Their positions; None where nothing of the table can be shown.

    Examples
    --------
    >>> sorted(held_back([58, 20, 2])), sorted(held_back([30, 28, 0])), held_back([3, 4])
    ([1, 2], [], None)
    """
    if sum(counts) < LEAST:
        return None
    small = [at for at, count in enumerate(counts) if is_small(count)]
    if not small:
        return frozenset()
    others = sorted((count, at) for at, count in enumerate(counts) if count >= LEAST)
    total = sum(counts[at] for at in small)
    for q, (count, _) in enumerate(others, 1):
        total += count
        if _says_nothing(len(small), q, total, others[q][0] if q < len(others) else None):
            return frozenset([*small, *(at for _, at in others[:q])])
    return None


def _says_nothing(small: int, others: int, total: int, shown: int | None) -> bool:
    """Tell whether each of the small counts may be anything, and the others lie below the smallest that is shown."""
    least = small * (LEAST - 1) + others * LEAST
    most = total if shown is None else small + others * (shown - 1)
    return least <= total <= most


def held_back_of_several(counts: Iterable[int], people: int) -> frozenset[int]:
    """Choose which counts to hold back where each person may have given several answers.

    Their sum is not known, but of each answer it is known how many did not give it.

    Examples
    --------
    >>> sorted(held_back_of_several([71, 2, 123], 126))
    [1, 2]
    """
    return frozenset(
        at for at, count in enumerate(counts) if is_small(count) or is_small(people - count) or people < LEAST
    )


def gives_away(shown: Iterable[int], hidden: int, people: int) -> bool:
    """Tell whether published counts, of which each person is in exactly one, say more than they should of the others.

    Parameters
    ----------
    shown
        The counts that are published.
    hidden
        How many are held back.
    people
        How many people there are.

    Examples
    --------
    >>> gives_away([58], 2, 80), gives_away([58, 20], 1, 80), gives_away([58, 20], 0, 80)
    (False, True, True)
    """
    shown = list(shown)
    rest = people - sum(shown)
    if not hidden:
        return is_small(rest)
    smallest = min((count for count in shown if count), default=None)
    return not any(_says_nothing(p, hidden - p, rest, smallest) for p in range(1, hidden))
