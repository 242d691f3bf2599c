"""A small programme: every kind of task once, in five phases; and people enrolled in it."""

from datetime import date

from organizations.localized import text
from programs.actions.enroll import NewTrainee, enroll
from programs.models import (
    CheckDefinition,
    Cohort,
    DeliverableKind,
    Enrollment,
    Module,
    Phase,
    Pillar,
    Prerequisite,
    ProgramTemplate,
    TaskDefinition,
    TaskWork,
    TemplateVersion,
)
from programs.vocabulary import VersionState

START = date(2026, 9, 1)
TEXT = {"zh-hans": "要点", "en": "Points"}
FIELDS = [{"key": "points", "label": TEXT, "type": "long", "required": True}]
RUBRIC = [
    {"key": "clear", "weight": 60, "name": TEXT, "levels": [TEXT] * 4},
    {"key": "useful", "weight": 40, "name": TEXT, "levels": [TEXT] * 4},
]
BY_MENTOR = [{"kind": "approve", "roles": ["mentor"], "scores": True, "days": 3}]
BY_THREE = [
    {"kind": "agree", "roles": ["trainee"], "days": 3},
    {"kind": "approve", "roles": ["mentor"], "scores": True, "days": 3},
    {"kind": "approve", "roles": ["line_manager"], "days": 3},
]
PHASES = [
    ("PH1", 30, "sequential", "all_required"),
    ("PH2", 60, "sequential", "practice_tasks"),
    ("PH3", 80, "sequential", "project_closed"),
    ("PH4", 63, "continuous", "none"),
    ("PH5", 126, "recurring", "per_cycle"),
]
# key, phase, offset, length, method, deliverable (key, route, layout), check, more facts
TASKS = [
    ("1.1.a", "PH1", 0, 15, "self_study", ("D1", BY_MENTOR, "deliverable"), None, {}),
    ("1.2.a", "PH1", 2, 5, "shadowing", None, None, {}),
    ("1.4.a", "PH1", 0, 10, "mentoring", None, "C3", {}),
    ("1.4.c", "PH1", 10, 18, "mentoring", ("D5", BY_THREE, "idp"), None, {}),
    ("2.1.a", "PH2", 0, 5, "online_course", None, None, {"counts_for_exit": False}),
    ("2.1.d", "PH2", 0, 14, "practice", ("D6", BY_MENTOR, "deliverable"), None, {}),
    ("3.a", "PH3", 0, 80, "project", None, None, {}),
    ("4.1.a", "PH4", 0, 10, "review", None, None, {"recurrence": "quarterly"}),
    ("5.3.a", "PH5", 0, 11, "review", ("D20", BY_MENTOR, "deliverable"), None, {"recurrence": "per_cycle"}),
]


def draft_version(name: str = "小方案") -> TemplateVersion:
    """A template with one draft version, inside the open tenant."""
    template = ProgramTemplate.objects.create(name=text(name, "Small program"))
    version = TemplateVersion.objects.create(template=template, number=1)
    Pillar.objects.bulk_create(
        Pillar(version=version, key=f"PL{number}", position=number, name=text(f"支柱{number}", f"Pillar {number}")) for number in (1, 2, 3)
    )
    phases = _by_key(
        Phase(
            version=version, key=key, number=number, name=text(f"第{number}阶段", f"Phase {number}"),
            length_days=length, schedule=schedule, exit=exit_kind,
        )
        for number, (key, length, schedule, exit_kind) in enumerate(PHASES, start=1)
    )  # fmt: skip
    modules = _by_key(_modules(version, phases))
    tasks = _by_key(
        TaskDefinition(
            version=version, phase=phases[phase], module=modules[key.rsplit(".", 1)[0]], key=key, position=position,
            name=text(f"任务 {key}", f"Task {key}"), what=text("要做的事", "What to do"), method=method, anchor="phase_start",
            offset=offset, length=length, weight_1=50, weight_2=30, weight_3=20, **more,
        )
        for position, (key, phase, offset, length, method, _deliverable, _check, more) in enumerate(TASKS, start=1)
    )  # fmt: skip
    DeliverableKind.objects.bulk_create(
        DeliverableKind(
            version=version, task=tasks[key], key=deliverable[0], position=position, layout=deliverable[2],
            name=text(f"《成果 {deliverable[0]}》", f"Deliverable {deliverable[0]}"), fields=FIELDS, rubric=RUBRIC, route=deliverable[1],
        )
        for position, (key, *_facts, deliverable, _check, _more) in enumerate(TASKS, start=1)
        if deliverable
    )  # fmt: skip
    items = [{"key": "signed", "text": TEXT}, {"key": "booked", "text": TEXT}]
    CheckDefinition.objects.bulk_create(
        CheckDefinition(version=version, task=tasks[key], key=check, position=1, name=text("协议", "Agreement"), items=items, by=["mentor"])
        for key, *_facts, check, _more in TASKS
        if check
    )
    Prerequisite.objects.create(version=version, task=tasks["1.4.c"], requires=tasks["1.4.a"])
    return version


