"""Saved states of the project: save, look back, tell what differs, bring back; git keeps them.

    saving.py       a state is saved, listed, and brought back
    differences.py  what differs between two states, told in German
    joining.py      the own states and the common one become one

Only these know that it is git.
"""

from konzept.authors.states.differences import differences
from konzept.authors.states.joining import Conflict, fetch_common, give_to_common, has_common
from konzept.authors.states.saving import bring_back, save_state, saved_states, state_named, unsaved

__all__ = [
    "Conflict",
    "bring_back",
    "differences",
    "fetch_common",
    "give_to_common",
    "has_common",
    "save_state",
    "saved_states",
    "state_named",
    "unsaved",
]
