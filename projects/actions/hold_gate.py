"""Hold a gate: the trainee calls it with evidence, each reviewer gives a verdict, the last one decides the round."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions import project_work
from programs.queries.relations import relations_of
from programs.vocabulary import Role
from projects import paths
from projects.actions.close_project import close_if_ready
from projects.actions.leading import led, locked
from projects.models import Gate, GateCall, GateCondition, GateReview, PracticeProject
from projects.queries.reviewers import reviewers, voice_of
from projects.rules import gate_states
from projects.vocabulary import GateState, Judgment, Notice, ProjectState, Verdict

# A verdict that lets the project go on while a criterion is not met would say two things at once.
NEEDS_ALL = frozenset({Verdict.GO})


@dataclass(frozen=True)
class NewCondition:
    """What a reviewer asks for beyond the gate; `owner` is a member's id."""

    what: str
    owner: int
    due_on: date


@transaction.atomic
def call(gate: Gate, evidence: Mapping[str, str], *, by: Member, today: date) -> GateCall:
    """Put the gate before its reviewers. `evidence` says for each criterion what shows it and where it is.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "not_yours", the gate waits for another or lies with its reviewers; "evidence_missing" by
            criterion; "role_missing", nobody holds a role that the gate asks for.
    """
    project = led(gate.project_id, by)
    gate = _locked(gate)
    if gate.state not in gate_states.WITH_TRAINEE:
        raise ValidationError(_("This gate is not yours to call now."), code="not_yours")
    keys = [criterion["key"] for criterion in gate.definition.criteria]
    given = {key: evidence.get(key, "").strip() for key in keys}
    if empty := {key: ValidationError(_("Say what shows it, and where it is."), code="evidence_missing") for key in keys if not given[key]}:
        raise ValidationError(empty)
    by_role = _by_role(project, gate, today)
    if nobody := [role for role, people in by_role.items() if not people]:
        raise _role_missing(nobody[0])
    gate.round += 1
    gate.state, gate.verdict = GateState.CALLED, ""
    gate.save(update_fields=["round", "state", "verdict"])
    called = GateCall.objects.create(gate=gate, round=gate.round, evidence=given, by=by)
    words = _words(project, gate)
    for member in Member.objects.active().filter(pk__in=frozenset().union(*by_role.values())):
        notify(member, Notice.GATE_CALLED, about=project, path=paths.gate(gate.pk), words=words, key=f"{gate.pk}:{gate.round}")
    return called


@transaction.atomic
def review(
    gate: Gate,
    verdict: str,
    *,
    judgments: Mapping[str, Mapping[str, str]],
    reasons: str,
    conditions: Sequence[NewCondition] = (),
    round: int,
    by: Member,
    today: date,
) -> GateReview:
    """Give one's verdict in the round that one has read. When every role has spoken, the most severe verdict holds.

    Raises:
        PermissionDenied: `by` is not among those who speak at this gate or stand in for them, or is the trainee.
        ValidationError: "not_called"; "other_round", it came back with new evidence; "already_given"; and beside their
            fields "unknown_verdict", "judgment_missing", "not_met" (a plain go needs every criterion met), "reason_required",
            "condition_required", "condition_day".
    """
    project = locked(gate.project_id)
    gate = _locked(gate)
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    by_role = reviewers(project, gate.definition.reviewers, relations)
    if voice_of(by.pk, by_role, by_role, (), relations) is None:
        raise PermissionDenied(_("Only the reviewers of this gate give a verdict, and nobody on their own project."))
    said_before = list(gate.reviews.filter(round=gate.round).values_list("role", "verdict", "member_id"))
    given = {role: verdict for role, verdict, _person in said_before}
    if gate.state != GateState.CALLED:
        raise ValidationError(_("This gate does not wait for a verdict."), code="not_called")
    if round != gate.round:
        raise ValidationError(_("This gate came back with new evidence. Read that; this verdict was not saved."), code="other_round")
    missing = gate_states.missing_roles(gate.definition.reviewers, given)
    voice = voice_of(by.pk, by_role, missing, [person for _role, _verdict, person in said_before], relations)
    if voice is None:
        raise ValidationError(_("Your verdict on this round has been given already."), code="already_given")
    kept = _checked(gate, verdict, judgments, reasons, conditions, today)
    said = GateReview.objects.create(
        gate=gate,
        round=gate.round,
        role=voice.role,
        member=by,
        instead_of_id=voice.instead_of,
        verdict=verdict,
        judgments=kept,
        reasons=reasons.strip(),
        conditions=[asdict(one) | {"due_on": one.due_on.isoformat()} for one in conditions]
        if verdict == Verdict.GO_WITH_CONDITIONS
        else [],
    )
    label = f"{gate.definition.key} {project.name}"
    record(AuditAction.GATE_REVIEWED, said, by=by, label=label, after={"verdict": verdict, "role": voice.role, "reasons": said.reasons})
    if outcome := gate_states.outcome(gate.definition.reviewers, given | {voice.role: verdict}):
        _decide(project, gate, outcome, by, today)
    return said


