"""Whether a paper still holds."""

from datetime import date


def paper_validity(today: date, *, valid_until: date | None, is_revoked: bool, is_replaced: bool) -> str:
    """revoked, replaced, expired or valid: the gravest word that is true.

    `valid_until` is the last day on which it holds; without one it holds until it is replaced or revoked.
    """
    if is_revoked:
        return "revoked"
    if is_replaced:
        return "replaced"
    return "expired" if valid_until is not None and valid_until < today else "valid"
