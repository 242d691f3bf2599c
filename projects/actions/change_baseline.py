"""Change the baseline of a measure after the project was agreed on at G1: the trainee asks, the sponsor answers."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.queries.relations import relations_of
from projects import paths
from projects.actions.leading import led, locked
from projects.models import BaselineAnswer, BaselineRequest, Measure, PracticeProject
from projects.queries.reviewers import approver_of
from projects.vocabulary import Notice, ProjectState


@transaction.atomic
def ask(measure: Measure, value: Decimal, reason: str, *, by: Member, today: date) -> BaselineRequest:
    """Ask the sponsor for another baseline. Until they approve, the one that was agreed on counts.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "not_agreed", it can still be changed without asking; "waiting", one request has no answer yet;
            "no_sponsor"; by field "same", "reason_required".
    """
    project = led(measure.project_id, by)
    measure = Measure.objects.select_for_update(of=["self"]).get(pk=measure.pk)
    if project.state == ProjectState.PLANNING:
        raise ValidationError(_("Until G1 has passed you change the baseline yourself."), code="not_agreed")
    if BaselineRequest.objects.filter(measure=measure, answers__isnull=True).exists():
        raise ValidationError(_("Your last request still waits for the sponsor."), code="waiting")
    if not (project.sponsor_id and project.accepted_at):
        raise ValidationError(_("Your sponsor has not accepted yet, and only a sponsor approves this."), code="no_sponsor")
    if value == measure.baseline:
        raise ValidationError({"after": ValidationError(_("This is the baseline already."), code="same")})
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why: the sponsor decides on it."), code="reason_required")})
    made = BaselineRequest.objects.create(measure=measure, before=measure.baseline, after=value, reason=reason.strip(), by=by)
    _record(project, measure, by, {"baseline_asked": str(value), "reason": made.reason})
    words = {"measure": measure.name.data, "project": project.name, "by": by.name, "note": made.reason}
    path = paths.baseline(project.pk, measure.pk)
    notify(project.sponsor, Notice.BASELINE_ASKED, about=project, path=path, words=words, key=str(made.pk))
    return made


@transaction.atomic
def answer(request: BaselineRequest, approved: bool, note: str, *, by: Member, today: date) -> BaselineAnswer:
    """The sponsor, or who stands in for them, approves it, and it is the baseline from now on; or declines, with a reason.

    Raises:
        PermissionDenied: `by` is neither.
        ValidationError: "over"; "answered"; "reason_required", a no says why.
    """
    project = locked(request.measure.project_id)
    person = approver_of(project, by.pk, relations_of([project.enrollment], today)[project.enrollment_id])
    if person is None:
        raise PermissionDenied(_("The sponsor of this project approves another baseline."))
    if project.is_over:
        raise ValidationError(_("This project is over; it stays as it is."), code="over")
    if BaselineAnswer.objects.filter(request=request).exists():
        raise ValidationError(_("This has been answered already."), code="answered")
    if not approved and not note.strip():
        raise ValidationError({"note": ValidationError(_("Say why not: the trainee reads it."), code="reason_required")})
    instead_of = None if person == by.pk else person
    given = BaselineAnswer.objects.create(request=request, approved=approved, note=note.strip(), by=by, instead_of_id=instead_of)
    measure = Measure.objects.select_for_update(of=["self"]).get(pk=request.measure_id)
    if approved:
        measure.baseline = request.after
        measure.save(update_fields=["baseline"])
    _record(project, measure, by, {"baseline": str(request.after), "approved": approved, "note": given.note})
    words = {"measure": measure.name.data, "project": project.name, "by": by.name, "approved": approved, "note": given.note}
    path = paths.baseline(project.pk, measure.pk)
    notify(project.enrollment.trainee, Notice.BASELINE_ANSWERED, about=project, path=path, words=words, key=str(given.pk))
    return given


def _record(project: PracticeProject, measure: Measure, by: Member, after: dict) -> None:
    record(AuditAction.PROJECT_CHANGED, project, by=by, label=f"{project.name} · {measure}", after=after)
