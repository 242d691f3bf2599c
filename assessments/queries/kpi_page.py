"""The figures of one review, with what the product has itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.models import CertificationReview, KpiValue
from assessments.queries.file_words import said_value
from assessments.queries.kpi_sources import Gathered, gathered
from assessments.queries.scheme import scheme_of
from assessments.rules.kpi_formulas import FORMULAS
from organizations.localized import read


@dataclass(frozen=True)
class KpiLine:
    """One KPI: its words, what is written down, and what the product would take over at the freeze."""

    key: str
    name: str
    formula: str
    remark: str
    needs_business: bool
    row: KpiValue | None
    found: Gathered | None

    @property
    def value(self) -> str:
        return said_value(self.row.value, self.row.value_high) if self.row else ""

    @property
    def stamp(self) -> str:
        """What a confirmation names, so that it is of exactly this value."""
        return self.row.entered_at.isoformat() if self.row else ""


def kpi_lines(review: CertificationReview) -> list[KpiLine]:
    """Every KPI of the template that has a formula; three queries."""
    rows = {row.key: row for row in KpiValue.objects.filter(review=review).select_related("entered_by", "confirmed_by")}
    found = gathered(review.enrollment)
    definitions = [one for one in scheme_of(review.enrollment.cohort.version_id)["kpis"] if one["key"] in FORMULAS]
    return [_line(one, rows.get(one["key"]), found.get(one["key"])) for one in definitions]


def _line(one: Mapping[str, Any], row: KpiValue | None, found: Gathered | None) -> KpiLine:
    key = one["key"]
    return KpiLine(key, read(one["name"]), read(one["formula"]), read(one["note"]), FORMULAS[key].needs_business, row, found)
