"""The template builder: outline, publish panel and everything the editor of one part needs, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.localized import read
from organizations.prepared import Prepared
from programs.models import ProgramTemplate, TemplateVersion
from programs.queries.template_differences import Line, difference_lines
from programs.queries.template_element import FRAME_TITLES, REVIEWS
from programs.queries.template_list import running_cohorts_of
from programs.queries.version_content import content_to_read
from programs.rules import publish_checks
from programs.rules.publish_checks import Area, Finding
from programs.rules.version_content import Content, Part, PhasePart
from programs.vocabulary import ScheduleKind, VersionState

WEEK = 5  # working days
MOST_FINDINGS, MOST_DIFFERENCES = 8, 10


@dataclass(frozen=True)
class OutlineTask:
    """A task in the outline. `mark` is "changed", "new" or empty."""

    key: str
    name: str
    mark: str = ""


@dataclass(frozen=True)
class OutlineModule:
    """A module in the outline, or another part with a page of its own."""

    kind: str
    key: str
    name: str
    mark: str = ""
    tasks: tuple[OutlineTask, ...] = ()


@dataclass(frozen=True)
class OutlinePhase:
    """A phase in the outline and in the strip over it; the weights are the mean of its tasks."""

    key: str
    number: int
    name: str
    duration: str
    size: str
    weights: tuple[int, ...]
    modules: tuple[OutlineModule, ...]


@dataclass(frozen=True)
class Stays:
    """Cohorts that stay on an earlier version."""

    number: int
    cohorts: tuple[str, ...]
    trainees: int


@dataclass(frozen=True)
class TemplateBuilder:
    """All that the builder shows beside the editor."""

    template: ProgramTemplate
    version: TemplateVersion
    versions: tuple[TemplateVersion, ...]
    content: Content
    previous: TemplateVersion | None
    frame: tuple[OutlineModule, ...]
    phases: tuple[OutlinePhase, ...]
    areas: tuple[Area, ...]
    differences: tuple[Line, ...]
    stays: tuple[Stays, ...]
    weeks: int
    weeks_before: int | None
    pillar_names: tuple[str, ...] = field(default=())
    may_design: bool = True

    @property
    def is_editable(self) -> bool:
        """Whether it is a draft."""
        return self.version.is_draft and self.may_design

    @property
    def faults(self) -> list[Finding]:
        """What must be put right before publishing."""
        return publish_checks.stopping(list(self.areas))

    @property
    def shown_findings(self) -> list[Finding]:
        """What is to be put right first, then what is only worth knowing; not more than one reads."""
        return self._findings[:MOST_FINDINGS]

    @property
    def more_findings(self) -> int:
        """How many findings are not shown."""
        return len(self._findings[MOST_FINDINGS:])

    @property
    def shown_differences(self) -> tuple[Line, ...]:
        """The first differences."""
        return self.differences[:MOST_DIFFERENCES]

    @property
    def more_differences(self) -> tuple[Line, ...]:
        """The differences after these."""
        return self.differences[MOST_DIFFERENCES:]

    @cached_property
    def _findings(self) -> list[Finding]:
        found = [finding for area in self.areas for finding in area.findings]
        return sorted(found, key=lambda finding: not finding.stops)

    @property
    def edited_at(self) -> datetime:
        """When it was last saved."""
        return self.version.edited_at

    @property
    def draft(self) -> TemplateVersion | None:
        """The template's draft, be it this version or not."""
        return next((version for version in self.versions if version.is_draft), None)


def template_builder(template_id: int, number: int | None = None, readable: frozenset[int] | None = None) -> TemplateBuilder:
    """The builder of one version, the draft or else the newest; at most five queries.

    `readable` are the versions of someone who only reads: they see no other ones, nor other people's cohorts.

    Raises:
        Http404: no such template or version here.
    """
    versions = tuple(one for one in VERSIONS.rows(template_id) if readable is None or one.pk in readable)
    version = next((one for one in versions if number in (None, one.number)), None)
    if version is None:
        raise Http404
    previous = next((one for one in versions if readable is None and one.number < version.number and one.state != VersionState.DRAFT), None)
    content, before = content_to_read(version), content_to_read(previous) if previous else None
    lines = tuple(difference_lines(before, content)) if before else ()
    running = running_cohorts_of(version.template_id) if readable is None else {}
    return TemplateBuilder(
        template=version.template,
        version=version,
        versions=versions,
        content=content,
        previous=previous,
        frame=tuple(_frame(content, _marks(lines))),
        phases=tuple(_outline(content, _marks(lines))),
        areas=tuple(publish_checks.check(content)) if version.is_draft else (),
        differences=lines,
        stays=tuple(
            Stays(one.number, tuple(name for name, _count in running[one.pk]), sum(count for _name, count in running[one.pk]))
            for one in versions
            if one.pk in running and one.number <= version.number
        ),
        weeks=_weeks(content),
        weeks_before=_weeks(before) if before else None,
        pillar_names=tuple(read(pillar.name) for pillar in content.pillars),
        may_design=readable is None,
    )


