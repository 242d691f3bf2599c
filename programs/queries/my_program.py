"""The trainee's home: where one stands, what is next, what others said, how the three pillars grow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from organizations.localized import read
from organizations.models import Member
from organizations.prepared import Prepared
from programs import paths
from programs.models import Comment, Enrollment, PlanPoint, SignOff, StepSigner, Submission, SupportRole
from programs.queries.my_program_parts import Feedback, Goal, MyProgram, PlanCard, ToDo, Work
from programs.queries.my_tasks import my_tasks
from programs.queries.task_trail import role_words
from programs.queries.waits import elsewhere, kinds_elsewhere
from programs.rules.task_states import WITH_TRAINEE
from programs.vocabulary import Outcome, Role, StepState, TaskState

MOST_TO_DO = 6
MOST_ASKED = 20
MOST_FEEDBACK = 3
NOTES_READ = 40  # enough for the last word on everything that can be returned at once


def my_program(enrollment: Enrollment, member: Member, today: date) -> MyProgram:
    """The home of one's own programme; six queries."""
    program = my_tasks(enrollment, today)
    notes = NOTES.rows(enrollment.pk, member.pk)
    return replace(
        program,
        to_do=_to_do(
            [work for work in program.works if work.is_checkpoint or not program.is_completed],
            notes,
            beside_tasks(enrollment, member, today),
        ),
        feedback=_feedback(notes, COMMENTS.rows(enrollment.pk, member.pk)),
        plan=_plan(enrollment),
    )


def _notes(enrollment: int, member: int) -> QuerySet:
    """What was written with decisions on one's work, newest first."""
    deliverable = "step__submission__deliverable__"
    return (
        SignOff.objects.filter(step__submission__deliverable__work__enrollment=enrollment)
        .exclude(by=member)
        .exclude(note="")
        .annotate(work_id=F(f"{deliverable}work_id"), code=F(f"{deliverable}kind__key"), about=F(f"{deliverable}kind__name"))
        .order_by("-at")
        .values_list("by__name", "role", "at", "work_id", "code", "about", "note", "outcome", named=True)[:NOTES_READ]
    )


def _comments(enrollment: int, member: int) -> QuerySet:
    """What others said beside decisions, newest first; the role is the first that the author holds."""
    roles = SupportRole.objects.filter(enrollment=enrollment, member=OuterRef("author_id"), ended_at__isnull=True).order_by("pk")
    return (
        Comment.objects.filter(deliverable__work__enrollment=enrollment)
        .exclude(author=member)
        .annotate(role=Subquery(roles.values("role")[:1]))
        .order_by("-at")
        .values_list("author__name", "role", "at", "deliverable__work_id", "deliverable__kind__key", "deliverable__kind__name", "body")
    )[:MOST_FEEDBACK]


def _beside_tasks(member: int, enrollment: int) -> QuerySet:
    """What is to be done beside tasks. One's own signature: a role description to agree to, an interview one gave; what a
    decision's plan holds, until one has said what shows it; and what other apps ask of one."""
    ROW = ("row_why", "row_pk", "row_due_on", "row_code", "row_name", "row_by")
    deliverable = "step__submission__deliverable__"
    signatures = StepSigner.objects.filter(member=member, step__state=StepState.READY).annotate(
        row_why=Value("sign", CharField()),
        row_pk=F("step_id"),
        row_due_on=F("step__due_on"),
        row_code=F(f"{deliverable}kind__key"),
        row_name=Cast(F(f"{deliverable}kind__name"), TextField()),
        row_by=F("step__submission__author__name"),
    )
    points = (
        PlanPoint.objects.running()
        .filter(enrollment=enrollment, shown_at__isnull=True)
        .annotate(
            row_why=Value("point", CharField()),
            row_pk=F("pk"),
            row_due_on=F("due_on"),
            row_code=Value("", CharField()),
            row_name=Cast(F("what"), TextField()),
            row_by=F("set_by__name"),
        )
    )
    asked = [
        wait.rows.filter(waits_for=member).annotate(
            row_why=Value(wait.kind.value, CharField()),
            row_pk=F("waits_of"),
            row_due_on=F("waits_due_on"),
            row_code=Value("", CharField()),
            row_name=Value("", TextField()),
            row_by=F("waits_trainee"),
        )
        for wait in elsewhere()
    ]
    others = (points.values_list(*ROW), *(rows.values_list(*ROW)[:MOST_ASKED] for rows in asked))
    return signatures.values_list(*ROW).union(*others, all=True).order_by("row_due_on", "row_pk")


