"""Where a stakeholder lies between power and interest, and what follows.

Source: Mendelow's matrix of 1991. Our three levels fold into its two: only low counts as low.
"""

from effectiveness.planning_vocabulary import Approach, Level

LEVELS = (Level.LOW, Level.MEDIUM, Level.HIGH)


def approach(power: str, interest: str) -> Approach:
    """What one does with them. Total over the levels."""
    strong, keen = power != Level.LOW, interest != Level.LOW
    if strong:
        return Approach.CLOSE if keen else Approach.SATISFIED
    return Approach.INFORMED if keen else Approach.WATCH
