"""Pages that a notice leads to, inside the organization; kept equal to projects/urls by a test."""


def project(project_id: int) -> str:
    """One practice project."""
    return f"projects/{project_id}/"


def gate(gate_id: int) -> str:
    """One gate of a project."""
    return f"gates/{gate_id}/"


def baseline(project_id: int, measure_id: int) -> str:
    """The baseline of one measure, and how it changed."""
    return f"projects/{project_id}/measures/{measure_id}/baseline/"
