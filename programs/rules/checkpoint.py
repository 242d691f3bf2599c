"""A quarterly checkpoint: who notes on it, and the state that its answer and the notes amount to.

Source: content section 4, checkpoints Q 4.1-4.4: each is read by the mentor, 4.1 by a business head as well.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from programs.vocabulary import DeliverableState, Role

# Of a task's responsible roles those that note on a checkpoint; others read it.
NOTERS = (Role.MENTOR, Role.BUSINESS_HEAD)
LONGEST_ANSWER = 4000
LONGEST_LINK = 500
MOST_LINKS = 10


def required_roles(responsible: Collection[str], held: Collection[str]) -> tuple[str, ...]:
    """The roles whose note a checkpoint needs: the mentor's always, a business head's where the task asks for one and one is named."""
    return tuple(role for role in NOTERS if role == Role.MENTOR or (role in responsible and role in held))


def checkpoint_state(handed_in: bool, notes: Mapping[str, bool], required: Collection[str]) -> DeliverableState:
    """The state of a checkpoint from the notes on its newest answer: by role, whether it was acknowledged.

    One who asks for more returns it; it is done when every required role has acknowledged it.
    """
    if not handed_in:
        return DeliverableState.OPEN
    if False in notes.values():
        return DeliverableState.RETURNED
    if all(notes.get(role) for role in required):
        return DeliverableState.APPROVED
    return DeliverableState.IN_REVIEW if notes else DeliverableState.SUBMITTED


def is_link(text: str) -> bool:
    """Whether a line is an address that one can follow: http or https with a host."""
    if len(text) > LONGEST_LINK or any(sign.isspace() for sign in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
