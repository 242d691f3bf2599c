"""Practice projects in the API, with their gates and the verdicts given there."""

import django_filters
from django.db.models import Prefetch, QuerySet
from django.urls import path
from rest_framework import serializers

from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.shapes import Localized, Person, word
from programs.vocabulary import Role
from projects.models import Gate, GateReview, PracticeProject
from projects.vocabulary import GateState, ProjectState, Verdict


class ConditionShape(serializers.Serializer):
    """Something that a gate was passed with: what, by whom (id), by when."""

    what = serializers.CharField()
    owner = serializers.IntegerField()
    due_on = serializers.DateField()


class VerdictShape(serializers.Serializer):
    """What one reviewer said in one round of a gate."""

    round = serializers.IntegerField()
    role = word(Role)
    by = Person(source="member")
    instead_of = Person(allow_null=True)
    verdict = word(Verdict)
    reasons = serializers.CharField()
    conditions = ConditionShape(many=True)
    at = serializers.DateTimeField()


class GateShape(serializers.Serializer):
    """One gate; `verdict` is that of the last round, once all have spoken."""

    id = serializers.IntegerField(source="pk")
    key = serializers.CharField(source="definition.key")
    name = Localized(source="definition.name")
    due_on = serializers.DateField()
    state = word(GateState)
    round = serializers.IntegerField()
    verdict = word(Verdict, allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    verdicts = VerdictShape(many=True, source="reviews")


class ProjectShape(serializers.Serializer):
    """The project that a trainee leads."""

    id = serializers.IntegerField(source="pk")
    enrollment = serializers.IntegerField(source="enrollment_id")
    trainee = Person(source="enrollment.trainee")
    kind = serializers.CharField(source="kind.key")
    name = serializers.CharField()
    problem = serializers.CharField()
    sponsor = Person(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    state = word(ProjectState)
    start_on = serializers.DateField()
    ended_at = serializers.DateTimeField(allow_null=True)
    gates = GateShape(many=True)


class ProjectFilter(django_filters.FilterSet):
    """Which projects are listed."""

    enrollment = IdFilter(field_name="enrollment")
    kind = django_filters.CharFilter(field_name="kind__key", max_length=10)
    state = django_filters.ChoiceFilter(choices=ProjectState.choices)

    class Meta:
        model = PracticeProject
        fields = ("enrollment", "kind", "state")


class _Read:
    resource = "projects"
    queryset = PracticeProject.objects.all()
    serializer_class = ProjectShape

    def visible(self) -> QuerySet[PracticeProject]:
        gates = Gate.objects.select_related("definition").order_by("position")
        reviews = GateReview.objects.select_related("member", "instead_of").order_by("pk")
        found = PracticeProject.objects.visible_to(self.member).select_related("enrollment__trainee", "kind", "sponsor")
        return found.prefetch_related(Prefetch("gates", gates), Prefetch("gates__reviews", reviews))


class Projects(_Read, ListView):
    """Projects of trainees whose programme one reads, and those that one sponsors."""

    filterset_class = ProjectFilter


class OneProject(_Read, OneView):
    """One project."""


urlpatterns = [
    path("projects/", Projects.as_view(), name="projects"),
    path("projects/<int:project_id>/", OneProject.as_view(), name="project"),
]
