"""Who may do what between mentor and trainee."""

from mentorship.models import Pairing
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort
from programs.policies.running import may_run_cohort
from programs.vocabulary import Role


def side_of(member: Member, pairing: Pairing) -> str:
    """Which of the two the person is: Role.MENTOR, Role.TRAINEE, or nothing."""
    if member.pk == pairing.mentor_id:
        return Role.MENTOR
    return Role.TRAINEE if member.pk == pairing.enrollment.trainee_id else ""


def may_read_talks(member: Member, pairing: Pairing) -> bool:
    """Read agendas, shared notes and action items: the two alone, also once the pairing is over."""
    return bool(side_of(member, pairing))


def may_meet(member: Member, pairing: Pairing) -> bool:
    """Write the agreement, plan and hold meetings: the two. Whether the pairing is active the action asks."""
    return bool(side_of(member, pairing))


def may_propose(member: Member, cohort: Cohort) -> bool:
    """Propose a mentor to a trainee, take a proposal back, see who carries how much: who runs the cohort."""
    return may_run_cohort(member, cohort)


def may_answer(member: Member, pairing: Pairing) -> bool:
    """Say yes or no to a proposal: each of the two, for themselves."""
    return bool(side_of(member, pairing))


def may_end(member: Member, pairing: Pairing) -> bool:
    """End, pause and resume: either of the two, without fault, and who runs the cohort. Source: agreement, term."""
    return bool(side_of(member, pairing)) or may_run_cohort(member, pairing.enrollment.cohort)


def may_approve_mentors(member: Member) -> bool:
    """Nominate mentors and approve those who offer themselves: the HR director."""
    return member.has_role(OrganizationRole.HR_DIRECTOR)


def may_write_profile(member: Member, mentor: Member) -> bool:
    """Write a mentor's profile: the mentor and the HR director."""
    return member.pk == mentor.pk or may_approve_mentors(member)
