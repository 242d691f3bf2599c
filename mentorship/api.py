"""Pairings in the API: who mentors whom. What the two talk about is theirs alone and is not here."""

import django_filters
from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers

from mentorship.models import Pairing
from mentorship.vocabulary import PairingState
from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.shapes import Person, word


class PairingShape(serializers.Serializer):
    """One mentor and one trainee. `named`: HR named the mentor directly."""

    id = serializers.IntegerField(source="pk")
    enrollment = serializers.IntegerField(source="enrollment_id")
    trainee = Person(source="enrollment.trainee")
    mentor = Person()
    state = word(PairingState)
    named = serializers.BooleanField()
    proposed_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class PairingFilter(django_filters.FilterSet):
    """Which pairings are listed."""

    enrollment = IdFilter(field_name="enrollment")
    mentor = IdFilter(field_name="mentor")
    state = django_filters.ChoiceFilter(choices=PairingState.choices)

    class Meta:
        model = Pairing
        fields = ("enrollment", "mentor", "state")


class _Read:
    resource = "pairings"
    queryset = Pairing.objects.all()
    serializer_class = PairingShape

    def visible(self) -> QuerySet[Pairing]:
        return Pairing.objects.visible_to(self.member).select_related("mentor", "enrollment__trainee")


class Pairings(_Read, ListView):
    """One's own pairings, those of trainees whose line manager one is, and those of cohorts one runs."""

    filterset_class = PairingFilter


class OnePairing(_Read, OneView):
    """One pairing."""


urlpatterns = [
    path("pairings/", Pairings.as_view(), name="pairings"),
    path("pairings/<int:pairing_id>/", OnePairing.as_view(), name="pairing"),
]
