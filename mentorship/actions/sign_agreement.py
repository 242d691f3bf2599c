"""Sign the mentoring agreement; signed by both it passes check C3, and phase 1 goes on by itself."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import active, label, names
from mentorship.models import Agreement, AgreementSignature, Meeting, Pairing
from mentorship.policies import side_of
from mentorship.rules.agreement import MEETINGS_BOOKED
from mentorship.vocabulary import MeetingState, Notice
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.record_check import record_check
from programs.models import CheckDefinition, TaskWork
from programs.rules.task_states import FINISHED
from programs.vocabulary import Role, TaskState

CHECK = "C3"  # Source: programme map, 1.4: mentoring agreement and meeting rhythm


@transaction.atomic
def sign(pairing: Pairing, content_hash: str, *, by: Member, today: date) -> AgreementSignature:
    """One of the two signs the newest version, of which they have read exactly this content.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_active"; "nothing_to_sign"; "other_content", it has changed since it was read; "already_signed";
            "two_meetings", the next two meetings are not in the calendar yet.
    """
    pairing = active(pairing, by)
    agreement = pairing.agreements.order_by("-number").first()
    if agreement is None:
        raise ValidationError(_("There is nothing to sign yet. Write the agreement first."), code="nothing_to_sign")
    if agreement.content_hash != content_hash:
        raise ValidationError(
            _("The agreement has changed since you read it. Read version %(number)s, then sign."),
            code="other_content",
            params={"number": agreement.number},
        )
    signed = {signature.role: signature for signature in agreement.signatures.all()}
    side = side_of(by, pairing)
    if side in signed:
        raise ValidationError(_("You have already signed this version."), code="already_signed")
    booked = Meeting.objects.filter(pairing=pairing, state=MeetingState.PLANNED, starts_at__gt=clock.now()).count()
    if booked < MEETINGS_BOOKED:
        raise ValidationError(_("Book your next two meetings first: the agreement is about them."), code="two_meetings")
    signature = AgreementSignature.objects.create(agreement=agreement, member=by, role=side, content_hash=content_hash)
    record(AuditAction.AGREEMENT_SIGNED, agreement, by=by, label=label(pairing), after={"number": agreement.number})
    if len(signed) + 1 == len((Role.TRAINEE, Role.MENTOR)):
        _inform(pairing, agreement)
        pass_check(pairing, today)
    return signature


def pass_check(pairing: Pairing, today: date) -> bool:
    """Answer every item of C3 with yes, as each of the two whom the template names, once the task is open; False where it is
    locked still (the sweep comes back to it), finished, or the template has no such check.

    What the items ask is so by then: focus points are written, both have signed, superior and cohort manager are told, and
    two meetings stand in the calendar.
    """
    version = pairing.enrollment.cohort.version_id
    definition = CheckDefinition.objects.filter(version=version, key=CHECK).first()
    work = definition and TaskWork.objects.filter(enrollment=pairing.enrollment_id, task=definition.task_id, occurrence=1).first()
    if not work:
        return False
    every_item = {item["key"]: True for item in definition.items}
    answered = False
    for role, member in ((Role.TRAINEE, pairing.enrollment.trainee), (Role.MENTOR, pairing.mentor)):
        work.refresh_from_db(fields=["state"])
        if role not in definition.by or work.state == TaskState.LOCKED or work.state in FINISHED:
            continue
        record_check(work, definition, every_item, by=member, today=today)
        answered = True
    return answered


def _inform(pairing: Pairing, agreement: Agreement) -> None:
    """Line manager and cohort manager know of it. Source: agreement, parties."""
    supports = Member.objects.active().filter(
        supports__enrollment=pairing.enrollment, supports__role=Role.LINE_MANAGER, supports__ended_at__isnull=True
    )
    manager = pairing.enrollment.cohort.manager
    for member in {member.pk: member for member in (*supports, manager) if member}.values():
        notify(
            member,
            Notice.AGREEMENT_SIGNED,
            about=agreement,
            path=paths.agreement(pairing.pk),
            words=names(pairing) | {"days": agreement.every_days, "minutes": agreement.minutes},
            key=f"agreement:{agreement.pk}",
        )