def _by_key(rows) -> dict:
    """Insert these rows of one kind in one statement: a test waits for every statement of its set-up."""
    rows = list(rows)
    type(rows[0]).objects.bulk_create(rows)
    return {row.key: row for row in rows}


def _modules(version: TemplateVersion, phases: dict[str, Phase]) -> list[Module]:
    places = {}
    for position, (key, phase, *_facts) in enumerate(TASKS, start=1):
        places.setdefault(key.rsplit(".", 1)[0], (phase, position))
    return [
        Module(version=version, phase=phases[phase], key=key, position=position, name=text(f"模块{key}", f"Module {key}"))
        for key, (phase, position) in places.items()
    ]


def published_version() -> TemplateVersion:
    """The same, published: nothing of it can change any more."""
    version = draft_version()
    TemplateVersion.objects.filter(pk=version.pk).update(state=VersionState.PUBLISHED)
    version.refresh_from_db()
    return version


def make_cohort(cast, start_on: date = START, **facts) -> Cohort:
    """A cohort of the small programme, run by the cast's cohort manager."""
    version = facts.pop("version", None) or published_version()
    return Cohort.objects.create(
        version=version, name=facts.pop("name", "2026 秋季班"), start_on=start_on, calendar="cn", manager=cast.manager, **facts
    )


def enroll_cast(cast, cohort: Cohort | None = None, today: date = START, trainee=None) -> Enrollment:
    """The cast's trainee, with mentor, line manager, HRBP, business head and training manager."""
    cohort = cohort or make_cohort(cast)
    support = {
        "mentor": [cast.mentor.pk],
        "line_manager": [cast.line_manager.pk],
        "hrbp": [cast.hrbp.pk],
        "business_head": [cast.business_head.pk],
        "training_manager": [cast.training_manager.pk],
    }
    [pk] = enroll(cohort, [NewTrainee((trainee or cast.trainee).pk, support)], by=cast.manager, today=today)
    return Enrollment.objects.select_related("cohort").get(pk=pk)


def work_of(enrollment: Enrollment, key: str, occurrence: int = 1) -> TaskWork:
    """The enrollment's work on the task of this key, as it stands now."""
    return TaskWork.objects.select_related("enrollment__cohort", "task").get(enrollment=enrollment, task__key=key, occurrence=occurrence)


def deliverable_of(enrollment: Enrollment, key: str):
    """The enrollment's first deliverable of this kind, as it stands now."""
    from programs.models import Deliverable

    return Deliverable.objects.select_related("kind", "work").filter(work__enrollment=enrollment, kind__key=key).order_by("number").first()


GOOD_SCORES = {"clear": 3, "useful": 3}


def builtin_draft(cast) -> TemplateVersion:
    """The built-in programme, copied by the director. Tests that do not commit find it on their stage: the fixture `draft`."""
    from programs.actions.copy_template import copy_template

    return copy_template(text("培训经理 12 个月", "Training manager, 12 months"), by=cast.director)


def builtin_version(cast) -> TemplateVersion:
    """The same, published. Tests that do not commit find it on their stage: the fixture `published`."""
    from programs.actions.publish_version import publish_version

    return publish_version(builtin_draft(cast), by=cast.director)


def pass_check(cast, enrollment: Enrollment, key: str, task: str, by=None) -> None:
    """Every item of the check is yes."""
    from programs.actions.record_check import record_check

    check = CheckDefinition.objects.get(key=key, version=enrollment.cohort.version)
    record_check(work_of(enrollment, task), check, {item["key"]: True for item in check.items}, by=by or cast.mentor, today=START)


def approve(submission, by, **more):
    """Take the step whose turn it is, with good scores."""
    from programs.actions import sign_off
    from programs.models import SignOffStep

    step = SignOffStep.objects.get(submission=submission, state="ready")
    scores = {criterion["key"]: 3 for criterion in submission.deliverable.kind.rubric} if step.scores else {}
    outcome = "agreed" if step.kind == "agree" else "approved"
    return sign_off.decide(step, outcome, content_hash=submission.content_hash, by=by, today=START, scores=scores, **more)
