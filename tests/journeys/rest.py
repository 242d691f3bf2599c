"""The repetitive rest of a phase, through the actions: whatever is open is done, handed in and signed by whose turn it is."""

from datetime import date

from django.core.files.base import ContentFile

from documents.actions import store_file
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.actions import sign_off
from programs.actions.answer_checkpoint import answer_checkpoint
from programs.actions.complete_activity import complete
from programs.actions.note_checkpoint import note_checkpoint
from programs.actions.record_check import record_check
from programs.actions.submit_work import submit
from programs.models import Deliverable, Enrollment, SignOffStep, StepSigner, Submission, TaskWork
from programs.queries.checkpoint_state import noters_of
from programs.rules.fields import fields_by, parse
from programs.vocabulary import Outcome, StepKind, StepState, TaskState
from tests.cast import Cast
from tests.factories.answers import make_answers

OPEN = (TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.RETURNED)
SLIDES = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def finish(cast: Cast, enrollment: Enrollment, phase: str, today: date, *, but: tuple[str, ...] = ()) -> None:
    """Bring all tasks of the phase to their end, round after round as they unlock; all `but` those of these keys."""
    while works := _open(enrollment, phase, but):
        for work in works:
            _finish(cast, work, today)


def _open(enrollment: Enrollment, phase: str, but: tuple[str, ...]) -> list[TaskWork]:
    found = TaskWork.objects.filter(enrollment=enrollment, task__phase__key=phase, state__in=OPEN).exclude(task__key__in=but)
    return list(found.select_related("task", "enrollment__trainee").order_by("task__position"))


def _finish(cast: Cast, work: TaskWork, today: date) -> None:
    deliverables = list(Deliverable.objects.filter(work=work).select_related("kind").order_by("pk"))
    checks = list(work.task.checks.all())
    if work.task.is_checkpoint:
        answer = answer_checkpoint(work, {each["key"]: "要点与例子" for each in work.task.questions}, by=cast.trainee, today=today)
        for by in noters_of(work):
            note_checkpoint(answer, "看过了，例子具体。", acknowledged=True, by=Member.objects.get(pk=by), today=today)
    elif not deliverables and not checks:
        complete(work, "做完了，最意外的是数据口径各不相同，下次先对口径。", by=cast.trainee, today=today)
    for check in checks:
        answers = {item["key"]: True for item in check.items}
        record_check(work, check, answers, by=_known(cast, check.by[0]), today=today)
    for deliverable in deliverables:
        submission = hand_in(cast, deliverable, today)
        while step := ready(submission):
            approve(step, signer(cast, step), today)


def hand_in(cast: Cast, deliverable: Deliverable, today: date) -> Submission:
    """Its author hands in good answers."""
    author = _known(cast, deliverable.kind.author)
    people = [cast.people[part].pk for part in ("line_manager", "business_head", "training_manager", "sponsor", "hrbp")]
    stored = store_file.store(ContentFile(SLIDES, "材料.pdf"), about=deliverable, by=author)
    file = {"id": stored.pk, "name": stored.name, "hash": stored.sha256}
    answers = make_answers(deliverable.asked.fields, people=people, file=file, today=today, turn=deliverable.number)
    return submit(deliverable, answers, by=author, today=today)


def ready(submission: Submission) -> SignOffStep | None:
    """The step whose turn it is."""
    return SignOffStep.objects.select_related("submission__deliverable__kind").filter(submission=submission, state=StepState.READY).first()


def signer(cast: Cast, step: SignOffStep) -> Member:
    """Someone who may take the step; a role of the organization has no row of its own."""
    named = StepSigner.objects.filter(step=step).select_related("member").order_by("pk").first()
    return named.member if named else _known(cast, step.roles[0])


def approve(step: SignOffStep, by: Member, today: date) -> None:
    """Take the step with a yes, good scores and whatever the form asks of the signer."""
    kind = step.submission.deliverable.kind
    asked = {role: fields_by(parse(kind.fields), role) for role in step.roles}
    answers = {key: value for role in asked if asked[role] for key, value in make_answers(kind.fields, today=today, by=role).items()}
    outcome = Outcome.AGREED if step.kind == StepKind.AGREE else Outcome.APPROVED
    scores = {criterion["key"]: 3 for criterion in kind.rubric} if step.scores else {}
    sign_off.decide(step, outcome, content_hash=step.submission.content_hash, by=by, today=today, scores=scores, answers=answers)


def _known(cast: Cast, role: str) -> Member:
    return cast.director if role == OrganizationRole.HR_DIRECTOR else cast.people[role]
