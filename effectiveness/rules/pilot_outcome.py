"""Whether a measure of a pilot came where the hypothesis wanted it."""

from decimal import Decimal

from effectiveness.planning_vocabulary import PilotOutcome


def outcome(before: Decimal, target: Decimal, after: Decimal | None) -> PilotOutcome:
    """A target below `before` is reached downwards. A target equal to `before` asks that it does not get worse: it is reached where
    nothing has changed, and there is no way to be better."""
    if after is None:
        return PilotOutcome.OPEN
    downwards = target < before
    if after <= target if downwards else after >= target:
        return PilotOutcome.REACHED
    if after < before if downwards else after > before:
        return PilotOutcome.BETTER
    return PilotOutcome.NOT_BETTER
