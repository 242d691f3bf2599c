"""Templates and what their versions say."""

from dataclasses import asdict

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from organizations import policies
from organizations.api.base import ListView, OneView
from organizations.api.shapes import Localized, word
from organizations.vocabulary import OrganizationRole
from programs.models import ProgramTemplate, TemplateVersion
from programs.policies.design import may_design, readable_versions
from programs.queries.version_content import content_to_read
from programs.vocabulary import Anchor, LearningMethod, PhaseExit, Recurrence, Role, ScheduleKind, VersionState


class VersionLine(serializers.Serializer):
    """One version of a template."""

    number = serializers.IntegerField()
    state = word(VersionState)
    published_at = serializers.DateTimeField(allow_null=True)


class TemplateShape(serializers.Serializer):
    """A template with its versions, the newest first."""

    id = serializers.IntegerField(source="pk")
    name = Localized()
    source = serializers.CharField()
    created_at = serializers.DateTimeField()
    versions = VersionLine(many=True)


class PhaseShape(serializers.Serializer):
    """A phase; its length in working days."""

    key = serializers.CharField()
    number = serializers.IntegerField()
    name = Localized()
    goal = Localized()
    length_days = serializers.IntegerField()
    schedule = word(ScheduleKind)
    exit = word(PhaseExit)
    exit_text = Localized()


class ModuleShape(serializers.Serializer):
    """An element of the programme: a subject with tasks."""

    key = serializers.CharField()
    phase = serializers.CharField()
    name = Localized()
    summary = Localized()


class TaskShape(serializers.Serializer):
    """A task. `offset` and `length` are working days; `weights` are on the three pillars and make 100."""

    key = serializers.CharField()
    phase = serializers.CharField()
    module = serializers.CharField()
    name = Localized()
    what = Localized()
    judged = Localized()
    method = word(LearningMethod)
    responsible = serializers.ListField(child=word(Role))
    weights = serializers.ListField(child=serializers.IntegerField())
    anchor = word(Anchor)
    anchor_task = serializers.CharField(allow_null=True)
    offset = serializers.IntegerField()
    length = serializers.IntegerField()
    hours = serializers.IntegerField()
    required = serializers.BooleanField()
    recurrence = word(Recurrence)
    requires = serializers.ListField(child=serializers.CharField())


class KindShape(serializers.Serializer):
    """A kind of deliverable: its form, rubric and sign-off route as the template has them."""

    key = serializers.CharField()
    task = serializers.CharField(allow_null=True)
    projects = serializers.ListField(child=serializers.CharField())
    name = Localized()
    purpose = Localized()
    author = word(Role)
    required = serializers.BooleanField()
    repeats = serializers.BooleanField()
    minimum = serializers.IntegerField()
    private = serializers.BooleanField()
    fields_asked = serializers.ListField(child=serializers.JSONField(), source="fields")
    rubric = serializers.ListField(child=serializers.JSONField())
    route = serializers.ListField(child=serializers.JSONField())
    stages = serializers.ListField(child=serializers.JSONField())


class VersionShape(VersionLine):
    """One version with all tasks and kinds of deliverable."""

    template = serializers.IntegerField(source="template_id")
    content_hash = serializers.CharField()
    summary = Localized()
    aim = Localized()
    phases = PhaseShape(many=True)
    modules = ModuleShape(many=True)
    tasks = TaskShape(many=True)
    deliverables = KindShape(many=True)


class _Readable:
    """As on the pages: HR directors read all, who runs a cohort the version it stands on; others are told whom to ask."""

    resource = "templates"
    queryset = ProgramTemplate.objects.all()

    def visible(self) -> QuerySet[ProgramTemplate]:
        versions = TemplateVersion.objects.only("template", "number", "state", "published_at").order_by("-number")
        if "template_id" in self.kwargs:
            readable = readable_versions(self.member, self.kwargs["template_id"])
            policies.require(readable is None or bool(readable), OrganizationRole.HR_DIRECTOR)
            if readable is not None:
                versions = versions.filter(pk__in=readable)
        else:
            policies.require(may_design(self.member), OrganizationRole.HR_DIRECTOR)
        return ProgramTemplate.objects.filter(archived_at__isnull=True).prefetch_related(Prefetch("versions", versions))


class Templates(_Readable, ListView):
    """All templates of the organization; for HR directors."""

    serializer_class = TemplateShape


class OneTemplate(_Readable, OneView):
    """One template with its versions."""

    serializer_class = TemplateShape


class Version(_Readable, OneView):
    """What one version says: phases, elements, tasks and kinds of deliverable."""

    serializer_class = VersionShape

    @extend_schema(operation_id="template_version_retrieve")
    def get(self, request, template_id: int, number: int) -> Response:
        """Fetch and answer; that of a published version is kept by the process."""
        template = get_object_or_404(self.visible(), pk=template_id)
        version = get_object_or_404(template.versions.all(), number=number)
        content = content_to_read(version)
        facts = {name: getattr(version, name) for name in ("number", "state", "published_at", "template_id", "content_hash")}
        tasks = [asdict(task) | {"weights": task.weights} for task in content.tasks]
        parts = {name: [asdict(part) for part in getattr(content, name)] for name in ("phases", "modules", "deliverables")}
        return Response(self.get_serializer({**facts, "summary": content.summary, "aim": content.aim, "tasks": tasks, **parts}).data)
