"""Who may do what in running cohorts and programmes."""

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, Deliverable, Enrollment, SupportRole
from programs.queries.relations import Relations
from programs.vocabulary import Role


def may_open_cohorts(member: Member) -> bool:
    """Open cohorts and name who runs them: the HR director."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def may_run_cohort(member: Member, cohort: Cohort) -> bool:
    """Enroll, invite, move dates, change relations: the HR director, and this cohort's manager and deputies."""
    if member.has_role(OrganizationRole.HR_DIRECTOR) or cohort.manager_id == member.pk:
        return True
    return any(deputy.member_id == member.pk for deputy in cohort.deputies.all())


def may_waive(member: Member) -> bool:
    """Let a trainee off a task: the HR director alone."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def may_write(member: Member, deliverable: Deliverable, relations: Relations) -> bool:
    """Draft and hand in: the author by the template, the trainee save where it names another (D4: the line manager)."""
    author = deliverable.kind.author
    return member.pk == relations.trainee if author == Role.TRAINEE else relations.holds(member.pk, author)


def may_confirm_hours(member: Member, enrollment: Enrollment) -> bool:
    """Confirm the hours that a trainee has noted: their line manager, who releases them."""
    held = SupportRole.objects.filter(enrollment=enrollment, member=member, role=Role.LINE_MANAGER, ended_at=None)
    return member.pk != enrollment.trainee_id and held.exists()


def may_see_all_work(member: Member) -> bool:
    """Whether the person reads every trainee's work."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def may_comment(member: Member, relations: Relations) -> bool:
    """Comment on a deliverable: the trainee, all who support them, who runs the cohort, and the HR director."""
    return bool(relations.roles_of(member.pk) - {Role.SPONSOR})
