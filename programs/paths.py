"""Pages that a notice leads to, inside the organization; kept equal to programs/urls by a test."""


def task(work_id: int) -> str:
    """One task of one trainee."""
    return f"tasks/{work_id}/"


def sign_off(step_id: int) -> str:
    """One step that waits for a decision."""
    return f"signoffs/{step_id}/"


def my_program() -> str:
    """The trainee's home."""
    return "my/program/"


def relations(cohort_id: int, enrollment_id: int) -> str:
    """Who supports one trainee."""
    return f"cohorts/{cohort_id}/{enrollment_id}/relations/"


def cohort(cohort_id: int) -> str:
    """One cohort."""
    return f"cohorts/{cohort_id}/"


def check(work_id: int, check_id: int) -> str:
    """One check of one trainee."""
    return f"signoffs/checks/{work_id}/{check_id}/"


def checkpoint(work_id: int) -> str:
    """One quarterly checkpoint, for who notes on it."""
    return f"signoffs/checkpoints/{work_id}/"


def plan_point(point_id: int) -> str:
    """One point of a trainee's plan."""
    return f"points/{point_id}/"


def sponsoring() -> str:
    """The sponsor's page."""
    return "sponsoring/"


def cohort_budget(cohort_id: int) -> str:
    """What one cohort's sponsor was asked for."""
    return f"cohorts/{cohort_id}/budget/"


def hours(cohort_id: int, enrollment_id: int) -> str:
    """The hours of one trainee, week by week."""
    return f"cohorts/{cohort_id}/{enrollment_id}/hours/"
