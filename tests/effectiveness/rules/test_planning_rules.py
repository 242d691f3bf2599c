"""Where a stakeholder lies, and where a pilot's measure came."""

from decimal import Decimal

import pytest

from effectiveness.rules.pilot_outcome import outcome
from effectiveness.rules.stakeholders import LEVELS, approach


@pytest.mark.parametrize(
    ("before", "target", "after", "said"),
    [
        (12, 6, None, "open"),
        (12, 6, 6, "reached"),
        (12, 6, 9, "better"),
        (12, 6, 12, "not_better"),
        (0, 80, 90, "reached"),
        (0, 80, 10, "better"),
        (50, 80, 40, "not_better"),
        (5, 5, 5, "reached"),
        (5, 5, 4, "not_better"),
    ],
)
def test_up_or_down_is_said_by_the_target(before, target, after, said):
    assert outcome(Decimal(before), Decimal(target), None if after is None else Decimal(after)) == said


def test_every_place_has_one_approach():
    assert [[approach(power, interest) for interest in LEVELS] for power in LEVELS] == [
        ["watch", "informed", "informed"],
        ["satisfied", "close", "close"],
        ["satisfied", "close", "close"],
    ]
