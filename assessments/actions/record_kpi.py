"""Take a KPI value over or write it down with its source, and have it confirmed by a business head by name."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.locking import locked
from assessments.models import CertificationReview, KpiValue
from assessments.policies.reviews import may_confirm_figures, may_enter_figures
from assessments.queries.kpi_sources import gathered
from assessments.queries.review import supporters_of
from assessments.queries.scheme import scheme_of
from assessments.queries.standing import standing_in
from assessments.rules.kpi_formulas import FORMULAS, MESSAGES, Unanswerable, compute, same_figures
from assessments.vocabulary import Notice, ReviewState
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.vocabulary import Role


@transaction.atomic
def record_kpi(
    review: CertificationReview, key: str, figures: Mapping[str, Decimal | str], *, source: str, note: str, by: Member
) -> KpiValue:
    """Work out the value and keep it with what went in. All figures empty: there is no value, and `note` says why.

    Figures other than those the product counts need a reason in `note`. A change takes an earlier confirmation away: it was of
    another figure.

    Raises:
        PermissionDenied: `by` is neither the trainee nor their line manager, nor runs the cohort.
        ValidationError: "frozen"; "unknown_kpi"; by field the codes of `kpi_formulas`, "source_missing", "reason_missing".
    """
    review = locked(review)
    if not may_enter_figures(standing_in(by, review)):
        raise PermissionDenied(_("The trainee, the line manager and who runs the cohort write figures down."))
    _require_gathering(review)
    if key not in FORMULAS:
        raise ValidationError(_("There is no such KPI."), code="unknown_kpi")
    values = _values(key, figures, source.strip(), note.strip())
    found = gathered(review.enrollment, timezone.localdate(clock.now())).get(key)
    if found and values["value"] is not None and not values["note"] and not same_figures(values["inputs"], found.figures):
        refusal = _("Trellis counts %(value)s. Where yours differ, say why.") % {"value": found.said}
        raise ValidationError({"note": ValidationError(refusal, code="reason_missing")})
    row = _write(review, key, values, by)
    record(AuditAction.KPI_RECORDED, review, by=by, label=f"{key} {review.enrollment.trainee.name}")
    if FORMULAS[key].needs_business and row.value is not None:
        words = {"trainee": review.enrollment.trainee.name, "key": key}
        for head in supporters_of(review, Role.BUSINESS_HEAD):
            path = paths.kpis(review.pk)
            notify(head, Notice.KPI_TO_CONFIRM, about=review, path=path, words=words, key=f"{row.pk}:{row.entered_at:%Y%m%d}")
    return row


@transaction.atomic
def confirm(kpi: KpiValue, *, seen: str, by: Member) -> KpiValue:
    """Confirm a value by name, as it stands: `seen` is the value on the page that was read.

    Raises:
        PermissionDenied: `by` is no business head of this trainee.
        ValidationError: "frozen"; "no_value"; "changed", another value stands there now.
    """
    review = locked(kpi.review)
    if not may_confirm_figures(standing_in(by, review)):
        raise PermissionDenied(_("A business head of this trainee confirms figures."))
    _require_gathering(review)
    kpi = KpiValue.objects.select_for_update().get(pk=kpi.pk)
    if kpi.value is None:
        raise ValidationError(_("There is no value to confirm."), code="no_value")
    if seen != stamp(kpi):
        raise ValidationError(_("This figure has changed since you read it. Look at it again."), code="changed")
    kpi.confirmed_by, kpi.confirmed_at = by, clock.now()
    kpi.save(update_fields=["confirmed_by", "confirmed_at"])
    record(AuditAction.FIGURES_CONFIRMED, review, by=by, label=f"{kpi.key} {review.enrollment.trainee.name}")
    return kpi


def stamp(kpi: KpiValue) -> str:
    """What tells one value from a later one: when it was written down."""
    return kpi.entered_at.isoformat()


def take_over(review: CertificationReview, *, by: Member, today: date) -> None:
    """Write down what the product knows itself and nobody has typed; for the file, in the transaction that freezes it.

    What only a business head can confirm is not among it.
    """
    known = {row["key"] for row in scheme_of(review.enrollment.cohort.version_id)["kpis"]}
    there = set(KpiValue.objects.filter(review=review).values_list("key", flat=True))
    for key, found in gathered(review.enrollment, today).items():
        if key in known - there and not FORMULAS[key].needs_business:
            _write(review, key, _values(key, found.figures, found.source, ""), by)


def _require_gathering(review: CertificationReview) -> None:
    if review.state != ReviewState.GATHERING:
        raise ValidationError(_("The file is with the panel; its figures stand."), code="frozen")


def _values(key: str, figures: Mapping[str, Decimal | str], source: str, note: str) -> dict:
    given = {name: value for name, value in figures.items() if value not in (None, "")}
    inputs = {name: str(value) for name, value in given.items()}
    common = {"inputs": inputs, "source": source, "note": note}
    if not given:
        if not note:
            raise ValidationError({"note": ValidationError(_("Say why there is no figure; do not estimate one."), code="reason_missing")})
        return common | {"value": None, "value_high": None, "n": None}
    try:
        result = compute(key, given)
    except Unanswerable as problem:
        raise ValidationError({problem.field: ValidationError(str(MESSAGES[problem.code]), code=problem.code)}) from None
    if not source:
        raise ValidationError({"source": ValidationError(_("Say where the figures are from."), code="source_missing")})
    return common | {"value": result.value, "value_high": result.high, "n": result.n}


def _write(review: CertificationReview, key: str, values: dict, by: Member) -> KpiValue:
    fresh = {"entered_by": by, "entered_at": clock.now(), "confirmed_by": None, "confirmed_at": None, "unit": FORMULAS[key].unit}
    return KpiValue.objects.update_or_create(review=review, key=key, defaults=values | fresh)[0]
