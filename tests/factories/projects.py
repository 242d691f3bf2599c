"""A small programme whose third phase has practice projects of two kinds; and a project in it."""

from collections.abc import Sequence
from datetime import date

from organizations.localized import text
from programs.models import (
    Cohort,
    Deliverable,
    DeliverableKind,
    Enrollment,
    GateDefinition,
    PhaseProgress,
    ProjectKind,
    SignOffStep,
    TaskWork,
    TemplateVersion,
)
from programs.vocabulary import VersionState
from projects.actions.choose_project import choose
from projects.actions.hold_gate import NewCondition, call, review
from projects.actions.name_sponsor import answer
from projects.models import Gate, PracticeProject
from tests.factories.programs import FIELDS, RUBRIC, START, TEXT, approve, draft_version, enroll_cast, make_cohort, work_of

SP_ROUTE = [
    {"kind": "approve", "roles": ["mentor"], "scores": True, "days": 3},
    {"kind": "approve", "roles": ["sponsor"], "scores": False, "days": 5},
]
# key, projects, repeats, minimum, offset, length, final_after_days
KINDS = [
    ("D11", ["3.A", "3.B"], False, 1, 0, 13, None),
    ("D12", ["3.A", "3.B"], True, 4, 9, 70, None),
    ("D13", ["3.A", "3.B"], False, 1, 66, 13, None),
    ("D14", ["3.B"], True, 1, 58, 17, 90),
]
GATES = [
    ("G1", 12, ["mentor", "sponsor", "hrbp"]),
    ("G2", 30, ["mentor", "sponsor"]),
    ("G3", 58, ["mentor", "sponsor"]),
    ("G4", 78, ["mentor", "sponsor", "hrbp"]),
]
RECORD = [
    {"key": "gate", "label": TEXT, "type": "choice", "required": True, "choices": [{"key": key, "label": TEXT} for key, *_ in GATES]},
    {"key": "reviewers", "label": TEXT, "type": "people", "required": True},
    {"key": "reasons", "label": TEXT, "type": "long", "required": True},
]
MILESTONES = [
    {"key": "problem", "text": {"zh-hans": "问题写成指标", "en": "Problem put as a measure"}, "offset": 8, "workflow_steps": ["1"]},
    {"key": "charter", "text": {"zh-hans": "G1：立项书", "en": "G1: charter"}, "offset": 12, "workflow_steps": ["2"]},
    {"key": "design", "text": {"zh-hans": "G2：方案", "en": "G2: design"}, "offset": 30, "workflow_steps": ["4"]},
    {"key": "pilot", "text": {"zh-hans": "G3：试点", "en": "G3: pilot"}, "offset": 58, "workflow_steps": ["5"]},
    {"key": "close", "text": {"zh-hans": "G4：结项", "en": "G4: close"}, "offset": 78, "workflow_steps": ["7"]},
]


def version_with_projects(asked: Sequence[dict] = ()) -> TemplateVersion:
    """The small programme with 3.A and 3.B, published; `asked` are the questions of its checkpoint, noted on by mentor and business head."""
    version = draft_version("项目方案")
    if asked:
        version.tasks.filter(key="4.1.a").update(questions=list(asked), responsible=["mentor", "business_head"])
    for position, (key, zh, en) in enumerate([("3.A", "新员工入职", "Onboarding"), ("3.B", "核心岗位", "Core role")], start=1):
        ProjectKind.objects.create(
            version=version, key=key, position=position, name=text(zh, en), goal=text("目标", "Goal"), mentor_support=text("- 支持", "- Help"),
            weights=[30, 45, 25], measures=[{"key": "m1", "text": {"zh-hans": "客诉", "en": "Complaints"}}],
            activities=[{"key": "align", "method": "interview", "hours": 16, "text": TEXT}], milestones=MILESTONES,
        )  # fmt: skip
    for position, (key, offset, roles) in enumerate(GATES, start=1):
        criteria = [{"key": "owned", "text": TEXT}, {"key": "baseline", "text": TEXT}]
        GateDefinition.objects.create(
            version=version,
            key=key,
            position=position,
            name=text(f"{key} 节点", f"{key} gate"),
            offset=offset,
            criteria=criteria,
            reviewers=roles,
        )
    for position, (key, projects, repeats, minimum, offset, length, final) in enumerate(KINDS, start=100):
        DeliverableKind.objects.create(
            version=version, projects=projects, key=key, position=position, name=text(f"《成果 {key}》", f"Deliverable {key}"), repeats=repeats,
            minimum=minimum, offset=offset, length=length, final_after_days=final, fields=RECORD if key == "D12" else FIELDS, rubric=RUBRIC,
            route=SP_ROUTE,
        )  # fmt: skip
    TemplateVersion.objects.filter(pk=version.pk).update(state=VersionState.PUBLISHED)
    version.refresh_from_db()
    return version


