"""Pages that a notice leads to, inside the organization; kept equal to mentorship/urls by a test."""


def pairing(pairing_id: int) -> str:
    """One pairing."""
    return f"mentoring/pairings/{pairing_id}/"


def agreement(pairing_id: int) -> str:
    """The agreement of one pairing."""
    return f"mentoring/pairings/{pairing_id}/agreement/"


def meeting(meeting_id: int) -> str:
    """One meeting."""
    return f"mentoring/meetings/{meeting_id}/"


def cohort(cohort_id: int) -> str:
    """The pairings of one cohort."""
    return f"mentoring/cohorts/{cohort_id}/"
