"""The small test of a session: write it, open it before and after, answer it, or type scores in."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.actions.plan_session import locked
from effectiveness.models import Attendee, KnowledgeTest, TestResult, TrainingSession
from effectiveness.rules import knowledge
from effectiveness.vocabulary import TestPhase
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction


@transaction.atomic
def write(session: TrainingSession, *, questions: Sequence[knowledge.Question], pass_mark: int, by: Member) -> KnowledgeTest:
    """The questions and the pass mark. Once someone has answered, questions stay: before and after must ask the same.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "has_answers"; "number_of_questions".
    """
    session = locked(session, by=by)
    if questions and not knowledge.FEWEST <= len(questions) <= knowledge.MOST:
        refusal = _("Write 3 to 10 questions, or none at all where you type scores in.")
        raise ValidationError({"questions": ValidationError(refusal, code="number_of_questions")})
    test = KnowledgeTest.objects.select_for_update().filter(session=session).first() or KnowledgeTest(session=session)
    if test.questions != list(questions) and TestResult.objects.filter(attendee__session=session, by_link=True).exists():
        refusal = _("Someone has answered already. Before and after must ask the same, so the questions stay.")
        raise ValidationError({"questions": ValidationError(refusal, code="has_answers")})
    test.questions, test.pass_mark = list(questions), pass_mark
    if not questions:
        test.phase = ""
    test.save()
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    return test


@transaction.atomic
def open_phase(session: TrainingSession, phase: str, *, by: Member) -> KnowledgeTest:
    """Open the test before or after for answers by personal link; empty: neither. One at a time.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
        ValidationError: "no_questions".
    """
    session = locked(session, by=by)
    test = KnowledgeTest.objects.select_for_update().filter(session=session).first()
    if test is None or not test.questions:
        raise ValidationError(_("Write the questions first."), code="no_questions")
    test.phase = TestPhase(phase) if phase else ""
    test.save(update_fields=["phase"])
    record(AuditAction.SESSION_CHANGED, session, by=by, label=session.title)
    return test


def take(test: KnowledgeTest, attendee: Attendee, phase: str, chosen: Mapping[int, int]) -> None:
    """Keep one person's answers as a score. The first one of a phase stands, whatever is sent again.

    Raises:
        ValidationError: "closed", this phase takes no answers now.
    """
    if not phase or test.phase != phase:
        raise ValidationError(_("This test takes no answers now."), code="closed")
    score = knowledge.score(test.questions, chosen)
    TestResult.objects.bulk_create([TestResult(attendee=attendee, phase=phase, score=score, by_link=True)], ignore_conflicts=True)


@transaction.atomic
def type_in(session: TrainingSession, scores: Mapping[tuple[int, str], Decimal | None], *, by: Member) -> int:
    """Scores by (attendee, phase) as typed; None takes one back. What someone answered through their link stays as it is.

    Answers how many were changed.

    Raises:
        PermissionDenied, ValidationError: as `plan_session.locked`.
    """
    session = locked(session, by=by)
    here = set(session.attendees.values_list("pk", flat=True))
    found = TestResult.objects.select_for_update(of=["self"]).filter(attendee__session=session)
    standing = {(result.attendee_id, result.phase): result for result in found}
    new, changed, gone = [], [], []
    for (attendee, phase), score in scores.items():
        result = standing.get((attendee, phase))
        if attendee not in here or (result and result.by_link):
            continue
        if result is None:
            if score is not None:
                new.append(TestResult(attendee_id=attendee, phase=phase, score=score))
        elif score is None:
            gone.append(result.pk)
        elif result.score != score:
            result.score = score
            changed.append(result)
    TestResult.objects.bulk_create(new)
    TestResult.objects.bulk_update(changed, ["score"])
    if gone:
        TestResult.objects.filter(pk__in=gone).delete()
    if touched := len(new) + len(changed) + len(gone):
        record(AuditAction.TEST_RECORDED, session, by=by, label=session.title)
    return touched
