"""Note the hours of a week, and confirm them."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.models import Enrollment, SupportRole, WeekHours
from programs.policies.running import may_confirm_hours
from programs.rules.week_hours import MOST_HOURS, weeks_to_note
from programs.vocabulary import EnrollmentState, Notice, Role


@transaction.atomic
def note(enrollment: Enrollment, week_on: date, hours: Decimal, practice_hours: Decimal, *, by: Member, today: date) -> WeekHours:
    """The trainee says how many hours the week left for the programme, and how many of them went into the project.

    Said again it is corrected, until it is confirmed. The line managers are told, once a month.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "not_running"; "confirmed" already; by field "unknown_week", "out_of_range", "more_than_all".
    """
    # Locked: a correction and a confirmation at the same moment must not pass each other.
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("trainee").get(pk=enrollment.pk)
    if enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee notes their hours."))
    if enrollment.state != EnrollmentState.ACTIVE:
        raise ValidationError(_("Hours are noted while the program runs."), code="not_running")
    wrong = {}
    if week_on not in weeks_to_note(enrollment.start_on, today):
        wrong["week_on"] = ValidationError(_("Choose this week or one of the four before it."), code="unknown_week")
    if not 0 <= hours <= MOST_HOURS:
        wrong["hours"] = ValidationError(_("A week has 0 to 60 hours here."), code="out_of_range")
    elif not 0 <= practice_hours <= hours:
        wrong["practice_hours"] = ValidationError(_("These are part of the hours above: not more than they."), code="more_than_all")
    if wrong:
        raise ValidationError(wrong)
    kept = WeekHours.objects.filter(enrollment=enrollment, week_on=week_on).first() or WeekHours(enrollment=enrollment, week_on=week_on)
    if kept.confirmed_at is not None:
        raise ValidationError(_("This week is confirmed and stays."), code="confirmed")
    kept.hours, kept.practice_hours, kept.noted_at = hours, practice_hours, clock.now()
    kept.save()
    managers = SupportRole.objects.filter(enrollment=enrollment, role=Role.LINE_MANAGER, ended_at=None).select_related("member")
    path = paths.hours(enrollment.cohort_id, enrollment.pk)
    for one in managers:
        words, key = {"trainee": enrollment.trainee.name}, f"{enrollment.pk}:{today:%Y-%m}"
        notify(one.member, Notice.HOURS_TO_CONFIRM, about=enrollment, path=path, words=words, key=key)
    return kept


@transaction.atomic
def confirm(week: WeekHours, hours: Decimal, practice_hours: Decimal, *, by: Member) -> WeekHours:
    """The line manager confirms a week as they read it.

    Raises:
        PermissionDenied: `by` is not the trainee's line manager.
        ValidationError: "confirmed" already; "changed", the trainee has corrected it meanwhile.
    """
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("trainee").get(pk=week.enrollment_id)
    if not may_confirm_hours(by, enrollment):
        raise PermissionDenied(_("Only the trainee's line manager confirms their hours."))
    week = WeekHours.objects.get(pk=week.pk)
    if week.confirmed_at is not None:
        raise ValidationError(_("This week has already been confirmed."), code="confirmed")
    if (week.hours, week.practice_hours) != (hours, practice_hours):
        raise ValidationError(_("The trainee has corrected this week meanwhile. Look again, then confirm."), code="changed")
    week.confirmed_by, week.confirmed_at = by, clock.now()
    week.save(update_fields=["confirmed_by", "confirmed_at"])
    after = {"week_on": week.week_on, "hours": hours, "practice_hours": practice_hours}
    record(AuditAction.FIGURES_CONFIRMED, enrollment, by=by, label=enrollment.trainee.name, after=after)
    return week
