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
from programs.models import Deliverable, Enrollment, SignOffStep, StepSigner, SupportRole, TaskWork
from programs.queries.my_trainees import is_late
from programs.rules.risk import Risk, RiskFacts, RiskKind
from programs.vocabulary import DeliverableState, EnrollmentState, Role, StepState

STEP = "submission__deliverable__"


def risk_facts(today: date, **more: Combinable) -> JSONObject:
    """What `read_facts` reads, as a column of enrollments; `more` is put beside it."""
    work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by()
    late = work.filter(is_late(today))
    # Private work (D19) is nobody's business here.
    returned = Deliverable.objects.filter(work__enrollment=OuterRef("pk"), state=DeliverableState.RETURNED, kind__private=False)
    returned = returned.order_by("changed_at", "pk")
    steps = _waiting().order_by("due_on", "pk")
    signers = StepSigner.objects.filter(step__in=_waiting(2).order_by("due_on", "pk").values("pk")[:1]).order_by("member__sort_name")
    last = work.values("enrollment").annotate(last=Max(Greatest("submitted_at", "ended_at"))).values("last")
    return JSONObject(
        start_on=F("start_on"),
        late=Coalesce(Subquery(late.values("enrollment").annotate(n=Count("pk")).values("n")), 0),
        late_on=Subquery(late.order_by("due_on", "pk").values("due_on")[:1]),
        late_key=Subquery(late.order_by("due_on", "pk").values("task__key")[:1]),
        returned_at=Subquery(returned.values("changed_at")[:1]),
        returned_key=Subquery(returned.values("kind__key")[:1]),
        waits_due_on=Subquery(steps.values("due_on")[:1]),
        waits_key=Subquery(steps.values(f"{STEP}kind__key")[:1]),
        waits_for=ArraySubquery(signers.values("member__name")),
        last_at=Subquery(last),
        has_mentor=_has_mentor(),
        **more,
    )


def at_risk(today: date, returned_before: date, idle_since: date) -> QuerySet[Enrollment]:
    """Running trainees who may be at risk, most tasks late first; whether they are is said by `rules.risk`.

    `returned_before`, `idle_since`: days before which a return, or the last hand-in, is too long ago.
    """
    work = TaskWork.objects.filter(enrollment=OuterRef("pk")).order_by()
    late = work.filter(is_late(today))
    returned = Deliverable.objects.alias(day=Cast("changed_at", DateField())).filter(
        work__enrollment=OuterRef("pk"), state=DeliverableState.RETURNED, kind__private=False, day__lt=returned_before
    )
    lately = work.alias(handed_in=Cast("submitted_at", DateField()), done=Cast("ended_at", DateField()))
    active = lately.filter(Q(handed_in__gt=idle_since) | Q(done__gt=idle_since))
    idle = Q(start_on__lte=idle_since) & ~Exists(active)
    return (
        Enrollment.objects.filter(state=EnrollmentState.ACTIVE, start_on__lte=today)
        .annotate(late=Coalesce(Subquery(late.values("enrollment").annotate(n=Count("pk")).values("n")), 0))
        .filter(Q(late__gt=0) | Exists(returned) | Exists(_waiting().filter(due_on__lt=today)) | idle | ~_has_mentor())
        .order_by("-late", "start_on", "pk")
    )


def read_facts(found: Mapping[str, Any]) -> RiskFacts:
    """The facts out of the column that `risk_facts` makes."""
    return RiskFacts(
        start_on=date.fromisoformat(found["start_on"]),
        late=found["late"],
        late_key=found["late_key"] or "",
        late_on=_day(found["late_on"]),
        returned_key=found["returned_key"] or "",
        returned_on=_local_day(found["returned_at"]),
        waits_key=found["waits_key"] or "",
        waits_due_on=_day(found["waits_due_on"]),
        waits_for=tuple(found["waits_for"]),
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


def _waiting(depth: int = 1) -> QuerySet[SignOffStep]:
    """Steps of the trainee's work whose turn it is; `depth`: how many questions lie between it and the enrollment."""
    enrollment = OuterRef("pk") if depth == 1 else OuterRef(OuterRef("pk"))
    of_trainee = {f"{STEP}work__enrollment": enrollment, f"{STEP}kind__private": False}
    return SignOffStep.objects.filter(**of_trainee, state=StepState.READY, due_on__isnull=False)


def _has_mentor() -> Exists:
    return Exists(SupportRole.objects.filter(enrollment=OuterRef("pk"), role=Role.MENTOR, ended_at__isnull=True))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _local_day(text: str | None) -> date | None:
    return timezone.localdate(datetime.fromisoformat(text)) if text else None
