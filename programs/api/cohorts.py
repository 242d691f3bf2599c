"""Cohorts."""

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from organizations.api.base import ListView, OneView
from organizations.api.shapes import Person, word
from organizations.vocabulary import CalendarKind
from programs.models import Cohort
from programs.queries.cohort_list import cohorts_of
from programs.vocabulary import CohortState


class CohortShape(serializers.Serializer):
    """People who start one version of a template together."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    template = serializers.IntegerField(source="version.template_id")
    version = serializers.IntegerField(source="version.number")
    state = word(CohortState)
    start_on = serializers.DateField()
    calendar = word(CalendarKind)
    manager = Person(allow_null=True)
    sponsor = Person(allow_null=True)


class CohortFilter(django_filters.FilterSet):
    """Which cohorts are listed."""

    state = django_filters.ChoiceFilter(choices=CohortState.choices)

    class Meta:
        model = Cohort
        fields = ("state",)


class _Seen:
    resource = "cohorts"
    queryset = Cohort.objects.all()
    serializer_class = CohortShape

    def visible(self) -> QuerySet[Cohort]:
        return cohorts_of(self.member).select_related("version", "manager", "sponsor")


class Cohorts(_Seen, ListView):
    """Cohorts that one runs, stands in for or sponsors; for HR directors all."""

    filterset_class = CohortFilter


class OneCohort(_Seen, OneView):
    """One cohort."""
