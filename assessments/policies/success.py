"""Who sees the success factors of a cohort: who runs it, with the rows; its sponsor, the figures alone. The panel never does.

Source: content 8.
"""

from organizations.models import Member
from programs.models import Cohort
from programs.policies.running import may_run_cohort


def may_see_factors(member: Member, cohort: Cohort, *, is_on_panel: bool) -> bool:
    """The HR director, the cohort's manager and deputies, its sponsor; nobody who is on the review panel of one of its trainees."""
    return not is_on_panel and (may_see_rows(member, cohort) or cohort.sponsor_id == member.pk)


def may_see_rows(member: Member, cohort: Cohort) -> bool:
    """The rows behind the figures name people: who runs the cohort."""
    return may_run_cohort(member, cohort)
