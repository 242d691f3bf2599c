"""Who reads what is put before them to sign, and who sees which cohort."""

from collections.abc import Sequence

from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, Deliverable, SignOffStep
from programs.policies.running import may_run_cohort
from programs.queries.relations import Relations


def may_read_step(member: Member, deliverable: Deliverable, steps: Sequence[SignOffStep], relations: Relations) -> bool:
    """Read one version on its way: whoever reads the deliverable, and those to whom a step of it was handed, in person or
    as a stand-in. They go on reading it when another was faster.

    `steps` are all steps of the version.
    """
    persons = {member.pk, *relations.absent.get(member.pk, frozenset())}
    handed = [step for step in steps if step.ready_at is not None]
    if any(step.person_id in persons or any(relations.holds(person, role) for person in persons for role in step.roles) for step in handed):
        return True
    return Deliverable.objects.visible_to(member).filter(pk=deliverable.pk).exists()


def may_see_cohort(member: Member, cohort: Cohort) -> bool:
    """See a cohort's figures: who runs it, and its sponsor. Names and dates are for who runs it alone."""
    return may_run_cohort(member, cohort) or cohort.sponsor_id == member.pk


def may_name_deputies(member: Member, cohort: Cohort) -> bool:
    """Name who stands in for the cohort manager: the HR director and the manager; a deputy names no further ones."""
    return member.has_role(OrganizationRole.HR_DIRECTOR) or cohort.manager_id == member.pk
