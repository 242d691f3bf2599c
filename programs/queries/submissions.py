"""Handed-in versions as people read them, and who may read which."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.models import StoredFile
from organizations.models import Member
from organizations.vocabulary import SubjectKind
from programs.models import Deliverable, SignOff, StepSigner, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.task_trail import Step, signer_answers, steps_of
from programs.rules.fields import parse


@dataclass(frozen=True)
class SubmissionPage:
    """One version with its answers, and those that signers gave."""

    submission: Submission
    answers: list[AnsweredField]
    steps: list[Step]
    others: list[int]  # numbers of the other versions that the person reads, newest first

    @property
    def newer_of_two(self) -> int:
        """This version beside an earlier one; the first beside the one after it."""
        return max(self.submission.number, min(self.others, default=0))


def readable(member: Member) -> QuerySet[Submission]:
    """Versions that a person reads: of deliverables they read, and those put before them to sign."""
    own = Deliverable.objects.visible_to(member).filter(pk=OuterRef("deliverable_id"))
    asked = StepSigner.objects.filter(step__submission=OuterRef("pk"), member=member)
    signed = SignOff.objects.filter(step__submission=OuterRef("pk"), by=member)
    return Submission.objects.filter(Exists(own) | Exists(asked) | Exists(signed))


def submission_page(pk: int, member: Member, currency: str) -> SubmissionPage:
    """One version; at most seven queries.

    Raises:
        Submission.DoesNotExist: there is none that this person reads.
    """
    submission = (
        readable(member)
        .select_related("deliverable__kind", "deliverable__work__task__module", "deliverable__work__enrollment__trainee", "author")
        .get(pk=pk)
    )
    steps = [step for step in steps_of(submission.deliverable_id) if step.version_id == submission.pk]
    definitions = parse(submission.deliverable.asked.fields)
    given = signer_answers(steps)
    lookups = look_up(definitions, submission.data, given, currency=currency)
    others = readable(member).filter(deliverable=submission.deliverable_id).exclude(pk=pk).order_by("-number")
    answers = answered(definitions, submission.data, lookups, given)
    return SubmissionPage(submission, answers, steps, list(others.values_list("number", flat=True)))


def submission_files(member: Member) -> QuerySet[StoredFile]:
    """Files of versions that a person reads."""
    return StoredFile.objects.filter(
        Q(uploaded_by=member) | Q(subject_kind=SubjectKind.SUBMISSION) & Exists(readable(member).filter(pk=OuterRef("subject_id")))
    )


def files_of(deliverable: Deliverable) -> QuerySet[StoredFile]:
    """Files that a form of this deliverable may name: those of its draft and of its versions."""
    versions = Submission.objects.filter(deliverable=deliverable).values("pk")
    draft = Q(subject_kind=SubjectKind.DELIVERABLE, subject_id=deliverable.pk)
    return StoredFile.objects.filter(draft | Q(subject_kind=SubjectKind.SUBMISSION, subject_id__in=versions))
