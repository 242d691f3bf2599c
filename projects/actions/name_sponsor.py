"""Ask someone from the business to sponsor a project, and answer such a question by name."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.change_relations import follow_relation
from programs.queries.relations import relations_of
from programs.vocabulary import Role
from projects import paths
from projects.actions.leading import led, locked
from projects.models import PracticeProject, SponsorAnswer
from projects.policies import may_answer_as_sponsor, may_be_sponsor
from projects.vocabulary import Notice


@transaction.atomic
def name_sponsor(project: PracticeProject, sponsor: Member, *, by: Member, today: date) -> PracticeProject:
    """Ask this person; until they accept, nobody speaks as sponsor at the gates.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "training_team", the sponsor comes from outside it.
    """
    project = led(project.pk, by)
    if project.sponsor_id == sponsor.pk:
        return project
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    if not may_be_sponsor(sponsor, relations):
        refusal = _("A sponsor comes from outside the training team. Name someone from the business who wants this problem solved.")
        raise ValidationError({"sponsor": ValidationError(refusal, code="training_team")})
    before, project.sponsor, project.accepted_at = project.sponsor, sponsor, None
    project.save(update_fields=["sponsor", "accepted_at"])
    record(
        AuditAction.PROJECT_CHANGED,
        project,
        by=by,
        label=project.name,
        before={"sponsor": before.name if before else ""},
        after={"sponsor": sponsor.name},
    )
    words = {"trainee": by.name, "project": project.name}
    notify(
        sponsor,
        Notice.SPONSOR_ASKED,
        about=project,
        path=paths.project(project.pk),
        words=words,
        key=f"{project.pk}:{clock.now().isoformat()}",
    )
    return project


@transaction.atomic
def answer(project: PracticeProject, accepted: bool, *, note: str = "", by: Member, today: date) -> SponsorAnswer:
    """Accept by name, or decline with a reason. Who accepts is the trainee's sponsor from then on, for every route as well.

    Raises:
        PermissionDenied: somebody else was asked.
        ValidationError: "over"; "already_accepted"; "reason_required", where one declines.
    """
    project = locked(project.pk)
    if not may_answer_as_sponsor(by, project):
        raise PermissionDenied(_("Only the person who was asked to sponsor this project answers."))
    if project.is_over:
        raise ValidationError(_("This project is over; it stays as it is."), code="over")
    if project.accepted_at:
        raise ValidationError(_("You have accepted already."), code="already_accepted")
    if not accepted and not note.strip():
        raise ValidationError(
            {"note": ValidationError(_("Say why, so that the trainee can look for someone else."), code="reason_required")}
        )
    given = SponsorAnswer.objects.create(project=project, member=by, accepted=accepted, note=note.strip())
    if accepted:
        project.accepted_at = clock.now()
        follow_relation(project.enrollment, Role.SPONSOR, [by], by=by, today=today)
        record(AuditAction.SPONSOR_ACCEPTED, project, by=by, label=project.name, after={"sponsor": by.name, "note": given.note})
    else:
        project.sponsor = None
        record(
            AuditAction.PROJECT_CHANGED,
            project,
            by=by,
            label=project.name,
            before={"sponsor": by.name},
            after={"sponsor": "", "note": given.note},
        )
    project.save(update_fields=["sponsor", "accepted_at"])
    words = {"by": by.name, "project": project.name, "note": given.note, "accepted": accepted}
    trainee = project.enrollment.trainee
    notify(trainee, Notice.SPONSOR_ANSWERED, about=project, path=paths.project(project.pk), words=words, key=str(given.pk))
    return given
