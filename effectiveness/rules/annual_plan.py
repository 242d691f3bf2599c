"""An annual plan measured against the objectives of the business.

Source: features section 4, OKR: key result = (now - start) / (target - start), kept within 0-1; an objective is the mean of its
key results (here of equal weight); a plan item must name a key result or say that it has none.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal


def attainment(start: Decimal, now: Decimal, target: Decimal) -> Decimal | None:
    """How far a key result has come, 0 to 1; None where target and start are one figure, so that there is no way to go."""
    if target == start:
        return None
    return min(max((now - start) / (target - start), Decimal(0)), Decimal(1))


def objective_attainment(key_results: Sequence[Decimal | None]) -> Decimal | None:
    """The mean of those that can be measured; None where none can."""
    known = [one for one in key_results if one is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def differences(plan: Mapping[str, Decimal], draft: Mapping[str, Decimal]) -> list[tuple[str, Decimal, Decimal]]:
    """(category, in the plan, in the budget draft) for every category of either, in the plan's order first."""
    return [(key, plan.get(key, Decimal(0)), draft.get(key, Decimal(0))) for key in dict.fromkeys([*plan, *draft])]
