"""Quarterly checkpoints that wait for one person's note, as rows of the sign-off queue."""

from datetime import date

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from programs.models import CheckpointAnswer, CheckpointNote, SupportRole
from programs.queries.stood_in_for import stood_in_for
from programs.rules.checkpoint import NOTERS
from programs.rules.task_states import WITH_SIGNER
from programs.vocabulary import EnrollmentState, Recurrence, Role

CHECKPOINT = "checkpoint"
WORK = "enrollment__work__"


def awaited_notes() -> QuerySet:
    """Relations in which somebody owes a note, with the `answer` it is owed to. After completion quarters go on."""
    newest = CheckpointAnswer.objects.filter(work=OuterRef(f"{WORK}pk")).order_by("-number")
    noted = CheckpointNote.objects.filter(answer=OuterRef("answer"), role=OuterRef("role"))
    return (
        SupportRole.objects.filter(
            Q(role=Role.MENTOR) | Q(**{f"{WORK}task__responsible__contains": [F("role")]}),
            role__in=NOTERS,
            ended_at__isnull=True,
            enrollment__state__in=[EnrollmentState.ACTIVE, EnrollmentState.COMPLETED],
            **{f"{WORK}state__in": WITH_SIGNER, f"{WORK}task__recurrence": Recurrence.QUARTERLY},
        )
        .annotate(answer=Subquery(newest.values("pk")[:1]), handed_in_at=Subquery(newest.values("at")[:1]))
        .filter(~Exists(noted), answer__isnull=False)
    )


def waiting_checkpoints(member: int, today: date) -> QuerySet:
    """Those of this person, their own or of someone absent."""
    return awaited_notes().filter(Q(member=member) | (Q(member__in=stood_in_for(member, today)) & ~Q(enrollment__trainee=member)))


def counted_checkpoints(member: int, today: date) -> QuerySet:
    """The same as two numbers each, for the length of the queue."""
    return waiting_checkpoints(member, today).annotate(row_check_id=Value(-1, IntegerField())).values_list(f"{WORK}pk", "row_check_id")


def listed_checkpoints(member: int, today: date, columns: tuple[str, ...]) -> QuerySet:
    """The same as rows of the queue, waiting since they were handed in."""
    facts = JSONObject(
        key=F(f"{WORK}task__key"),
        stored_name=F(f"{WORK}task__name"),
        trainee_id=F("enrollment__trainee_id"),
        trainee=F("enrollment__trainee__name"),
        number=F(f"{WORK}occurrence"),
    )
    return (
        waiting_checkpoints(member, today)
        .annotate(
            row_kind=Value(CHECKPOINT, CharField()),
            row_pk=F(f"{WORK}pk"),
            row_check_id=Value(0, IntegerField()),
            row_since=F("handed_in_at"),
            row_due_on=F(f"{WORK}due_on"),
            row_is_bulk=Q(pk__isnull=True),
            row_facts=facts,
        )
        .values_list(*columns)
    )
