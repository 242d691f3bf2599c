"""KPI figures that the product has itself, so that nobody types them: the seam between a review and what lies below it.

Each source answers figures for one formula of rules/kpi_formulas.py, with where they are from. What is not here is typed in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.queries.capability import quality, scored_work
from programs.models import Enrollment


@dataclass(frozen=True)
class Gathered:
    """Figures for a KPI as the product has them, and their source in words."""

    figures: dict[str, int]
    source: str


def _quality(enrollment: Enrollment) -> Gathered | None:
    met, criteria = quality(scored_work(enrollment))
    return Gathered({"met": met, "criteria": criteria}, _("Levels of approved versions in Trellis")) if criteria else None


SOURCES: dict[str, Callable[[Enrollment], Gathered | None]] = {"K6": _quality}


def gathered(enrollment: Enrollment) -> dict[str, Gathered]:
    """By KPI: what the product knows of this trainee today."""
    return {key: found for key, source in SOURCES.items() if (found := source(enrollment))}
