"""The list of templates: their versions, and the cohorts that run on each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from organizations.prepared import Prepared
from programs.models import Cohort, ProgramTemplate, TemplateVersion
from programs.vocabulary import CohortState, EnrollmentState, VersionState


@dataclass(frozen=True)
class VersionLine:
    """One version of a template."""

    number: int
    state: VersionState
    edited_at: datetime
    published_at: datetime | None
    published_by: str
    cohorts: tuple[str, ...]
    trainees: int

    @property
    def is_draft(self) -> bool:
        """Whether it can still be edited."""
        return self.state == VersionState.DRAFT


@dataclass(frozen=True)
class TemplateLine:
    """One template, its versions newest first."""

    pk: int
    name: str
    name_zh: str
    name_en: str
    versions: tuple[VersionLine, ...]

    @property
    def draft(self) -> VersionLine | None:
        """The version that is being edited."""
        return next((version for version in self.versions if version.is_draft), None)

    @property
    def newest(self) -> VersionLine:
        """The version that was made last."""
        return self.versions[0]


def template_list() -> list[TemplateLine]:
    """All templates that are not archived, the one edited last first; three queries."""
    templates = {template.pk: template for template in ProgramTemplate.objects.filter(archived_at__isnull=True)}
    versions = TemplateVersion.objects.filter(template__in=templates).select_related("published_by")
    running = running_cohorts(templates)
    lines: dict[int, list[VersionLine]] = {pk: [] for pk in templates}
    for version in versions.only("template", "number", "state", "edited_at", "published_at", "published_by__name").order_by("-number"):
        cohorts = running.get(version.pk, ())
        lines[version.template_id].append(
            VersionLine(
                version.number,
                VersionState(version.state),
                version.edited_at,
                version.published_at,
                version.published_by.name if version.published_by else "",
                tuple(name for name, _trainees in cohorts),
                sum(trainees for _name, trainees in cohorts),
            )
        )
    found = [
        TemplateLine(pk, str(template.name), *_both(template.name.data), tuple(lines[pk]))
        for pk, template in templates.items()
        if lines[pk]
    ]
    return sorted(found, key=lambda line: line.newest.edited_at, reverse=True)


def _both(name: dict | str) -> tuple[str, str]:
    """A name in Chinese and in English."""
    return (name.get("zh-hans", ""), name.get("en", "")) if isinstance(name, dict) else (name, name)


def running_cohorts(templates: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """Cohorts that are not finished, by the id of their version: name, and how many trainees are on their way."""
    return _by_version(_running(list(templates)))


def running_cohorts_of(template: int) -> dict[int, list[tuple[str, int]]]:
    """The same for one template."""
    return _by_version(RUNNING_OF.rows(template))


def _running(templates: list[int]) -> QuerySet:
    active = Q(enrollments__state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
    return (
        Cohort.objects.filter(version__template__in=templates)
        .exclude(state=CohortState.FINISHED)
        .annotate(trainees=Count("enrollments", filter=active))
        .order_by("start_on", "pk")
        .values_list("version_id", "name", "trainees")
    )


RUNNING_OF = Prepared(lambda template: _running([template]), int)


def _by_version(rows: Iterable[tuple[int, str, int]]) -> dict[int, list[tuple[str, int]]]:
    answer: dict[int, list[tuple[str, int]]] = {}
    for version, name, trainees in rows:
        answer.setdefault(version, []).append((name, trainees))
    return answer
