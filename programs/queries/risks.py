"""Who is at risk and why: the facts as parts of other questions, and the reasons in words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.localized import any_of
from organizations.prepared import among_found
from programs.models import Deliverable, Enrollment, SignOffStep, StepSigner, Submission, SupportRole, TaskWork
from programs.queries.my_trainees import is_late
from programs.rules.risk import Risk, RiskFacts, RiskKind
from programs.vocabulary import DeliverableState, EnrollmentState, Role, StepState


def risk_facts(today: date) -> JSONObject:
    """What `read_facts` reads, as a column of enrollments: for a few of them."""
    returned = _returned().filter(work__enrollment=OuterRef("pk")).order_by("changed_at", "pk")
    of_trainee = {"submission__deliverable__work__enrollment": OuterRef("pk"), "submission__deliverable__kind__private": False}
    waiting = _waiting().filter(**of_trainee).order_by("due_on", "pk")
    return own_facts(
        today,
        returned=Subquery(returned.values(found=JSONObject(at=F("changed_at"), key=F("kind__key")))[:1]),
        waits=Subquery(waiting.values(found=_step("submission__deliverable__kind__key"))[:1]),
    )


def own_facts(today: date, **more: Combinable) -> JSONObject:
    """The facts of a trainee's tasks alone, as a column of enrollments; `more` is put beside them."""
    work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by()
    late = work.filter(is_late(today)).order_by("due_on", "pk")
    last = work.values("enrollment").annotate(last=Max(Greatest("submitted_at", "ended_at"))).values("last")
    return JSONObject(
        start_on=F("start_on"),
        late=ArraySubquery(late.values(found=JSONObject(on=F("due_on"), key=F("task__key")))),
        last_at=Subquery(last),
        has_mentor=_has_mentor(),
        **more,
    )


def returned_work() -> QuerySet[Deliverable]:
    """What was returned to whom in the whole organization: `enrollment`, and the fact as `facts`."""
    return _returned().annotate(enrollment=F("work__enrollment"), facts=JSONObject(at=F("changed_at"), key=F("kind__key"))).order_by()


def waiting_steps() -> QuerySet[SignOffStep]:
    """What waits for a signer in the whole organization: whose it is as `enrollment`, and the fact as `facts`.

    Begun at the few steps that wait: joined, the planner begins with all deliverables.
    """
    of_step = Submission.objects.filter(pk=OuterRef("submission_id"), deliverable__kind__private=False)
    enrollment = Subquery(of_step.values("deliverable__work__enrollment_id"))
    return _waiting().annotate(enrollment=enrollment, facts=_step(Subquery(of_step.values("deliverable__kind__key")))).order_by()


def at_risk(today: date, returned_before: date, idle_since: date) -> QuerySet[Enrollment]:
    """Running trainees who may be at risk, most tasks late first; whether they are is said by `rules.risk`.

    `returned_before`, `idle_since`: days before which a return, or the last hand-in, is too long ago.
    """
    work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by()
    late = work.filter(is_late(today))
    returned = returned_work().alias(day=Cast("changed_at", DateField())).filter(day__lt=returned_before)
    waiting = waiting_steps().filter(due_on__lt=today)
    lately = work.alias(handed_in=Cast("submitted_at", DateField()), done=Cast("ended_at", DateField()))
    active = lately.filter(Q(handed_in__gt=idle_since) | Q(done__gt=idle_since))
    idle = Q(start_on__lte=idle_since) & ~Exists(active)
    return (
        Enrollment.objects.filter(state=EnrollmentState.ACTIVE, start_on__lte=today)
        .annotate(late=Coalesce(Subquery(late.values("enrollment").annotate(n=Count("pk")).values("n")), 0))
        .filter(
            Q(late__gt=0)
            | Q(among_found("pk", returned.values("enrollment")))
            | Q(among_found("pk", waiting.values("enrollment")))
            | idle
            | ~_has_mentor()
        )
        .order_by("-late", "start_on", "pk")
    )


def read_facts(found: Mapping[str, Any]) -> RiskFacts:
    """The facts out of the column that `risk_facts` makes."""
    late, returned, waits = found["late"], found["returned"] or {}, found["waits"] or {}
    return RiskFacts(
        start_on=date.fromisoformat(found["start_on"]),
        late=len(late),
        late_key=late[0]["key"] if late else "",
        late_on=_day(late[0]["on"]) if late else None,
        returned_key=returned.get("key", ""),
        returned_on=_local_day(returned.get("at")),
        waits_key=waits.get("key", ""),
        waits_due_on=_day(waits.get("due_on")),
        waits_for=tuple(waits.get("who", ())),
        last_on=_local_day(found["last_at"]),
        has_mentor=found["has_mentor"],
    )


def risk_words(risk: Risk) -> str:
    """One reason in words."""
    facts = {"key": risk.key, "n": risk.days, "more": risk.more, "who": any_of(risk.people)}
    match risk.kind:
        case RiskKind.LATE if risk.more:
            said = ngettext("%(key)s is %(n)d day late, %(more)d more too", "%(key)s is %(n)d days late, %(more)d more too", risk.days)
        case RiskKind.LATE:
            said = ngettext("%(key)s is %(n)d day late", "%(key)s is %(n)d days late", risk.days)
        case RiskKind.RETURNED:
            said = ngettext("%(key)s returned %(n)d day ago", "%(key)s returned %(n)d days ago", risk.days)
        case RiskKind.WAITING if risk.people:
            said = ngettext("%(key)s waits for %(who)s, %(n)d day over", "%(key)s waits for %(who)s, %(n)d days over", risk.days)
        case RiskKind.WAITING:
            said = _("%(key)s waits, and nobody may sign it")
        case RiskKind.IDLE:
            said = ngettext("nothing handed in for %(n)d working day", "nothing handed in for %(n)d working days", risk.days)
        case _:
            said = _("no mentor")
    return said % facts


def _returned() -> QuerySet[Deliverable]:
    # Private work (D19) is nobody's business here.
    return Deliverable.objects.filter(state=DeliverableState.RETURNED, kind__private=False)


def _waiting() -> QuerySet[SignOffStep]:
    return SignOffStep.objects.filter(state=StepState.READY, due_on__isnull=False)


def _step(key: str | Combinable) -> JSONObject:
    signers = StepSigner.objects.filter(step=OuterRef("pk")).order_by("member__sort_name").values("member__name")
    return JSONObject(due_on=F("due_on"), key=F(key) if isinstance(key, str) else key, who=ArraySubquery(signers))


def _has_mentor() -> Exists:
    return Exists(SupportRole.objects.filter(enrollment=OuterRef("pk"), role=Role.MENTOR, ended_at__isnull=True))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _local_day(text: str | None) -> date | None:
    return timezone.localdate(datetime.fromisoformat(text)) if text else None
