"""Pages that a notice leads to, inside the organization; kept equal to assessments/urls by a test."""


def cycle(cycle_id: int) -> str:
    """One cycle of a cohort."""
    return f"reviews/cycles/{cycle_id}/"


def review(review_id: int) -> str:
    """One trainee's review."""
    return f"reviews/{review_id}/"


def raters(review_id: int) -> str:
    """Who gives 360 feedback in a review."""
    return f"reviews/{review_id}/raters/"


def kpis(review_id: int) -> str:
    """The figures of a review."""
    return f"reviews/{review_id}/kpis/"


def results(review_id: int) -> str:
    """The 360 results of a review."""
    return f"reviews/{review_id}/results/"


def statement(review_id: int) -> str:
    """Where mentor and line manager write to the panel."""
    return f"reviews/{review_id}/statement/"


def decision(review_id: int) -> str:
    """The decision of a review."""
    return f"reviews/{review_id}/decision/"


def appeal(review_id: int) -> str:
    """The appeal against a decision."""
    return f"reviews/{review_id}/appeal/"


def feedback(rater_id: int) -> str:
    """The answer of someone who signs in."""
    return f"my/feedback/{rater_id}/"


def certificate(certificate_id: int) -> str:
    """One certificate."""
    return f"certificates/{certificate_id}/"


def export_file(export_id: int) -> str:
    """The file of an exported report."""
    return f"reports/exports/{export_id}/"
