"""The file of a review: all that a panel reads, put together once.

It is made of what counts: KPI values, levels of approved versions, the frozen 360 figures, goals and summary, statements,
facts. No returned version, draft, private note, version number or date of handing in is ever read here, so that room to
fail is a fact (moonshot 12).
"""

import json
from typing import Any

from django.utils import timezone

from assessments.models import CertificationReview, Decision, KpiValue, ResultCell, Statement
from assessments.queries.capability import Scored, capability_mean, pillar_means, scored_work
from assessments.queries.counts import groups_of
from assessments.queries.decisions import held_level, standing_decisions
from assessments.queries.facts import facts_of
from assessments.queries.growth import growth
from programs.models import Pillar
from programs.queries.plan_point import points_of
from programs.rules.content_hash import canonical, content_hash
from programs.rules.rubric import shown_mean

DOMAIN = "review_file"


def review_file(review: CertificationReview) -> dict[str, Any]:
    """The file as it would be frozen now: plain JSON, the same for the same evidence. Cycle, cohort and trainee must be loaded."""
    enrollment = review.enrollment
    scored = scored_work(enrollment)
    mean = capability_mean(scored)
    before = [one for one in standing_decisions([enrollment.pk]).get(enrollment.pk, []) if one.review_id != review.pk]
    file = {
        "trainee": enrollment.trainee.name,
        "cohort": enrollment.cohort.name,
        "cycle": review.cycle.number,
        "level": review.level,
        "held": held_level(before),
        "kpis": _kpis(review),
        "capability": {"mean": _text(mean), "pillars": _pillars(enrollment.cohort.version_id, scored), "work": list(map(_work, scored))},
        "feedback": {"cells": _cells(review), "groups": groups_of(review)},
        "growth": growth(enrollment, review.cycle.number),
        "statements": _statements(review),
        "facts": facts_of(enrollment, review.cycle.number, mean),
        "previous": _previous(before),
    }
    return json.loads(canonical(file))


def file_hash(file: dict[str, Any]) -> str:
    """The SHA-256 by which votes and decisions name exactly this file."""
    return content_hash(DOMAIN, file)


def _kpis(review: CertificationReview) -> list[dict[str, Any]]:
    rows = KpiValue.objects.filter(review=review).select_related("confirmed_by").order_by("key")
    return [
        {
            "key": row.key,
            "value": _text(row.value),
            "value_high": _text(row.value_high),
            "unit": row.unit,
            "n": row.n,
            "source": row.source,
            "note": row.note,
            "confirmed_by": row.confirmed_by.name if row.confirmed_by else "",
        }
        for row in rows
    ]


def _pillars(version: int, scored: list[Scored]) -> list[dict[str, Any]]:
    means = pillar_means(scored)
    pillars = Pillar.objects.filter(version=version).order_by("position")
    return [{"key": pillar.key, "name": pillar.name.data, "mean": _text(means[pillar.position - 1])} for pillar in pillars]


def _work(one: Scored) -> dict[str, Any]:
    return {"key": one.key, "label": one.label, "name": one.name, "mean": _text(shown_mean(one.mean)),
            "criteria": list(one.criteria)}  # fmt: skip


def _cells(review: CertificationReview) -> list[dict[str, Any]]:
    rows = ResultCell.objects.filter(review=review).order_by("pk")
    return [{"unit": row.unit, "item": row.item, "n": row.n, "mean": _text(row.mean), "bound": row.bound} for row in rows]


def _statements(review: CertificationReview) -> list[dict[str, Any]]:
    rows = Statement.objects.filter(review=review).select_related("member").order_by("role", "member__sort_name", "pk")
    return [{"role": row.role, "name": row.member.name, "text": row.text} for row in rows]


def _previous(before: list) -> dict[str, Any] | None:
    if not before:
        return None
    last = before[-1]
    return {"cycle": last.review.cycle.number, "outcome": last.outcome, "level": last.level, "scores": last.scores, "plan": _plan(last)}


def _plan(last: Decision) -> list[dict[str, Any]]:
    """Each point of the plan, and whether it was met by the time that the file is put together."""
    return [
        {
            "what": point.what,
            "due_on": point.due_on.isoformat(),
            "met_on": timezone.localdate(point.settled_at).isoformat() if point.settled_at else None,
            "note": point.note,
        }
        for point in points_of(last.subject_kind, last.pk)
    ]


def _text(value) -> str | None:
    return None if value is None else str(value)
