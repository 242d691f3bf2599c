"""A point of a plan: the trainee says what shows that it is done, its signer that it is."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs import paths
from programs.actions.mark_settled import mark_settled
from programs.models import PlanPoint
from programs.queries.plan_point import signers_of_point
from programs.queries.relations import relations_of
from programs.vocabulary import Notice

LONGEST = 2000


@transaction.atomic
def show(point: PlanPoint, words: str, *, by: Member, today: date) -> PlanPoint:
    """Say what shows that it is done; until it is signed off this may be said anew. Its signers are told.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "ended", "already_settled"; "empty"; "too_long".
    """
    point = _locked(point)
    if point.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee says what shows it."))
    if point.settled_at:
        raise ValidationError(_("This is settled already."), code="already_settled")
    words = words.strip()
    if not words:
        raise ValidationError({"shown": ValidationError(_("Say what shows it, and where it is."), code="empty")})
    if len(words) > LONGEST:
        text = _("At most %(limit)s characters.")
        raise ValidationError({"shown": ValidationError(text, code="too_long", params={"limit": LONGEST})})
    point.shown, point.shown_at = words, clock.now()
    point.save(update_fields=["shown", "shown_at"])
    signers = signers_of_point(point, relations_of([point.enrollment], today)[point.enrollment_id])
    parts = {"trainee": by.name, "point": point.what, "note": words}
    for one in Member.objects.active().filter(pk__in=signers):
        key = f"{point.pk}:{point.shown_at.isoformat()}"
        notify(one, Notice.POINT_SHOWN, about=point.enrollment, path=paths.plan_point(point.pk), words=parts, key=key)
    return point


@transaction.atomic
def settle(point: PlanPoint, note: str, *, by: Member, today: date) -> PlanPoint:
    """Its signer, or who stands in for them, has seen that it is done, and says by what.

    Raises:
        PermissionDenied: `by` does not sign it off.
        ValidationError: "ended", "already_settled"; "reason_required".
    """
    point = _locked(point)
    relations = relations_of([point.enrollment], today)[point.enrollment_id]
    person = relations.acts_as(by.pk, signers_of_point(point, relations), point.enrollment.trainee_id)
    if person is None:
        raise PermissionDenied(_("Whom the plan names signs this point off, else the mentor; nobody their own."))
    mark_settled(point, note, by=by, acts_as=person)
    trainee = point.enrollment.trainee
    record(AuditAction.PLAN_POINT_SETTLED, point.enrollment, by=by, label=trainee.name, after={"point": point.what, "note": point.note})
    words = {"point": point.what, "by": by.name, "note": point.note}
    notify(trainee, Notice.POINT_SETTLED, about=point.enrollment, path=paths.plan_point(point.pk), words=words, key=str(point.pk))
    return point


def _locked(point: PlanPoint) -> PlanPoint:
    loaded = PlanPoint.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee", "signer")
    found = loaded.get(pk=point.pk)
    if found.ended_at:
        raise ValidationError(_("A later decision took the place of this plan."), code="ended")
    return found
