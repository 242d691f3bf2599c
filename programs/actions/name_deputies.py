"""Name who stands in for a cohort manager."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Cohort, CohortDeputy
from programs.policies.reading import may_name_deputies


@transaction.atomic
def name_deputies(cohort: Cohort, members: Sequence[Member], *, by: Member) -> None:
    """From now on these people, and no others, have the manager's rights over this cohort.

    Raises:
        PermissionDenied: `by` is neither HR director nor this cohort's manager.
        ValidationError: "ended", someone is no member any more; "is_manager", the manager needs no rights of a deputy.
    """
    # Locked: two changes at once must not leave a deputy whom neither named.
    cohort = Cohort.objects.select_for_update(of=["self"]).get(pk=cohort.pk)
    if not may_name_deputies(by, cohort):
        raise PermissionDenied(_("Only the HR director and the cohort manager name deputies."))
    if any(not member.is_active for member in members):
        raise ValidationError(_("Some of these people do not belong to the organization any more."), code="ended")
    wanted = {member.pk: member for member in members}
    if cohort.manager_id in wanted:
        raise ValidationError(_("The cohort manager is not their own deputy."), code="is_manager")
    current = {deputy.member_id: deputy for deputy in CohortDeputy.objects.filter(cohort=cohort).select_related("member")}
    if current.keys() == wanted.keys():
        return
    CohortDeputy.objects.filter(cohort=cohort).exclude(member__in=wanted).delete()
    CohortDeputy.objects.bulk_create([CohortDeputy(cohort=cohort, member=member) for pk, member in wanted.items() if pk not in current])
    before = sorted(deputy.member.name for deputy in current.values())
    after = sorted(member.name for member in wanted.values())
    record(AuditAction.COHORT_CHANGED, cohort, by=by, before={"deputies": before}, after={"deputies": after})
