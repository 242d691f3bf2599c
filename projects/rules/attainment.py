"""How far a measure has come from its baseline to its target. Source: content, K7."""

from decimal import ROUND_HALF_UP, Decimal

LOWEST, HIGHEST = Decimal(0), Decimal(120)


def attainment(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """(actual − baseline) ÷ (target − baseline) in whole per cent, kept within 0-120.

    Undefined (None) where a figure is missing, or where the target is the baseline.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    share = (actual - baseline) / (target - baseline) * 100
    return min(max(share, LOWEST), HIGHEST).quantize(Decimal(1), ROUND_HALF_UP)
