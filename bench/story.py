"""One believable company, told through the actions: ten trainees at ten stages of the built-in program, and those who support them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from assessments.actions.open_cycle import open_cycle
from assessments.vocabulary import CycleLength
from documents.actions import store_file
from effectiveness.actions.open_survey import open_survey
from effectiveness.actions.plan_session import plan
from organizations import clock
from organizations.localized import text
from organizations.models import Member, Organization, User
from organizations.tenancy import tenant
from organizations.vocabulary import OrganizationRole, SecondFactor
from programs.actions import sign_off
from programs.actions.comment import say
from programs.actions.complete_activity import complete
from programs.actions.copy_template import copy_template
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.open_cohort import open_cohort
from programs.actions.publish_version import publish_version
from programs.actions.record_check import record_check
from programs.actions.submit_work import submit
from programs.models import Cohort, Deliverable, Enrollment, SignOffStep, StepSigner, TaskWork, TemplateVersion
from programs.vocabulary import StepState
from tests.factories.answers import make_answers

SLUG = "hengyue"
PASSWORD = "one passphrase for all of them"
ZONE = ZoneInfo("Asia/Shanghai")
STAFF = {
    "admin": ("陈一鸣", "信息部", [OrganizationRole.ADMIN]),
    "director": ("孙静", "人力资源部", [OrganizationRole.HR_DIRECTOR]),
    "manager": ("何芳", "学习发展部", []),
    "mentor": ("周敏", "学习发展部", []),
    "mentor2": ("郑岚", "学习发展部", []),
    "mentor3": ("邹远航", "学习发展部", []),
    "line_manager": ("赵晓峰", "学习发展部", []),
    "hrbp": ("吴越", "人力资源部", []),
    "sponsor": ("高远", "总经办", []),
    "business_head": ("马骏", "门店运营部", []),
    "training_manager": ("罗琳", "学习发展部", []),
}
TRAINEES = ("林予安", "许博文", "沈嘉禾", "唐一诺", "韩雪", "魏子昂", "蒋雨桐", "冯可欣", "董致远", "梁思齐")
FINISHED = (21, 13, 12, 23, 2, 3, 20, 24, 0, 25)  # tasks each has behind them
STARTED = (110, 50, 50, 110, 14, 14, 110, 110, 14, 110)  # days ago; those of one day are a cohort
LEFT_WAITING = (3, 2, 3, 3, 2, 3, 3, 2, 0, 2)  # deliverables handed in on top, which nobody has signed yet
GOOD, POOR = (
    "访谈提纲很扎实，能从业务指标倒推培训需求；下一步请把结论与部门负责人对齐。",
    "数字没有出处，结论推得太快。请补上来源，再写清培训解决不了的部分。",
)
NOTE = "跟着走了一遍流程，弄清了门店补货和损耗的关系，下次要先问清目标再谈课程。"


@dataclass
class Company:
    """The people by their part, and those who sign in."""

    organization: Organization
    people: dict[str, Member] = field(default_factory=dict)
    trainees: list[Member] = field(default_factory=list)


def tell(today: date) -> Company:
    """Write the company into the empty database; its first cohort began 110 days ago."""
    organization = Organization.objects.create(slug=SLUG, name=text("恒岳零售", "Hengyue Retail"), second_factor=SecondFactor.NONE)
    company = Company(organization)
    with tenant(organization.pk), clock.at(_noon(today - timedelta(days=max(STARTED)))):
        password = make_password(PASSWORD)
        company.trainees = [_person(name, f"trainee{n}", "学习发展部", [], password) for n, name in enumerate(TRAINEES, start=1)]
        company.people = {part: _person(name, part, unit, roles, password) for part, (name, unit, roles) in STAFF.items()}
        director = company.people["director"]
        version = publish_version(copy_template(text("培训经理成长计划", "Training manager program"), by=director), by=director)
        facts = {"calendar": "cn", "manager": company.people["manager"], "sponsor": company.people["sponsor"], "by": director}
        pdf = ContentFile(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "训练材料.pdf")
        file = store_file.store(pdf, about=version, by=director)
    for days in sorted(set(STARTED), reverse=True):
        _tell_cohort(company, version, facts, days, today, {"id": file.pk, "name": file.name, "hash": file.sha256})
    with tenant(organization.pk), clock.at(_noon(today)):
        _tell_today(company, today)
    return company


def _tell_today(company: Company, today: date) -> None:
    """The first cohort's review cycle opens, and a session's survey waits for a hall full of people."""
    soon, manager = today + timedelta(days=14), company.people["manager"]
    first = Cohort.objects.order_by("start_on").first()
    open_cycle(first, number=1, length=CycleLength.HALF_YEAR, opens_on=today, closes_on=soon, by=manager, today=today)
    aims = "店长会按三个问题判断缺货的原因，并当场定下补货的次序。"
    session = plan(by=manager, title="补货三问", aims=aims, starts_at=_noon(today), place="总部礼堂", seats=500)
    open_survey(session, closes_on=soon, by_person=False, by=manager, today=today)


def _tell_cohort(company: Company, version: TemplateVersion, facts: dict, days: int, today: date, file: dict) -> None:
    numbers = [number for number, ago in enumerate(STARTED) if ago == days]
    started = today - timedelta(days=days)
    with tenant(company.organization.pk), clock.at(_noon(started)):
        cohort = open_cohort(version, name=f"培训经理班 {started:%m-%d}", start_on=started, **facts)
        new = [NewTrainee(company.trainees[number].pk, _support(company, number)) for number in numbers]
        enrollments = enroll(cohort, new, by=facts["manager"], today=started)
    for number, pk in zip(numbers, enrollments, strict=True):
        _Way(company, pk, file, started, today).walk(FINISHED[number], LEFT_WAITING[number])


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


def _person(name: str, part: str, unit: str, roles: list, password: str) -> Member:
    user = User.objects.create(email=f"{part}@hengyue.example", name=name, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    roles = [*roles, OrganizationRole.MEMBER]
    return Member.objects.create(user=user, name=name, sort_name=part, email=user.email, department=unit, title="专员", roles=roles)


def _support(company: Company, number: int) -> dict[str, list[int]]:
    """Five of the ten, so fifty of the hundred, have the measured mentor."""
    mentor = ("mentor", "mentor", "mentor", "mentor", "mentor2", "mentor2", "mentor", "mentor3", "mentor3", "mentor3")[number]
    roles = ("line_manager", "hrbp", "business_head", "training_manager")
    return {"mentor": [company.people[mentor].pk]} | {role: [company.people[role].pk] for role in roles}


class _Way:
    """One trainee's way: task after task, by date, until as many are finished as asked."""

    def __init__(self, company: Company, enrollment: int, file: dict, started: date, today: date):
        self.company, self.enrollment, self.file, self.started, self.today = company, enrollment, file, started, today
        self.stuck: set[int] = set()  # a practice project, a review: not finished by a note
        self.day = started

    def walk(self, finished: int, waiting: int) -> None:
        """Finish so many tasks, hand in a few deliverables more; the last one of them comes back, with two to hand in again."""
        days = max((self.today - self.started).days - 8, 1)
        for number in range(finished):
            self.day = self.started + timedelta(days=days * (number + 1) // (finished + 1))
            with tenant(self.company.organization.pk), clock.at(_noon(self.day)):
                self._finish()
        for number in range(waiting):
            self.day = max(self.today - timedelta(days=6 - 2 * number), self.started)
            with tenant(self.company.organization.pk), clock.at(_noon(self.day)):
                self._hand_in()
        if finished > 4:
            with tenant(self.company.organization.pk), clock.at(_noon(self.today - timedelta(days=2))):
                self._hand_in(returned=True)

    def _open(self, with_deliverable: bool = False) -> list[TaskWork]:
        rows = TaskWork.objects.filter(enrollment=self.enrollment, state__in=["open", "in_progress"]).exclude(pk__in=self.stuck)
        if with_deliverable:
            rows = rows.filter(deliverables__state="open").distinct()
        return list(rows.select_related("task", "enrollment__trainee").order_by("due_on", "pk"))

    def _finish(self) -> None:
        for work in self._open():
            deliverables = list(Deliverable.objects.filter(work=work, state="open").select_related("kind").order_by("pk"))
            checks = list(work.task.checks.all())
            if not (deliverables or checks):
                try:
                    complete(work, NOTE, by=work.enrollment.trainee, today=self.day)
                except ValidationError:
                    self.stuck.add(work.pk)
                    continue
            for check in checks:
                by = self._who(check.by, work)
                record_check(work, check, {item["key"]: True for item in check.items}, by=by, today=self.day)
            for number, deliverable in enumerate(deliverables):
                if number == 0 and work.pk % 3 == 0:
                    self._submit(deliverable, work, returned=True)
                self._submit(deliverable, work, signed=True)
            return

    def _hand_in(self, returned: bool = False) -> None:
        for work in self._open(with_deliverable=True):
            deliverable = Deliverable.objects.filter(work=work, state="open").select_related("kind").order_by("pk").first()
            self._submit(deliverable, work, returned=returned)
            return

    def _submit(self, deliverable: Deliverable, work: TaskWork, *, signed: bool = False, returned: bool = False) -> None:
        people = [member.pk for part, member in self.company.people.items() if part not in ("admin", "sponsor")]
        data = make_answers(deliverable.kind.fields, people=people, file=self.file, today=self.day, turn=work.pk)
        author = self._who([deliverable.kind.author], work)
        submission = submit(deliverable, data, note="补上了数据来源。" if deliverable.last_number else "", by=author, today=self.day)
        if returned:
            self._sign(submission, "returned", POOR)
            say(deliverable, "明白，今天补上来源再交。", by=author, today=self.day)
        while signed and self._sign(submission, "approved", GOOD):
            pass

    def _sign(self, submission, outcome: str, note: str) -> bool:
        step = SignOffStep.objects.filter(submission=submission, state=StepState.READY).first()
        if step is None:
            return False
        signer = StepSigner.objects.filter(step=step).select_related("member").order_by("pk").first()
        by = signer.member if signer else self.company.people["director"]
        if step.kind == "agree" and outcome == "approved":
            outcome = "agreed"
        scores = {criterion["key"]: 3 for criterion in submission.deliverable.kind.rubric} if step.scores and outcome != "returned" else {}
        sign_off.decide(step, outcome, content_hash=submission.content_hash, by=by, today=self.day, note=note, scores=scores)
        return True

    def _who(self, roles: list[str], work: TaskWork) -> Member:
        if "trainee" in roles:
            return work.enrollment.trainee
        support = Enrollment.objects.get(pk=self.enrollment).support_roles.filter(role__in=roles).select_related("member").first()
        named = {"hr_director": "director", "cohort_manager": "manager", "sponsor": "sponsor"}
        return support.member if support else next(self.company.people[named[role]] for role in roles if role in named)
