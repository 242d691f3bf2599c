"""One gate: its evidence round by round, its criteria, the verdicts, and what the reader may do."""

from dataclasses import dataclass, field
from datetime import date, datetime

from organizations.localized import read
from organizations.models import Member
from programs.models import Deliverable
from programs.queries.relations import Relations, relations_of
from programs.vocabulary import DeliverableState, Role
from projects.models import Gate, GateCall, GateCondition, GateDateChange, GateReview, PracticeProject
from projects.queries.reviewers import Voice, reviewers, settles_as, voice_of
from projects.rules import gate_states
from projects.vocabulary import GateState, Judgment

WRITABLE = (DeliverableState.OPEN, DeliverableState.RETURNED)
JUDGMENT_TONES = {Judgment.MET: ("ok", "check"), Judgment.PARTLY: ("warn", "half"), Judgment.NOT: ("bad", "minus")}


@dataclass(frozen=True)
class Said:
    """What a reviewer said of one criterion."""

    text: str
    judgment: str
    note: str

    @property
    def label(self) -> str:
        return str(Judgment(self.judgment).label)

    @property
    def tone(self) -> str:
        return JUDGMENT_TONES[Judgment(self.judgment)][0]

    @property
    def icon(self) -> str:
        return JUDGMENT_TONES[Judgment(self.judgment)][1]


@dataclass(frozen=True)
class VerdictLine:
    """One verdict, with what was said of each criterion."""

    review: GateReview
    said: list[Said]

    @property
    def role_label(self) -> str:
        return str(Role(self.review.role).label)


@dataclass(frozen=True)
class Round:
    """One time that the gate came before its reviewers: the evidence by criterion, and the verdicts."""

    number: int
    sent_at: datetime
    evidence: list[tuple[str, str]]
    verdicts: list[VerdictLine]


@dataclass(frozen=True)
class ConditionLine:
    """A condition, and whether the reader may say that it is settled."""

    condition: GateCondition
    may_settle: bool
    is_late: bool


@dataclass(frozen=True)
class GatePage:
    """All that the page of one gate shows. `voice`: as what the reader may speak now."""

    gate: Gate
    project: PracticeProject
    criteria: list[tuple[str, str]]
    rounds: list[Round]
    missing: list[tuple[str, list[str]]]
    conditions: list[ConditionLine]
    earlier: list[GateCondition]
    may_call: bool
    may_move: bool
    moved: list[GateDateChange]
    voice: Voice | None
    record: Deliverable | None
    names: dict[int, str] = field(default_factory=dict)

    @property
    def role_label(self) -> str:
        return str(Role(self.voice.role).label) if self.voice else ""

    @property
    def stands_in_for(self) -> str:
        """For whom the reader would speak, by name; empty where for themselves."""
        return self.names.get(self.voice.instead_of, "") if self.voice else ""

    @property
    def last_evidence(self) -> dict[str, str]:
        """What was sent in the round before, to start from."""
        if not self.rounds:
            return {}
        return {key: text for (key, _name), (_same, text) in zip(self.criteria, self.rounds[0].evidence, strict=True)}


def gate_for(member: Member, pk: int, today: date) -> Gate | None:
    """A gate of a project that this person sees, themselves or for someone who is away."""
    of_project = [f"project__{name}" for name in ("enrollment__cohort", "enrollment__trainee", "kind", "sponsor")]
    gates = Gate.objects.select_related("definition", *of_project)
    return gates.filter(pk=pk, project__in=PracticeProject.objects.open_to(member, today)).first()


def gate_page(gate: Gate, member: Member, today: date) -> GatePage:
    """The page of a gate that was found by `gate_for`; a fixed number of queries."""
    project, over = gate.project, gate.project.is_over
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    by_role = reviewers(project, gate.definition.reviewers, relations)
    criteria = [(one["key"], read(one["text"])) for one in gate.definition.criteria]
    reviews = list(gate.reviews.select_related("member", "instead_of").order_by("pk"))
    rounds = [_round(call, [one for one in reviews if one.round == call.round], criteria) for call in gate.calls.order_by("-round")]
    is_called = gate.state == GateState.CALLED
    given = {one.role: one.member_id for one in reviews if one.round == gate.round}
    missing = gate_states.missing_roles(gate.definition.reviewers, given)
    wanted = (
        {project.enrollment.trainee_id}
        | {pk for role in missing for pk in by_role[role]}
        | {one["owner"] for each in reviews for one in each.conditions}
    )
    names = dict(Member.objects.filter(pk__in=wanted).values_list("pk", "name"))
    conditions = GateCondition.objects.filter(gate__project=project, gate__position__lte=gate.position)
    found = list(conditions.select_related("owner", "settled_by", "settled_for", "set_by", "gate__definition"))
    return GatePage(
        gate=gate,
        project=project,
        criteria=criteria,
        rounds=rounds,
        missing=[(str(Role(role).label), [names[pk] for pk in sorted(by_role[role])]) for role in missing] if is_called else [],
        conditions=[_condition(one, member, by_role, relations, over, today) for one in found if one.gate_id == gate.pk],
        earlier=[one for one in found if one.gate_id != gate.pk and one.settled_at is None],
        may_call=project.is_led_by(member) and not over and gate.state in gate_states.WITH_TRAINEE,
        may_move=project.is_led_by(member) and not over and not gate.round and gate.state in (GateState.WAITING, GateState.OPEN),
        moved=list(gate.date_changes.select_related("by")),
        voice=voice_of(member.pk, by_role, missing, given.values(), relations) if is_called and not over else None,
        record=_record(gate, project) if project.is_led_by(member) else None,
        names=names,
    )


def _condition(one: GateCondition, member: Member, by_role, relations: Relations, over: bool, today: date) -> ConditionLine:
    is_open = one.settled_at is None
    settles = is_open and not over and settles_as(member.pk, one.owner_id, by_role, relations) is not None
    return ConditionLine(one, settles, is_open and one.due_on < today)


def _round(call: GateCall, reviews: list[GateReview], criteria: list[tuple[str, str]]) -> Round:
    verdicts = []
    for one in reviews:
        given = [(name, one.judgments[key]) for key, name in criteria if key in one.judgments]
        verdicts.append(VerdictLine(one, [Said(name, said["judgment"], said["note"]) for name, said in given]))
    return Round(call.round, call.at, [(name, call.evidence.get(key, "")) for key, name in criteria], verdicts)


def _record(gate: Gate, project: PracticeProject) -> Deliverable | None:
    """The gate's record (D12) while the trainee may still write it, once the round is decided."""
    if project.is_over or not gate.verdict or gate.state == GateState.CALLED:
        return None
    rows = Deliverable.objects.filter(work=project.work_id, kind__task__isnull=True, kind__repeats=True, ended_at__isnull=True)
    return rows.filter(label=gate.definition.key, state__in=WRITABLE).select_related("kind").order_by("number").first()
