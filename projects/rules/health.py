"""How a project is, in a word, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.rules.risk_levels import HIGH
from projects.vocabulary import Health, ProjectState

# Working days before a gate in which its evidence should be with the reviewers. Source: content, D12.
EVIDENCE_AHEAD = 3


@dataclass(frozen=True)
class GateHealth:
    """The gate that is next: working days until it is due (negative: late), and whether it lies with its reviewers."""

    key: str
    days_left: int
    is_called: bool = False


@dataclass(frozen=True)
class RiskHealth:
    """An open risk: its level, and whether somebody does something about it."""

    level: str
    has_response: bool


@dataclass(frozen=True)
class Reason:
    """Why a project is not on track; `code` names the sentence, `what` its subject, `days` how many working days."""

    code: str
    what: str = ""
    days: int = 0


@dataclass(frozen=True)
class Standing:
    """The word and its reasons, the gravest first."""

    health: Health
    reasons: tuple[Reason, ...] = ()


def health(
    state: str,
    gate: GateHealth | None,
    late_conditions: int = 0,
    end_slips_by: int = 0,
    risks: Sequence[RiskHealth] = (),
) -> Standing:
    """A project's health.

    Late: the next gate, or a condition of an earlier one, is past its day. Needs attention: the gate is near and its
    evidence not sent, the end slips by `end_slips_by` working days, or a high risk has no response. A gate that lies with its
    reviewers is late too when its day is past, but it is not the trainee who is.
    """
    if state == ProjectState.CLOSED:
        return Standing(Health.CLOSED)
    if state == ProjectState.STOPPED:
        return Standing(Health.STOPPED)
    late, watch = [], []
    if gate is not None and gate.days_left < 0:
        late.append(Reason("gate_with_reviewers" if gate.is_called else "gate_late", gate.key, -gate.days_left))
    if late_conditions:
        late.append(Reason("conditions_late", days=late_conditions))
    if gate is not None and 0 <= gate.days_left <= EVIDENCE_AHEAD and not gate.is_called:
        watch.append(Reason("gate_near", gate.key, gate.days_left))
    if end_slips_by > 0:
        watch.append(Reason("end_slips", days=end_slips_by))
    if bare := sum(risk.level == HIGH and not risk.has_response for risk in risks):
        watch.append(Reason("risk_without_response", days=bare))
    word = Health.LATE if late else Health.AT_RISK if watch else Health.ON_TRACK
    return Standing(word, (*late, *watch))
