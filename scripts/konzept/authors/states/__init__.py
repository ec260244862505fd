"""Saved states of the project: save, look back, tell what differs, bring back; git keeps them.

saving.py       a state is saved, listed, and brought back
differences.py  what differs between two states, told in German
"""

from konzept.authors.states.differences import differences
from konzept.authors.states.saving import NotDone, bring_back, save_state, saved_states, state_named, unsaved

__all__ = ["NotDone", "bring_back", "differences", "save_state", "saved_states", "state_named", "unsaved"]
