"""Pages that a notice or a job leads to, inside the organization; kept equal to assessments/urls by a test."""


def certificate(certificate_id: int) -> str:
    """One certificate."""
    return f"certificates/{certificate_id}/"


def export_file(export_id: int) -> str:
    """The file of an exported report."""
    return f"reports/exports/{export_id}/"
