"""How serious a risk is: probability times impact, 1 to 5 each."""

HIGH, MIDDLE, LOW = "high", "mid", "low"
LEVELS = (1, 2, 3, 4, 5)


def level(probability: int, impact: int) -> str:
    """High from 15 points, middle from 8, else low."""
    points = probability * impact
    return HIGH if points >= 15 else MIDDLE if points >= 8 else LOW
