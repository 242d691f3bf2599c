"""Trainees' work on tasks, with the deliverables it asks for."""

import django_filters
from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.shapes import Localized, word
from programs.models import Deliverable, TaskWork
from programs.vocabulary import DeliverableState, TaskState


class DeliverableLine(serializers.Serializer):
    """One thing to hand in; `number` tells several of one kind apart, `last_number` is that of its newest submission."""

    id = serializers.IntegerField(source="pk")
    key = serializers.CharField(source="kind.key")
    name = Localized(source="asked.name")
    label = serializers.CharField()
    number = serializers.IntegerField()
    state = word(DeliverableState)
    last_number = serializers.IntegerField()
    due_on = serializers.DateField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class WorkShape(serializers.Serializer):
    """One trainee's work on one task."""

    id = serializers.IntegerField(source="pk")
    enrollment = serializers.IntegerField(source="enrollment_id")
    task = serializers.CharField(source="task.key")
    name = Localized(source="task.name")
    phase = serializers.CharField(source="task.phase.key")
    occurrence = serializers.IntegerField()
    state = word(TaskState)
    planned_start_on = serializers.DateField()
    due_on = serializers.DateField()
    opened_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    deliverables = DeliverableLine(many=True)


class WorkFilter(django_filters.FilterSet):
    """Which work is listed."""

    enrollment = IdFilter(field_name="enrollment")
    cohort = IdFilter(field_name="enrollment__cohort")
    task = django_filters.CharFilter(field_name="task__key", max_length=10)
    state = django_filters.ChoiceFilter(choices=TaskState.choices)
    due_before = django_filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = TaskWork
        fields = ("enrollment", "cohort", "task", "state", "due_before")


class _Read:
    resource = "task_work"
    queryset = TaskWork.objects.all()
    serializer_class = WorkShape

    def visible(self) -> QuerySet[TaskWork]:
        deliverables = Deliverable.objects.visible_to(self.member).select_related("kind").order_by("kind__position", "number")
        work = TaskWork.objects.visible_to(self.member).select_related("task__phase")
        return work.prefetch_related(Prefetch("deliverables", deliverables))


class AllWork(_Read, ListView):
    """Work of trainees whose programme one reads."""

    filterset_class = WorkFilter


class OneWork(_Read, OneView):
    """One task of one trainee."""
