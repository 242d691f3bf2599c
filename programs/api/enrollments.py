"""Enrollments, and enrolling."""

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from organizations.api.base import ListView, OneView, ResourceView
from organizations.api.filters import IdFilter
from organizations.api.schema import idempotent
from organizations.api.shapes import Person, word
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.enroll_in_batches import AT_ONCE
from programs.models import Enrollment, PhaseProgress, SupportRole
from programs.policies.running import may_run_cohort
from programs.queries.cohort_page import cohort_for
from programs.vocabulary import RELATIONS, EnrollmentState, PhaseState, Role


class SupportShape(serializers.Serializer):
    """Who is what to the trainee."""

    role = word(Role)
    person = Person(source="member")


class ProgressShape(serializers.Serializer):
    """One phase of one trainee."""

    key = serializers.CharField(source="phase.key")
    state = word(PhaseState)
    planned_start_on = serializers.DateField()
    planned_end_on = serializers.DateField()
    opened_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)


class EnrollmentShape(serializers.Serializer):
    """One trainee's way through one cohort's programme."""

    id = serializers.IntegerField(source="pk")
    cohort = serializers.IntegerField(source="cohort_id")
    trainee = Person()
    state = word(EnrollmentState)
    start_on = serializers.DateField()
    enrolled_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    support = SupportShape(many=True, source="support_roles")
    phases = ProgressShape(many=True)


class EnrollmentFilter(django_filters.FilterSet):
    """Which enrollments are listed."""

    cohort = IdFilter(field_name="cohort")
    trainee = IdFilter(field_name="trainee")
    state = django_filters.ChoiceFilter(choices=EnrollmentState.choices)

    class Meta:
        model = Enrollment
        fields = ("cohort", "trainee", "state")


class _Read:
    resource = "enrollments"
    queryset = Enrollment.objects.all()
    serializer_class = EnrollmentShape

    def visible(self) -> QuerySet[Enrollment]:
        return _with_people(Enrollment.objects.visible_to(self.member))


def _with_people(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Three queries: the rows, who supports them, their phases."""
    support = SupportRole.objects.filter(ended_at__isnull=True).select_related("member").order_by("role", "pk")
    phases = PhaseProgress.objects.select_related("phase").order_by("phase__number")
    return enrollments.select_related("trainee").prefetch_related(Prefetch("support_roles", support), Prefetch("phases", phases))


class Enrollments(_Read, ListView):
    """Trainees whose programme one reads."""

    filterset_class = EnrollmentFilter


class OneEnrollment(_Read, OneView):
    """One trainee's way."""


class NewTraineeShape(serializers.Serializer):
    """Someone to enroll; `support` names people by role, as `{"mentor": [7]}`. The line manager is known without being named."""

    trainee = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    support = serializers.DictField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=20), required=False
    )

    def validate_support(self, value: dict) -> dict:
        """Roles are those that a trainee's people hold."""
        if unknown := set(value) - RELATIONS:
            words = _("Nobody is %(role)s to a trainee.") % {"role": sorted(unknown)[0][:40]}
            raise serializers.ValidationError(words, code="unknown_role")
        return value


class NewTrainees(serializers.Serializer):
    """Those to enroll, all or nobody."""

    trainees = NewTraineeShape(many=True, allow_empty=False, max_length=AT_ONCE)


class Enroll(ResourceView):
    """Enroll people in a cohort."""

    resource = "enrollments"
    serializer_class = NewTrainees
    pagination_class = None
    filter_backends = ()

    @extend_schema(operation_id="enroll", parameters=[idempotent()], responses={201: EnrollmentShape(many=True)})
    def post(self, request, cohort_id: int) -> Response:
        """Plan every date of theirs; who is not in the organization, or in a running programme already, is refused."""
        return self.once(lambda: self._enroll(cohort_id))

    def _enroll(self, cohort_id: int) -> list[dict]:
        cohort = cohort_for(self.member, cohort_id)
        if cohort is None:
            raise Http404
        if not may_run_cohort(self.member, cohort):
            raise PermissionDenied(_("Only the HR director and this cohort's manager do this."))
        people = [NewTrainee(one["trainee"], one.get("support", {})) for one in self.sent()["trainees"]]
        try:
            made = enroll(cohort, people, by=self.member, today=timezone.localdate())
        except ValidationError as refusal:
            raise ValidationError({"trainees": refusal.error_list}) from refusal
        enrollments = _with_people(Enrollment.objects.filter(pk__in=made)).order_by("pk")
        return EnrollmentShape(enrollments, many=True).data
