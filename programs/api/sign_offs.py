"""Steps of sign-off routes, and deciding on them."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from organizations.api.base import ListView, OneView
from organizations.api.filters import IdFilter
from organizations.api.schema import idempotent
from organizations.api.shapes import Person, word
from programs.actions import sign_off
from programs.api.answers import judged
from programs.forms.sign_off import LONGEST_NOTE
from programs.models import SignOff, SignOffStep
from programs.policies.reading import may_read_step
from programs.policies.signing import authority
from programs.queries.sign_off import StepPage, asked_of, step_page
from programs.queries.sign_off_queue import steps_to_take
from programs.queries.submissions import readable
from programs.rules.rubric import LEVELS
from programs.vocabulary import Outcome, Role, StepKind, StepState


class DecisionShape(serializers.Serializer):
    """What was decided on a step; never changed."""

    outcome = word(Outcome)
    by = Person()
    role = word(Role)
    instead_of = Person(allow_null=True)
    note = serializers.CharField()
    scores = serializers.DictField(child=serializers.IntegerField())
    answers = serializers.DictField()
    content_hash = serializers.CharField()
    at = serializers.DateTimeField()


class StepShape(serializers.Serializer):
    """One step of the route of one submission. `content_hash` is of what is to be read; a decision names it."""

    id = serializers.IntegerField(source="pk")
    submission = serializers.IntegerField(source="submission_id")
    deliverable = serializers.IntegerField(source="submission.deliverable_id")
    enrollment = serializers.IntegerField(source="submission.deliverable.work.enrollment_id")
    position = serializers.IntegerField()
    kind = word(StepKind)
    roles = serializers.ListField(child=word(Role))
    person = Person(allow_null=True)
    scores = serializers.BooleanField()
    state = word(StepState)
    ready_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    content_hash = serializers.CharField(source="submission.content_hash")
    decision = serializers.SerializerMethodField()

    def get_decision(self, step: SignOffStep) -> DecisionShape(allow_null=True):
        """What was decided, if anything was; the decisions must be loaded."""
        found = next(iter(step.decisions.all()), None)
        return DecisionShape(found).data if found else None


class StepFilter(django_filters.FilterSet):
    """Which steps are listed. `mine` leaves those whose turn it is and that one may take, also for someone absent."""

    submission = IdFilter(field_name="submission")
    enrollment = IdFilter(field_name="submission__deliverable__work__enrollment")
    state = django_filters.ChoiceFilter(choices=StepState.choices)
    mine = django_filters.BooleanFilter(method="waiting_for_me")

    class Meta:
        model = SignOffStep
        fields = ("submission", "enrollment", "state", "mine")

    def waiting_for_me(self, steps: QuerySet[SignOffStep], _name: str, value: bool) -> QuerySet[SignOffStep]:
        """Only `true` narrows."""
        return steps.filter(pk__in=_to_take(self.request)) if value else steps


def _to_take(request) -> QuerySet:
    return steps_to_take(request._request.member, timezone.localdate()).values("pk")


def _whole(steps: QuerySet[SignOffStep]) -> QuerySet[SignOffStep]:
    """Two queries: the steps, and what was decided on them."""
    decisions = SignOff.objects.select_related("by", "instead_of")
    return steps.select_related("submission__deliverable__work", "person").prefetch_related(Prefetch("decisions", decisions))


class SignOffs(ListView):
    """Steps of versions that one reads, and those that one may take."""

    resource = "sign_offs"
    queryset = SignOffStep.objects.all()
    serializer_class = StepShape
    filterset_class = StepFilter

    def visible(self) -> QuerySet[SignOffStep]:
        read = Exists(readable(self.member).filter(pk=OuterRef("submission_id")))
        return _whole(SignOffStep.objects.filter(read | Q(pk__in=_to_take(self.request))))


class _Step(OneView):
    """One step by the door of its page: for whoever may take it now or was handed one of its route, and who reads the work."""

    resource = "sign_offs"
    queryset = SignOffStep.objects.all()

    def visible(self) -> QuerySet[SignOffStep]:
        return _whole(SignOffStep.objects.filter(pk=self.page().step.pk))

    def page(self) -> StepPage:
        """The step with its route.

        Raises:
            Http404: there is none, or none that the caller may read.
        """
        shown = step_page(self.kwargs["step_id"], timezone.localdate())
        if shown is None or not (self._may_take(shown) or self._may_read(shown)):
            raise Http404
        return shown

    def _may_take(self, shown: StepPage) -> bool:
        if shown.step.state != StepState.READY or not shown.is_newest:
            return False
        author = shown.submission.author_id
        return authority(self.member, shown.step, shown.route, shown.relations, author, shown.kind, shown.taken) is not None

    def _may_read(self, shown: StepPage) -> bool:
        return may_read_step(self.member, shown.submission.deliverable, shown.route, shown.relations)


class OneSignOff(_Step):
    """One step."""

    serializer_class = StepShape


class NewDecision(serializers.Serializer):
    """What is decided. `content_hash` is that of the step as it was read; `scores` give each criterion a level where the step
    scores; `answers` fill in what the form asks of this signer."""

    outcome = word(Outcome)
    content_hash = serializers.CharField(max_length=64)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")
    scores = serializers.DictField(child=serializers.IntegerField(min_value=min(LEVELS), max_value=max(LEVELS)), required=False)
    answers = serializers.DictField(required=False)


class Decide(_Step):
    """Take a step: agree, approve or return."""

    http_method_names = ("post",)
    serializer_class = NewDecision

    @extend_schema(operation_id="decide", parameters=[idempotent()], responses={201: StepShape})
    def post(self, request, step_id: int) -> Response:
        """The first decision stands. Answered with the step as it is then."""
        return self.once(self._decide)

    def _decide(self) -> dict:
        shown, sent, today = self.page(), self.sent(), timezone.localdate()
        criteria = {criterion.key for criterion in shown.criteria} if shown.step.scores else set()
        if unknown := sorted(set(sent.get("scores", {})) - criteria):
            raise ValidationError({f"scores.{unknown[0][:80]}": ValidationError(_("This is not asked for."), code="unknown_criterion")})
        answers = {}
        # Who returns a version need not have filled in what goes with a yes.
        if sent["outcome"] != Outcome.RETURNED:
            answers = judged(asked_of(shown), sent.get("answers", {}), {}, before={}, today=today, inside="answers")
        sign_off.decide(
            shown.step,
            sent["outcome"],
            content_hash=sent["content_hash"],
            by=self.member,
            today=today,
            note=sent["note"],
            scores=sent.get("scores", {}),
            answers=answers,
        )
        return StepShape(_whole(SignOffStep.objects.filter(pk=shown.step.pk)).get()).data
