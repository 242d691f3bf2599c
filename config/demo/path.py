"""One trainee's way through the program, told day by day: what they hand in, what others answer."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from django.core.files.base import ContentFile

from config.demo import files
from config.demo.company import Company
from config.demo.days import pick
from config.demo.texts import DAY, Writer, fill
from documents.actions import store_file
from organizations import clock
from organizations.models import Member
from programs.actions import (
    add_deliverable,
    answer_checkpoint,
    comment,
    complete_activity,
    move_date,
    record_check,
    save_draft,
    sign_off,
    submit_work,
    waive_task,
)
from programs.actions.advance import advance
from programs.forms.deliverable_typed import as_typed
from programs.models import CheckDefinition, Deliverable, DeliverableKind, Enrollment, SignOffStep, TaskWork
from programs.queries.directory import NOBODY
from programs.rules.fields import FieldDefinition, fields_by, parse
from programs.vocabulary import Outcome, Role, StepKind, StepState

PROJECT = "3.a"
WIDTH = {"zh-hans": 36, "en": 68}


@dataclass
class Kinds:
    """A version's deliverables and checks by key, read once for all who run through it."""

    deliverables: dict[str, DeliverableKind]
    fields: dict[str, tuple[FieldDefinition, ...]]
    checks: dict[str, CheckDefinition]

    @classmethod
    def of(cls, version_id: int) -> "Kinds":
        """Those of one version."""
        kinds = {kind.key: kind for kind in DeliverableKind.objects.filter(version=version_id).select_related("task")}
        checks = {check.key: check for check in CheckDefinition.objects.filter(version=version_id).select_related("task")}
        return cls(kinds, {key: parse(kind.fields) for key, kind in kinds.items()}, checks)


