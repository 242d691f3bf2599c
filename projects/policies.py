"""Who may do what with a practice project."""

from organizations.models import Member
from programs.policies.running import may_run_cohort
from programs.queries.relations import Relations
from programs.vocabulary import Role
from projects.models import PracticeProject


def may_lead(member: Member, project: PracticeProject) -> bool:
    """Plan, measure, watch risks and call gates: the trainee, and nobody for them."""
    return project.is_led_by(member)


def may_answer_as_sponsor(member: Member, project: PracticeProject) -> bool:
    """Accept or decline: whoever is asked, in person."""
    return project.sponsor_id == member.pk


def may_be_sponsor(member: Member, relations: Relations) -> bool:
    """Sponsor a project: someone from outside the training team, who is neither trainee, mentor nor training manager here."""
    return member.is_active and not relations.roles_of(member.pk) & {Role.TRAINEE, Role.MENTOR, Role.TRAINING_MANAGER}


def may_close(member: Member, project: PracticeProject, relations: Relations) -> bool:
    """Close a project that lacks nothing: the trainee, the mentor, and who runs the cohort."""
    return may_lead(member, project) or relations.holds(member.pk, Role.MENTOR) or may_run_cohort(member, project.enrollment.cohort)
