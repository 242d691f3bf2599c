"""What the gate knows of its own record."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.localized import read
from programs.vocabulary import Role
from projects.models import Gate
from projects.rules.gate_record import Voice, record


def gate_record(gate: Gate) -> dict[str, Any]:
    """Answers for the record's form, out of the round that was decided."""
    called = gate.calls.get(round=gate.round)
    voices = [
        Voice(
            one.member_id,
            _("%(name)s (%(role)s): %(verdict)s")
            % {"name": one.member.name, "role": Role(one.role).label, "verdict": one.get_verdict_display()},
            one.reasons,
            one.judgments,
        )
        for one in gate.reviews.filter(round=gate.round).select_related("member").order_by("pk")
    ]
    return record(
        gate.definition.key,
        [(one["key"], read(one["text"])) for one in gate.definition.criteria],
        called.evidence,
        timezone.localdate(called.at),
        gate.verdict,
        voices,
        [(one.what, one.owner.name, one.due_on) for one in gate.conditions.select_related("owner")],
    )