def _versions(template: int) -> QuerySet[TemplateVersion]:
    return (
        TemplateVersion.objects.filter(template=template, template__archived_at__isnull=True)
        .select_related("template", "published_by")
        .defer("workflow", "levels", "review_scheme", "summary", "aim", "framework")
        .order_by("-number")
    )


VERSIONS = Prepared(_versions, int)


def _marks(lines: tuple[Line, ...]) -> dict[tuple[str, str], str]:
    marks: dict[tuple[str, str], str] = {}
    for line in lines:
        marks.setdefault((line.kind, line.key), "new" if line.op == "added" else "changed")
    return marks


def _outline(content: Content, marks: dict) -> list[OutlinePhase]:
    # What changed on a deliverable or a check shows on its task.
    for plural, kind in (("deliverables", "deliverable"), ("checks", "check")):
        for part in getattr(content, plural):
            if part.task and (kind, part.key) in marks:
                marks.setdefault(("task", part.task), "changed")
    phases = []
    for phase in content.phases:
        tasks = [task for task in content.tasks if task.phase == phase.key]
        modules = [
            OutlineModule(
                "module",
                module.key,
                read(module.name),
                marks.get(("module", module.key), ""),
                tuple(OutlineTask(t.key, read(t.name), marks.get(("task", t.key), "")) for t in tasks if t.module == module.key),
            )
            for module in content.modules
            if module.phase == phase.key
        ]
        if any(project.key.startswith(f"{phase.number}.") for project in content.projects):
            modules += [
                OutlineModule("project", project.key, read(project.name), marks.get(("project", project.key), ""))
                for project in content.projects
            ]
            modules += [OutlineModule("gate", gate.key, _named(gate), marks.get(("gate", gate.key), "")) for gate in content.gates]
        if phase.schedule == ScheduleKind.RECURRING:
            modules += [OutlineModule(kind, "", str(FRAME_TITLES[kind])) for kind in REVIEWS]
        phases.append(
            OutlinePhase(
                phase.key,
                phase.number,
                read(phase.name),
                _duration(phase),
                _size(content, phase, tasks),
                _mean_weights(tasks),
                tuple(modules),
            )
        )
    return phases


def _frame(content: Content, marks: dict) -> list[OutlineModule]:
    """What stands over the phases: the frame's own pages, pillars and success factors."""
    own = [OutlineModule(kind, "", str(FRAME_TITLES[kind])) for kind in ("version", "workflow", "levels")]
    parts = [("pillar", one) for one in content.pillars] + [("factor", one) for one in content.factors]
    return own + [OutlineModule(kind, one.key, read(one.name), marks.get((kind, one.key), "")) for kind, one in parts]


def _named(part: Part) -> str:
    """The name without the key that it may begin with."""
    return read(part.name).removeprefix(f"{part.key} ")


def _mean_weights(tasks: list) -> tuple[int, ...]:
    """The mean of the tasks' weights in whole percent; the last pillar takes what rounding leaves."""
    if not tasks:
        return (0, 0, 0)
    first, second = (round(sum(task.weights[at] for task in tasks) / len(tasks)) for at in (0, 1))
    return first, second, max(100 - first - second, 0)


def _duration(phase: PhasePart) -> str:
    if phase.schedule == ScheduleKind.CONTINUOUS:
        return _("every quarter")
    if phase.schedule == ScheduleKind.RECURRING:
        return _("every review cycle")
    weeks = round(phase.length_days / WEEK)
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}


def _size(content: Content, phase: PhasePart, tasks: list) -> str:
    projects = len(content.projects)
    if projects and any(project.key.startswith(f"{phase.number}.") for project in content.projects):
        return ngettext("%(n)s kind of project", "one of %(n)s kinds of project", projects) % {"n": projects}
    return ngettext("%(n)s task", "%(n)s tasks", len(tasks)) % {"n": len(tasks)}


def _weeks(content: Content) -> int:
    return round(sum(phase.length_days for phase in content.phases if phase.schedule == ScheduleKind.SEQUENTIAL) / WEEK)
