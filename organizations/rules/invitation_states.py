"""Where an invitation stands; computed, never stored."""

from datetime import datetime, timedelta

from organizations.vocabulary import InvitationState

LIFETIME = timedelta(days=7)


def state_of(*, expires_at: datetime, accepted_at: datetime | None, now: datetime) -> InvitationState:
    """Accepted once accepted, whatever the clock says; expired from the moment its time is up."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    return InvitationState.EXPIRED if now >= expires_at else InvitationState.WAITING
