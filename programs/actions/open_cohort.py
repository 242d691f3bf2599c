"""Open a cohort on a published version, and change who runs it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Cohort, TemplateVersion
from programs.policies.running import may_open_cohorts
from programs.rules.version_states import takes_cohorts


@transaction.atomic
def open_cohort(
    version: TemplateVersion,
    *,
    name: str,
    start_on: date,
    calendar: str,
    manager: Member | None = None,
    sponsor: Member | None = None,
    by: Member,
) -> Cohort:
    """A new cohort without trainees.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "not_published"; "cohort_name_once", another cohort has this name.
    """
    if not may_open_cohorts(by):
        raise PermissionDenied(_("Only the HR director opens cohorts."))
    if not takes_cohorts(version.state):
        raise ValidationError(_("Choose a published version."), code="not_published")
    cohort = Cohort(version=version, name=name, start_on=start_on, calendar=calendar, manager=manager, sponsor=sponsor, opened_by=by)
    if Cohort.objects.filter(name=name).exists():
        raise ValidationError({"name": ValidationError(_("Another cohort has this name."), code="cohort_name_once")})
    cohort.save()
    record(
        AuditAction.COHORT_OPENED,
        cohort,
        by=by,
        after={
            "name": name,
            "start_on": start_on,
            "version": version.pk,
            "manager": manager and manager.name,
            "sponsor": sponsor and sponsor.name,
        },
    )
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, *, manager: Member | None, sponsor: Member | None, name: str, by: Member) -> Cohort:
    """Another name, manager or sponsor. Start day and version stay: dates already promised hang on them.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "cohort_name_once".
    """
    if not may_open_cohorts(by):
        raise PermissionDenied(_("Only the HR director changes who runs a cohort."))
    if Cohort.objects.filter(name=name).exclude(pk=cohort.pk).exists():
        raise ValidationError({"name": ValidationError(_("Another cohort has this name."), code="cohort_name_once")})
    before = {"name": cohort.name, "manager": cohort.manager and cohort.manager.name, "sponsor": cohort.sponsor and cohort.sponsor.name}
    cohort.name, cohort.manager, cohort.sponsor = name, manager, sponsor
    cohort.save(update_fields=["name", "manager", "sponsor"])
    after = {"name": name, "manager": manager and manager.name, "sponsor": sponsor and sponsor.name}
    record(AuditAction.COHORT_CHANGED, cohort, by=by, before=before, after=after)
    return cohort
