"""The figures of one review, with what the product counts itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assessments.models import CertificationReview, KpiValue
from assessments.queries.file_words import said_value
from assessments.queries.kpi_sources import COUNTED_FROM, Gathered, gathered
from assessments.queries.scheme import scheme_of
from assessments.rules.kpi_formulas import FORMULAS, same_figures
from organizations.localized import read
from programs.queries.answers import said_number


@dataclass(frozen=True)
class KpiLine:
    """One KPI: its words, what is written down, and what the product counts; nothing of the latter for whom `shows_sources` is not."""

    key: str
    name: str
    formula: str
    remark: str
    needs_business: bool
    row: KpiValue | None
    found: Gathered | None
    shows_sources: bool

    @property
    def counted_from(self) -> str:
        """What the product would count it from."""
        return str(COUNTED_FROM[self.key])

    @property
    def figures(self) -> list[tuple[str, str]]:
        """What went in, in words."""
        given = self.row.inputs if self.row else {}
        return [
            (str(one.label), str(dict(one.choices).get(given[one.name], "")) if one.choices else said_number(Decimal(given[one.name])))
            for one in FORMULAS[self.key].figures
            if one.name in given
        ]

    @property
    def differs(self) -> bool:
        """Whether the product counts other figures today than those written down."""
        return bool(self.row and self.found and not same_figures(self.row.inputs, self.found.figures))

    @property
    def value(self) -> str:
        return said_value(self.row.value, self.row.value_high) if self.row else ""

    @property
    def stamp(self) -> str:
        """What a confirmation names, so that it is of exactly this value."""
        return self.row.entered_at.isoformat() if self.row else ""


def kpi_lines(review: CertificationReview, today: date, *, with_sources: bool) -> list[KpiLine]:
    """Every KPI of the template that has a formula; two queries, and with what the product counts sixteen at most."""
    rows = {row.key: row for row in KpiValue.objects.filter(review=review).select_related("entered_by", "confirmed_by")}
    found = gathered(review.enrollment, today) if with_sources else {}
    definitions = [one for one in scheme_of(review.enrollment.cohort.version_id)["kpis"] if one["key"] in FORMULAS]
    return [_line(one, rows.get(one["key"]), found.get(one["key"]), shows_sources=with_sources) for one in definitions]


def _line(one: Mapping[str, Any], row: KpiValue | None, found: Gathered | None, *, shows_sources: bool) -> KpiLine:
    key = one["key"]
    words = (read(one["name"]), read(one["formula"]), read(one["note"]))
    return KpiLine(key, *words, FORMULAS[key].needs_business, row, found, shows_sources)
