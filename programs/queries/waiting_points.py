"""Points of plans that wait for one person: as rows of the sign-off queue, and how they stand for who reads them."""

from datetime import date

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from programs.models import CohortDeputy, PlanPoint, SupportRole
from programs.queries.stood_in_for import stood_in_for
from programs.vocabulary import Role

POINT = "point"


def waiting_points(member: int, today: date) -> QuerySet:
    """Points that a trainee says are done and that this person signs off, in person or for someone absent."""
    absent = stood_in_for(member, today)
    mentors = SupportRole.objects.filter(enrollment=OuterRef("enrollment_id"), role=Role.MENTOR, ended_at__isnull=True)
    deputies = CohortDeputy.objects.filter(cohort=OuterRef("enrollment__cohort_id"))
    named = Q(signer__isnull=False, signer__ended_at__isnull=True)
    of_mentor = ~named & Exists(mentors.filter(Q(member=member) | Q(member__in=absent)))
    runs = Q(enrollment__cohort__manager=member) | Q(enrollment__cohort__manager__in=absent)
    runs |= Exists(deputies.filter(Q(member=member) | Q(member__in=absent)))
    return (
        PlanPoint.objects.running()
        .filter(shown_at__isnull=False)
        .filter((named & (Q(signer=member) | Q(signer__in=absent))) | of_mentor | (~named & ~Exists(mentors) & runs))
        .exclude(enrollment__trainee=member)
    )


def counted_points(member: int, today: date) -> QuerySet:
    """The same as two numbers each, for the length of the queue."""
    return waiting_points(member, today).annotate(row_check_id=Value(-2, IntegerField())).values_list("pk", "row_check_id")


def listed_points(member: int, today: date, columns: tuple[str, ...]) -> QuerySet:
    """The same as rows of the queue, waiting since the trainee said what shows it."""
    facts = JSONObject(
        key=Value(""),
        stored_name=F("what"),
        trainee_id=F("enrollment__trainee_id"),
        trainee=F("enrollment__trainee__name"),
    )
    return (
        waiting_points(member, today)
        .annotate(
            row_kind=Value(POINT, CharField()),
            row_pk=F("pk"),
            row_check_id=Value(0, IntegerField()),
            row_since=F("shown_at"),
            row_due_on=F("due_on"),
            row_is_bulk=Q(pk__isnull=True),
            row_facts=facts,
        )
        .values_list(*columns)
    )