def _locked(gate: Gate) -> Gate:
    return Gate.objects.select_for_update(of=["self"]).select_related("definition").get(pk=gate.pk)


def _by_role(project: PracticeProject, gate: Gate, today: date) -> dict[str, frozenset[int]]:
    return reviewers(project, gate.definition.reviewers, relations_of([project.enrollment], today)[project.enrollment_id])


def _role_missing(role: str) -> ValidationError:
    if role == Role.SPONSOR:
        return ValidationError(_("Your sponsor has not accepted yet. Without a sponsor no gate is held."), code="role_missing")
    return ValidationError(
        _("Nobody is named as %(role)s. Ask your cohort manager to name someone, then call the gate."),
        code="role_missing",
        params={"role": Role(role).label},
    )


def _checked(gate: Gate, verdict: str, judgments, reasons: str, conditions: Sequence[NewCondition], today: date) -> dict[str, dict]:
    """The judgments as they are kept; refuses a verdict that does not say enough."""
    wrong: dict[str, ValidationError] = {}
    if verdict not in Verdict.values:
        wrong["verdict"] = ValidationError(_("Choose a verdict."), code="unknown_verdict")
    kept = {}
    for criterion in gate.definition.criteria:
        said = judgments.get(criterion["key"], {})
        judgment, note = said.get("judgment", ""), said.get("note", "").strip()
        if judgment not in Judgment.values:
            wrong[criterion["key"]] = ValidationError(_("Say how far this is met."), code="judgment_missing")
        elif judgment != Judgment.MET and not note:
            wrong[criterion["key"]] = ValidationError(_("Say what is missing."), code="reason_required")
        kept[criterion["key"]] = {"judgment": judgment, "note": note}
    if not wrong and verdict in NEEDS_ALL and any(one["judgment"] == Judgment.NOT for one in kept.values()):
        wrong["verdict"] = ValidationError(_("A criterion is not met. Ask for conditions or for rework."), code="not_met")
    if not reasons.strip():
        wrong["reasons"] = ValidationError(_("Say why, and name what you see differently from the others."), code="reason_required")
    if verdict == Verdict.GO_WITH_CONDITIONS and not conditions:
        wrong["conditions"] = ValidationError(_("Name at least one condition: what, who, and by when."), code="condition_required")
    if verdict == Verdict.GO_WITH_CONDITIONS and any(one.due_on < today for one in conditions):
        wrong["conditions"] = ValidationError(_("The day of a condition has passed. Choose today or a later day."), code="condition_day")
    if wrong:
        raise ValidationError(wrong)
    return kept


def _decide(project: PracticeProject, gate: Gate, outcome: Verdict, by: Member, today: date) -> None:
    gate.state, gate.verdict, gate.decided_at = gate_states.state_after(outcome), outcome, clock.now()
    gate.save(update_fields=["state", "verdict", "decided_at"])
    words = _words(project, gate) | {"verdict": str(outcome)}
    trainee = project.enrollment.trainee
    notify(trainee, Notice.GATE_DECIDED, about=project, path=paths.gate(gate.pk), words=words, key=f"{gate.pk}:{gate.round}")
    if gate.state == GateState.PASSED:
        _pass(project, gate, today)
        close_if_ready(project, by=by, today=today)
    elif gate.state == GateState.STOPPED:
        project.state, project.ended_at = ProjectState.STOPPED, project_work.stop(project.work, today=today)
        project.save(update_fields=["state", "ended_at"])
        record(AuditAction.PROJECT_STOPPED, project, by=by, label=project.name)


def _pass(project: PracticeProject, gate: Gate, today: date) -> None:
    gate.milestones.filter(actual_on__isnull=True).update(actual_on=today)
    if project.state == ProjectState.PLANNING:
        project.state = ProjectState.RUNNING
        project.save(update_fields=["state"])
        for milestone in project.milestones.filter(baseline_on__isnull=True):
            milestone.baseline_on = milestone.planned_on
            milestone.save(update_fields=["baseline_on"])
    Gate.objects.filter(project=project, position=gate.position + 1, state=GateState.WAITING).update(state=GateState.OPEN)
    people = Member.objects.in_bulk([one["owner"] for said in gate.reviews.filter(round=gate.round) for one in said.conditions])
    for said in gate.reviews.filter(round=gate.round).select_related("member").order_by("pk"):
        for one in said.conditions:
            condition = GateCondition.objects.create(
                gate=gate, what=one["what"], owner=people[one["owner"]], due_on=date.fromisoformat(one["due_on"]), set_by=said.member
            )
            words = _words(project, gate) | {"condition": condition.what, "due_on": condition.due_on.isoformat()}
            notify(condition.owner, Notice.CONDITION_SET, about=project, path=paths.gate(gate.pk), words=words, key=str(condition.pk))


def _words(project: PracticeProject, gate: Gate) -> dict[str, str]:
    return {
        "project": project.name,
        "gate": gate.definition.name.data,
        "trainee": project.enrollment.trainee.name,
        "due_on": gate.due_on.isoformat(),
    }