def in_project_phase(cast, trainee=None, cohort: Cohort | None = None) -> Enrollment:
    """Someone whose third phase opened today."""
    cohort = cohort or make_cohort(cast, version=version_with_projects(), name="项目班")
    enrollment = enroll_cast(cast, cohort, trainee=trainee)
    TaskWork.objects.filter(enrollment=enrollment, task__phase__number__lt=3).update(state="approved")
    open_project_phase(enrollment)
    return enrollment


def open_project_phase(enrollment: Enrollment) -> None:
    """The third phase is open from the first day."""
    phases = PhaseProgress.objects.filter(enrollment=enrollment)
    phases.filter(phase__number__lt=3).update(state="complete", completed_at=enrollment.enrolled_at)
    phases.filter(phase__key="PH3").update(state="open", opened_at=f"{START}T09:00:00+08:00")
    TaskWork.objects.filter(enrollment=enrollment, task__key="3.a").update(state="open")


def chosen_project(cast, enrollment: Enrollment | None = None, kind: str = "3.B", sponsor=None) -> PracticeProject:
    """A project of this kind, with a sponsor who has accepted."""
    enrollment = enrollment or in_project_phase(cast)
    kind = ProjectKind.objects.get(version=enrollment.cohort.version, key=kind)
    sponsor, trainee = sponsor or cast.sponsor, enrollment.trainee
    project = choose(work_of(enrollment, "3.a"), kind, name="店长上岗 60 天", problem="客诉太多", sponsor=sponsor, by=trainee, today=START)
    answer(project, True, by=sponsor, today=START)
    return PracticeProject.objects.get(pk=project.pk)


EVIDENCE = {"owned": "发起人到会纪要", "baseline": "系统导出，9 月 1 日"}
MET = {key: {"judgment": "met", "note": ""} for key in EVIDENCE}


def gate_of(project: PracticeProject, key: str) -> Gate:
    """The gate as it stands now."""
    return Gate.objects.select_related("definition", "project").get(project=project, definition__key=key)


def call_gate(project: PracticeProject, key: str, today: date = START) -> Gate:
    """The trainee puts it before its reviewers."""
    call(gate_of(project, key), EVIDENCE, by=project.enrollment.trainee, today=today)
    return gate_of(project, key)


def give(gate: Gate, by, verdict: str = "go", conditions: tuple[NewCondition, ...] = (), today: date = START, **more):
    """One reviewer's verdict, everything met."""
    facts = {"judgments": MET, "reasons": "材料齐备", "conditions": conditions, "round": gate.round} | more
    return review(gate, verdict, by=by, today=today, **facts)


def reviewers_of(cast, gate: Gate) -> list:
    """Those who speak at it."""
    return [cast.people[role] for role in gate.definition.reviewers]


def pass_gate(cast, project: PracticeProject, key: str, today: date = START) -> Gate:
    """Called, and let pass by everybody."""
    gate = call_gate(project, key, today)
    for member in reviewers_of(cast, gate):
        give(gate, member, today=today)
    return gate_of(project, key)


def approve_deliverable(cast, project: PracticeProject, key: str, number: int = 1):
    """Handed in by the trainee, signed by mentor and sponsor."""
    from programs.actions.submit_work import submit

    row = Deliverable.objects.get(work=project.work_id, kind__key=key, number=number, ended_at=None)
    data = {"gate": f"G{number}", "reviewers": [cast.mentor.pk], "reasons": "理由"} if key == "D12" else {"points": "要点"}
    submission = submit(row, data, by=project.enrollment.trainee, today=START)
    for _step in SignOffStep.objects.filter(submission=submission):
        approve(submission, cast.mentor if SignOffStep.objects.get(submission=submission, state="ready").position == 1 else cast.sponsor)
    return row
