"""One deliverable: what it asks for, handing it in, saying something about it."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from documents.actions import store_file
from organizations.api.base import OneView
from organizations.api.schema import idempotent
from organizations.api.shapes import Person, word
from programs.actions import comment, submit_work
from programs.api.answers import judged
from programs.api.submissions import SubmissionShape
from programs.api.task_work import DeliverableLine
from programs.models import Deliverable, Draft, Submission, TaskWork
from programs.queries.submissions import files_of
from programs.rules.fields import AUTHOR, fields_by, parse
from programs.rules.named_in_answers import files_named
from programs.vocabulary import Role


class DeliverableShape(DeliverableLine):
    """One deliverable with the form that it asks for, its rubric and its sign-off route, as the template has them."""

    work = serializers.IntegerField(source="work_id")
    author = word(Role, source="kind.author")
    fields_asked = serializers.ListField(child=serializers.JSONField(), source="asked.fields")
    rubric = serializers.ListField(child=serializers.JSONField(), source="asked.rubric")
    route = serializers.ListField(child=serializers.JSONField(), source="asked.route")


class _Deliverable(OneView):
    """As on the pages; a private one is read by its trainee and their mentor alone."""

    queryset = Deliverable.objects.all()

    def visible(self) -> QuerySet[Deliverable]:
        return Deliverable.objects.visible_to(self.member).select_related("kind", "work")


class OneDeliverable(_Deliverable):
    """One deliverable and what it asks for."""

    resource = "task_work"
    serializer_class = DeliverableShape


class NewSubmission(serializers.Serializer):
    """What is handed in: `data` by the keys of `fields_asked` whose `by` is the author (as submissions show it), numbers with
    decimals as strings. Where the author has a draft on the page, `draft_revision` says that it has been read: it goes."""

    data = serializers.DictField()
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    draft_revision = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)


class Submit(_Deliverable):
    """Hand in the next version."""

    resource = "submissions"
    http_method_names = ("post",)
    serializer_class = NewSubmission

    @extend_schema(operation_id="submit", parameters=[idempotent()], responses={201: SubmissionShape})
    def post(self, request, deliverable_id: int) -> Response:
        """Judged as on the page; then its sign-off route begins."""
        return self.once(self._hand_in)

    def _hand_in(self) -> dict:
        deliverable, sent, today = self.one(), self.sent(), timezone.localdate()
        # Locked before the check: the author may be writing on the page at the same moment.
        TaskWork.objects.select_for_update(of=["self"]).get(pk=deliverable.work_id)
        self._mind_the_draft(deliverable, sent["draft_revision"])
        newest = Submission.objects.filter(deliverable=deliverable, number=deliverable.last_number)
        before = newest.values_list("data", flat=True).first() or {}
        definitions = fields_by(parse(deliverable.asked.fields), AUTHOR)
        files = {file.pk: file for file in files_of(deliverable)}
        answers = judged(definitions, sent["data"], files, before=before, today=today)
        submission = submit_work.submit(deliverable, answers, note=" ".join(sent["note"].split()), by=self.member, today=today)
        if codes := [files[file["id"]].code for _place, file in files_named(definitions, answers)]:
            store_file.attach(codes, about=submission, by=self.member)
        shown = Submission.objects.select_related("deliverable__kind", "deliverable__work", "author")
        return SubmissionShape(shown.get(pk=submission.pk)).data

    def _mind_the_draft(self, deliverable: Deliverable, revision: int) -> None:
        draft = Draft.objects.filter(deliverable=deliverable, author=self.member).first()
        if draft and draft.revision != revision:
            words = _("There is a draft on the page, of revision %(revision)s. Name it as draft_revision to hand in instead of it.")
            raise ValidationError(words, code="draft_changed", params={"revision": draft.revision})


class NewComment(serializers.Serializer):
    """Something to say."""

    body = serializers.CharField(max_length=comment.LONGEST)


class CommentShape(serializers.Serializer):
    """Something that was said about a deliverable."""

    id = serializers.IntegerField(source="pk")
    deliverable = serializers.IntegerField(source="deliverable_id")
    author = Person()
    body = serializers.CharField()
    at = serializers.DateTimeField()


class Say(_Deliverable):
    """Comment on a deliverable."""

    resource = "comments"
    http_method_names = ("post",)
    serializer_class = NewComment

    @extend_schema(operation_id="comment", parameters=[idempotent()], responses={201: CommentShape})
    def post(self, request, deliverable_id: int) -> Response:
        """Said to all who read the deliverable."""
        return self.once(self._say)

    def _say(self) -> dict:
        said = comment.say(self.one(), self.sent()["body"], by=self.member, today=timezone.localdate())
        return CommentShape(said).data