@dataclass
class Path:
    """Gathers what happens to one trainee and tells it in the order of time. What lies in the future is left out."""

    company: Company
    who: str
    enrollment: Enrollment
    kinds: Kinds
    events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self):
        self.trainee = self.company.people[self.who]
        self.own = self.company.texts["trainees"][self.who]
        self.facts = self.company.facts_of(self.who)
        self.works = {}
        for work in TaskWork.objects.filter(enrollment=self.enrollment, occurrence=1).select_related("task"):
            self.works[work.task.key] = work

    # --- who

    def person(self, role: str) -> Member:
        """Who is what to this trainee."""
        people, own = self.company.people, self.own
        if role == Role.TRAINEE:
            return self.trainee
        if role == Role.LINE_MANAGER:
            return people[self.company.texts["people"][self.who]["manager"]]
        if role in (Role.MENTOR, Role.HRBP):
            return people[own[role]]
        if role == Role.HR_DIRECTOR:
            return self.company.director
        if role == Role.SPONSOR:
            return people[self.company.texts["projects"][self.who]["sponsor"]]
        named = {Role.BUSINESS_HEAD: "business_heads", Role.TRAINING_MANAGER: "training_managers"}[role]
        return people[self.company.cast[named][pick(self.who, len(self.company.cast[named]))]]

    def work_of(self, key: str) -> TaskWork:
        """The task for which a deliverable is handed in; what a practice project hands in belongs to the project's."""
        task = self.kinds.deliverables[key].task
        return self.works[task.key if task else PROJECT]

    # --- when

    def due(self, task: str, delta: int = 0) -> date:
        """So many working days after a task is due."""
        return self.company.days.shift(self.works[task].due_on, delta)

    def at(self, day: date | datetime, then: Callable[[], None], *, time: str = "", key: str = "") -> None:
        """Let something happen on that day; a moment is taken as it is."""
        days = self.company.days
        moment = day if isinstance(day, datetime) else days.moment(days.calendar.add_working_days(day, 0), time, f"{self.who}{key}")
        if days.has_come(moment):
            self.events.append((moment, len(self.events), then))

    @property
    def today(self) -> date:
        """The day on which the story is."""
        return clock.now().astimezone(self.company.days.zone).date()

    # --- what

    def done(self, task: str, day: date, variant: int | None = None) -> None:
        """The trainee marks an activity as done, with a note."""
        notes = self.company.texts["notes"][task]
        note = fill(notes[pick(self.who + task, len(notes)) if variant is None else variant], self.facts)
        if self.works[task].task.is_checkpoint:
            self.at(day, lambda: self._answer(task, note), key=task)
        else:
            self.at(day, lambda: complete_activity.complete(self.works[task], note, by=self.trainee, today=self.today), key=task)

    def _answer(self, task: str, note: str) -> None:
        """Of a checkpoint the note is the answers: a sentence for each question, what is left over for the last."""
        work = self.works[task]
        keys = [question["key"] for question in work.task.questions]
        sentences = [sentence for sentence in re.split(r"(?<=[。；;])|(?<=\. )", note) if sentence.strip()]
        parts = [*sentences[: len(keys) - 1], "".join(sentences[len(keys) - 1 :])]
        answers = {key: parts[at] if at < len(parts) and parts[at] else note for at, key in enumerate(keys)}
        answer_checkpoint.answer_checkpoint(work, answers, by=self.trainee, today=self.today)

    def check(self, key: str, day: date, by: str, *, missing: tuple[str, ...] = (), note: str = "") -> None:
        """Someone answers a check; `missing` are the items that are no."""
        check = self.kinds.checks[key]
        answers = {item["key"]: item["key"] not in missing for item in check.items}
        said = fill(self.company.texts["checks"][note], self.facts) if note else ""

        def then() -> None:
            work = self.works[check.task.key]
            record_check.record_check(work, check, answers, by=self.person(by), today=self.today, note=said)

        self.at(day, then, key=key)

    def hand_in(
        self, key: str, day: date | datetime, texts: dict, *, number: int = 1, note: str = "", base: date | None = None, time: str = ""
    ) -> None:
        """The author hands in the next version of a deliverable. Signs for days count from `base`, the day itself where it is not given."""
        kind = self.kinds.deliverables[key]
        author = self.person(kind.author)
        first = base or (day.date() if isinstance(day, datetime) else day)

        def then() -> None:
            deliverable = self._deliverable(key, number, author)
            made: list = []
            answers = self._writer(first, author, texts, made, deliverable).answers(fields_by(self.kinds.fields[key], "author"), texts)
            submission = submit_work.submit(deliverable, answers, note=note, by=author, today=self.today)
            if made:
                store_file.attach([file.code for file in made], about=submission, by=author)

        self.at(day, then, time=time, key=f"{key}{number}")

    def draft(self, key: str, moment: date | datetime, texts: dict, *, without: tuple[str, ...] = ()) -> None:
        """The author has typed something and not handed it in."""
        kind = self.kinds.deliverables[key]
        author = self.person(kind.author)
        definitions = fields_by(self.kinds.fields[key], "author")
        kept = {name: value for name, value in texts.items() if name not in without}

        def then() -> None:
            deliverable = self._deliverable(key, 1, author)
            made: list = []
            answers = self._writer(self.today, author, kept, made, deliverable).answers(definitions, kept, complete=False)
            typed = as_typed(definitions, answers, NOBODY, {file.code: file for file in made})
            data = {name: list(values) for name, values in typed.lists()}
            save_draft.save(deliverable, data, 0, by=author, today=self.today)

        self.at(moment, then, key=f"draft {key}")

    def sign(
        self,
        key: str,
        day: date | datetime,
        by: Member,
        outcome: str = "",
        *,
        number: int = 1,
        note: str = "",
        scores: dict | None = None,
        answers: dict | None = None,
        time: str = "",
    ) -> None:
        """Someone takes the step whose turn it is: agrees or approves unless `outcome` says otherwise."""

        def then() -> None:
            work = self.work_of(key)
            step = SignOffStep.objects.select_related("submission").get(
                submission__deliverable__work=work,
                submission__deliverable__kind__key=key,
                submission__deliverable__number=number,
                submission__deliverable__ended_at__isnull=True,
                state=StepState.READY,
            )
            usual = Outcome.AGREED if step.kind == StepKind.AGREE else Outcome.APPROVED
            sign_off.decide(
                step,
                outcome or usual,
                content_hash=step.submission.content_hash,
                by=by,
                today=self.today,
                note=note,
                scores=scores if step.scores else None,
                answers=answers,
            )

        self.at(day, then, time=time, key=f"{key}{number}{by.name}{outcome}")

    def say(self, key: str, day: date | datetime, by: str, words: str, *, time: str = "") -> None:
        """Someone comments on a deliverable."""

        def then() -> None:
            deliverable = Deliverable.objects.filter(work__enrollment=self.enrollment, kind__key=key).order_by("number").first()
            comment.say(deliverable, fill(words, self.facts), by=self.person(by), today=self.today)

        self.at(day, then, time=time, key=f"say{key}{by}")

    def move(self, task: str, day: date, to: date, by: Member, why: str = "move_date") -> None:
        """A date moves, with a reason."""
        reason = fill(self.company.texts["reasons"][why], self.facts)

        def then() -> None:
            work = TaskWork.objects.get(pk=self.works[task].pk)
            move_date.move_date(work, to, reason, by=by, today=self.today)

        self.at(day, then, key=f"move{task}")

    def waive(self, task: str, day: date) -> None:
        """The HR director lets the trainee off a task."""
        reason = self.company.texts["reasons"]["waive_project"]
        self.at(day, lambda: waive_task.waive(self.works[task], reason, by=self.company.director, today=self.today), key=f"waive{task}")

    def catch_up(self, day: date) -> None:
        """The daily sweep opens what begins on its own day."""
        self.at(day, lambda: advance(self.enrollment, self.today), time="06:30")

    def answers(self, key: str, role: str, texts: dict, day: date) -> dict:
        """What a signer fills in of the deliverable's form."""
        asked = fields_by(self.kinds.fields[key], role)
        return self._writer(day, self.person(role), texts, []).answers(asked, texts)

    # --- help

    def _deliverable(self, key: str, number: int, author: Member) -> Deliverable:
        kind, work = self.kinds.deliverables[key], self.work_of(key)
        found = Deliverable.objects.filter(work=work, kind=kind, number=number).first()
        return found or add_deliverable.add(work, kind, by=author, today=self.today)

    def _writer(self, base: date, author: Member, texts: dict, made: list, about: Deliverable | None = None) -> Writer:
        days = self.company.days

        def sign(text: str) -> Any:
            if day := DAY.fullmatch(text):
                on = days.shift(base, int(day[1]))
                return days.moment(on, day[2]).isoformat() if day[2] else on.isoformat()
            if text.startswith("&"):
                return self.company.people[text[1:]].pk
            made.append(store_file.store(self._file(text[1:], texts), about=about, by=author))
            return {"id": made[-1].pk, "name": made[-1].name, "hash": made[-1].sha256}

        return Writer(self.facts, sign)

    def _file(self, kind: str, texts: dict) -> ContentFile:
        width = WIDTH[self.company.language]
        if kind == "drawing":
            pages = [[f"{audience} ← {name}", []] for name, audience, *_rest in texts["courses"]]
            return files.make(kind, f"{self.company.words['drawing']}.png", self.company.words["drawing"], pages)
        title = fill(texts["title"], self.facts)
        pages = [[f"{first}–{last}", wrap(fill(step, self.facts), width)] for first, last, step, *_rest in texts["flow"]]
        suffix = {"deck": "pdf", "guide": "docx"}[kind]
        name = title.replace("：", "-").replace(":", "")
        return files.make(kind, f"{name}-{self.company.words[kind]}.{suffix}", title, pages)


def tell(paths: Collection[Path]) -> None:
    """Let everything happen that is gathered in these paths, the earlier first, whoever it happens to."""
    events = [(moment, place, number, then) for place, path in enumerate(paths) for moment, number, then in path.events]
    told = list(paths)
    for moment, place, _number, then in sorted(events, key=lambda event: event[:3]):
        with clock.at(moment):
            try:
                then()
            except Exception as problem:
                problem.add_note(f"in the story of {told[place].who} on {moment:%F %R}")
                raise
    for path in told:
        path.events.clear()