def _newest_plan(enrollment: int) -> QuerySet:
    return (
        Submission.objects.filter(deliverable__work__enrollment=enrollment, deliverable__kind__layout="idp")
        .order_by("-number")
        .values_list("number", "data", "deliverable__state")[:1]
    )


NOTES, COMMENTS, BESIDE_TASKS = Prepared(_notes, int, int), Prepared(_comments, int, int), Prepared(_beside_tasks, int, int)
NEWEST_PLAN = Prepared(_newest_plan, int)


def beside_tasks(enrollment: Enrollment, member: Member, today: date) -> list[ToDo]:
    """What waits for one's signature or answer, and the open points of one's plan; one query."""
    found = []
    for why, pk, due_on, code, name, by in BESIDE_TASKS.rows(member.pk, enrollment.pk):
        late = bool(due_on and due_on < today)
        if why == "sign":
            found.append(ToDo("sign", code, read(name), due_on, "submitted", paths.sign_off(pk), by=by))
        elif why == "point":
            found.append(ToDo("point", "", name, due_on, TaskState.OPEN, paths.plan_point(pk), by=by, is_overdue=late))
        else:
            wait = kinds_elsewhere()[why]
            about = "" if by == member.name else by
            found.append(ToDo("asked", "", str(wait.kind.label), due_on, TaskState.OPEN, wait.path(pk), by=about, is_overdue=late))
    return found


def _to_do(works: Sequence[Work], notes: Sequence, beside: list[ToDo]) -> list[ToDo]:
    """Returned work first, then what is overdue, what waits for one's signature or answer, and the rest by date."""
    returned = {}
    for note in notes:
        if note.outcome == Outcome.RETURNED:
            returned.setdefault(note.work_id, note)
    found = list(beside)
    for work in works:
        if work.state not in WITH_TRAINEE:
            continue
        why = "returned" if work.state == TaskState.RETURNED else "overdue" if work.is_overdue else str(work.state)
        note = returned.get(work.pk)
        facts = {"by": note.by__name, "words": note.note} if note and why == "returned" else {}
        found.append(
            ToDo(why, work.code, work.name, work.due_on, work.state, paths.task(work.pk), work, is_overdue=work.is_overdue, **facts)
        )
    return sorted(found, key=_urgency)


def _urgency(one: ToDo) -> tuple[int, date]:
    if one.why == "returned":
        return 0, one.due_on or date.max
    waits = one.why == "sign" or one.due_on is None
    return (1 if one.is_overdue else 2 if waits else 3), one.due_on or date.max


def _feedback(notes: Sequence, comments: Sequence[tuple]) -> list[Feedback]:
    found = [
        Feedback(note.by__name, str(Role(note.role).label), note.at, note.work_id, note.code, str(note.about), note.note)
        for note in notes[:MOST_FEEDBACK]
    ]
    found += [
        Feedback(by, role_words([role]) if role else "", at, work_id, code, str(about), words)
        for by, role, at, work_id, code, about, words in comments
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST_FEEDBACK]


def _plan(enrollment: Enrollment) -> PlanCard | None:
    newest = NEWEST_PLAN.first(enrollment.pk)
    if newest is None:
        return None
    number, data, state = newest
    goals = [
        Goal(row["goal"], date.fromisoformat(row["due"]) if row.get("due") else None)
        for row in data.get("goals", [])
        if isinstance(row, dict) and row.get("goal")
    ]
    return PlanCard(number, state, goals)
