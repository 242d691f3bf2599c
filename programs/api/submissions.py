"""Versions of deliverables as they were handed in."""

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.shapes import Person
from programs.models import Submission
from programs.queries.submissions import readable


class SubmissionShape(serializers.Serializer):
    """One version; it never changes. `data` is keyed by the fields that the deliverable asks for, `content_hash` is what is signed."""

    id = serializers.IntegerField(source="pk")
    deliverable = serializers.IntegerField(source="deliverable_id")
    key = serializers.CharField(source="deliverable.kind.key")
    enrollment = serializers.IntegerField(source="deliverable.work.enrollment_id")
    number = serializers.IntegerField()
    author = Person()
    submitted_at = serializers.DateTimeField()
    note = serializers.CharField()
    data = serializers.DictField()
    content_hash = serializers.CharField()


class SubmissionFilter(django_filters.FilterSet):
    """Which submissions are listed."""

    deliverable = IdFilter(field_name="deliverable")
    enrollment = IdFilter(field_name="deliverable__work__enrollment")
    key = django_filters.CharFilter(field_name="deliverable__kind__key", max_length=10)

    class Meta:
        model = Submission
        fields = ("deliverable", "enrollment", "key")


class _Read:
    resource = "submissions"
    queryset = Submission.objects.all()
    serializer_class = SubmissionShape

    def visible(self) -> QuerySet[Submission]:
        return readable(self.member).select_related("deliverable__kind", "deliverable__work", "author")


class Submissions(_Read, ListView):
    """Versions of work that one reads, and those put before one to sign."""

    filterset_class = SubmissionFilter


class OneSubmission(_Read, OneView):
    """One version."""
