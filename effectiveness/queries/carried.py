"""What a session's record fills in of D8 (session record) and of D9 (level 1-2 report), and where it would go."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from effectiveness.queries.report import Report
from effectiveness.vocabulary import THERE
from organizations.models import Member
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, Draft, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.queries.directory import NOBODY, everybody
from programs.queries.submissions import files_of
from programs.rules.field_values import is_empty, normalize
from programs.rules.fields import AUTHOR, FieldDefinition, fields_by, parse
from programs.rules.task_states import FINISHED
from programs.vocabulary import DeliverableState, FieldType, Role, TaskState

RECORD, EVALUATION = "D8", "D9"
LONGEST_LINE = 160


@dataclass(frozen=True)
class Target:
    """The deliverable that takes it, with the draft it would be written over."""

    deliverable: Deliverable
    definitions: tuple[FieldDefinition, ...]
    draft: Draft | None
    typed: Mapping[str, list[str]]  # what stands there now, as a draft keeps it

    @property
    def revision(self) -> int:
        """The draft's number; 0 where there is none yet."""
        return self.draft.revision if self.draft else 0


def target_of(member: Member, key: str) -> Target | None:
    """The person's own open deliverable of this key, None where they have none; at most five queries."""
    found = (
        Deliverable.objects.filter(work__enrollment__trainee=member, kind__key=key, kind__author=Role.TRAINEE)
        .exclude(work__state__in=[TaskState.LOCKED, *FINISHED])
        .exclude(state=DeliverableState.APPROVED)
        .select_related("kind", "work")
        .order_by("pk")
    )
    deliverable = found.first()
    if deliverable is None:
        return None
    definitions = fields_by(parse(deliverable.asked.fields), AUTHOR)
    draft = Draft.objects.filter(deliverable=deliverable, author=member).first()
    if draft is not None:
        return Target(deliverable, definitions, draft, draft.data)
    newest = Submission.objects.filter(deliverable=deliverable, number=deliverable.last_number).values_list("data", flat=True).first()
    types = {thing.type for one in definitions for thing in (one, *one.columns)}
    people = everybody() if types & {FieldType.PERSON, FieldType.PEOPLE} else NOBODY
    files = {file.code: file for file in files_of(deliverable)} if FieldType.FILE in types else {}
    return Target(deliverable, definitions, None, dict(as_typed(definitions, newest or {}, people, files).lists()))


def carried(target: Target, report: Report) -> dict[str, object]:
    """Answers in canonical form, of fields that the deliverable asks for and that the session can tell."""
    told = record(report) if target.deliverable.kind.key == RECORD else evaluation(report)
    return normalize(target.definitions, told).data


def preview(target: Target, answers: Mapping[str, object], currency: str) -> list[AnsweredField]:
    """What would be written, in words."""
    definitions = [definition for definition in target.definitions if definition.key in answers]
    return answered(definitions, answers, look_up(definitions, answers, currency=currency))


def replaced(target: Target, answers: Mapping[str, object]) -> list[str]:
    """Keys of fields in which something stands now that would be written over."""
    return [key for key in answers if any(not is_empty(values) for name, values in target.typed.items() if _is_of(name, key))]


def record(report: Report) -> dict[str, object]:
    """D8: topic and place, when it began, and everybody's attendance. Someone of whom nothing is written down yet is left open."""
    session = report.session
    return {
        "session": _line(session.title, session.place),
        "session_time": session.starts_at,
        "attendance": [
            {
                "name": one.name,
                "unit": one.department,
                "came": one.came,
                "stayed": _share(one.share_of(session.minutes), is_known=bool(one.came), was_there=one.came in THERE),
            }
            for one in report.people
        ],
    }


def evaluation(report: Report) -> dict[str, object]:
    """D9: forms, response rate, level 1 once the survey is closed and has five answers, level 2 of pairs or of the test after."""
    session, reaction, learned = report.session, report.reaction, report.learning
    day = date_format(localtime(session.starts_at), pgettext("format of a day with year, see Django's date filter", "j M Y"))
    told: dict[str, object] = {"session": _line(session.title, day, session.place)}
    if reaction is not None and not reaction.is_open:
        told |= {"forms_sent": report.there, "forms_returned": reaction.answers}
        if reaction.rate is not None and reaction.rate <= 100:
            told["response_rate"] = reaction.rate
        told["level1"] = [
            {"item": item.label, "n": item.n, "mean": item.mean, "favourable": item.favorable}
            for item in reaction.items
            if not item.is_hidden
        ]
    if learned is not None and learned.tested:
        told["level2_design"] = "pre_post" if learned.pairs else "post_only"
        told["level2"] = [
            {
                "objective": _("The whole test"),
                "n_pairs": learned.pairs,
                "pre": learned.pre,
                "post": learned.post,
                "mastery": learned.mastery,
            }
        ]
    return told


def is_cell_of(name: str, field: str) -> bool:
    """Whether a name of the form belongs to a field: the field itself, the count of its rows, or a cell."""
    return _is_of(name, field) or name == f"{field}-rows"


def _is_of(name: str, field: str) -> bool:
    return name == field or (name.startswith(f"{field}-") and name.removeprefix(f"{field}-").partition("-")[0].isdigit())


def _share(percent: int | None, *, is_known: bool, was_there: bool) -> int | None:
    return percent if was_there or not is_known else 0


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)[:LONGEST_LINE]
