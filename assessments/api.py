"""Review cycles, reviews with their decision, and certificates in the API: only read.

Votes, statements, figures, files and 360 feedback are for the pages, where people read them in their setting.
"""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.models import Certificate, CertificationReview, Decision, ReviewCycle
from assessments.policies.certificates import may_read_reports
from assessments.vocabulary import CertificateState, CycleLength, CycleState, Level, Outcome, ReviewState
from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.shapes import Person, word


class CycleShape(serializers.Serializer):
    """One round of reviews of a cohort."""

    id = serializers.IntegerField(source="pk")
    cohort = serializers.IntegerField(source="cohort_id")
    number = serializers.IntegerField()
    length = word(CycleLength)
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    state = word(CycleState)
    closed_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class ReviewDecisionShape(serializers.Serializer):
    """What a review ended in; after an appeal, the decision that stands now."""

    id = serializers.IntegerField(source="pk")
    outcome = word(Outcome)
    level = word(Level, allow_blank=True)
    after_appeal = serializers.BooleanField()
    at = serializers.DateTimeField()


class ReviewShape(serializers.Serializer):
    """One trainee's review; `decision` is null until there is one, and for whoever does not read it."""

    id = serializers.IntegerField(source="pk")
    cycle = serializers.IntegerField(source="cycle_id")
    enrollment = serializers.IntegerField(source="enrollment_id")
    trainee = Person(source="enrollment.trainee")
    level = word(Level)
    state = word(ReviewState)
    decision = serializers.SerializerMethodField()

    @extend_schema_field(ReviewDecisionShape(allow_null=True))
    def get_decision(self, review: CertificationReview) -> dict[str, Any] | None:
        """The newest of those that the caller reads."""
        newest = next(iter(review.decisions.all()), None)
        return ReviewDecisionShape(newest).data if newest else None


class CertificateShape(serializers.Serializer):
    """A certificate as it was issued, and whether it holds today."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    enrollment = serializers.IntegerField(source="enrollment_id")
    holder = Person()
    name = serializers.CharField(help_text="The holder's, as it stands on the paper.")
    level = word(Level)
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True, help_text="The last day; null: without end.")
    state = serializers.SerializerMethodField()
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)

    @extend_schema_field(word(CertificateState))
    def get_state(self, certificate: Certificate) -> str:
        """As of today, where the organization is."""
        return certificate.state(timezone.localdate()).value


class CycleFilter(django_filters.FilterSet):
    """Which cycles are listed."""

    cohort = IdFilter(field_name="cohort")
    state = django_filters.ChoiceFilter(choices=CycleState.choices)

    class Meta:
        model = ReviewCycle
        fields = ("cohort", "state")


class ReviewFilter(django_filters.FilterSet):
    """Which reviews are listed."""

    cycle = IdFilter(field_name="cycle")
    enrollment = IdFilter(field_name="enrollment")
    state = django_filters.ChoiceFilter(choices=ReviewState.choices)

    class Meta:
        model = CertificationReview
        fields = ("cycle", "enrollment", "state")


class CertificateFilter(django_filters.FilterSet):
    """Which certificates are listed."""

    enrollment = IdFilter(field_name="enrollment")
    level = django_filters.ChoiceFilter(choices=Level.choices)
    number = django_filters.CharFilter(max_length=40)

    class Meta:
        model = Certificate
        fields = ("enrollment", "level", "number")


class _ReadCycles:
    resource = "reviews"
    queryset = ReviewCycle.objects.all()
    serializer_class = CycleShape

    def visible(self) -> QuerySet[ReviewCycle]:
        return ReviewCycle.objects.run_by(self.member)


class ReviewCycles(_ReadCycles, ListView):
    """Review cycles of cohorts that one runs."""

    filterset_class = CycleFilter


class OneReviewCycle(_ReadCycles, OneView):
    """One review cycle."""


class _ReadReviews:
    resource = "reviews"
    queryset = CertificationReview.objects.all()
    serializer_class = ReviewShape

    def visible(self) -> QuerySet[CertificationReview]:
        readable = CertificationReview.objects.decision_readable_by(self.member)
        decisions = Decision.objects.filter(review__in=readable).order_by("-at", "-pk")
        found = CertificationReview.objects.visible_to(self.member).select_related("enrollment__trainee")
        return found.defer("file").prefetch_related(Prefetch("decisions", decisions))


class Reviews(_ReadReviews, ListView):
    """Reviews that one has a part in."""

    filterset_class = ReviewFilter


class OneReview(_ReadReviews, OneView):
    """One review."""


class _ReadCertificates:
    resource = "certificates"
    queryset = Certificate.objects.all()
    serializer_class = CertificateShape

    def visible(self) -> QuerySet[Certificate]:
        found = Certificate.objects.with_standing().select_related("holder")
        return found if may_read_reports(self.member) else found.filter(holder=self.member)


class Certificates(_ReadCertificates, ListView):
    """One's own certificates; everybody's for the HR director and an admin."""

    filterset_class = CertificateFilter


class OneCertificate(_ReadCertificates, OneView):
    """One certificate."""


urlpatterns = [
    path("review-cycles/", ReviewCycles.as_view(), name="review_cycles"),
    path("review-cycles/<int:cycle_id>/", OneReviewCycle.as_view(), name="review_cycle"),
    path("reviews/", Reviews.as_view(), name="reviews"),
    path("reviews/<int:review_id>/", OneReview.as_view(), name="review"),
    path("certificates/", Certificates.as_view(), name="certificates"),
    path("certificates/<int:certificate_id>/", OneCertificate.as_view(), name="certificate"),
]
