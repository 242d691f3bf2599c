"""How a draft differs from the version before it, as lines that a person reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organizations.localized import read
from programs.rules.publish_checks import PART_NAMES, REVIEWS
from programs.rules.version_content import KINDS, Content, Part
from programs.rules.version_differences import ADDED, MOVED, REMOVED, Element, ElementDifference, ValueChange, version_differences
from programs.vocabulary import Anchor, FiscalWindow, LearningMethod, PhaseExit, Recurrence, Role, ScheduleKind

SHORT, LONG = 40, 10_000
PARENTS = {"modules": "phase", "tasks": "module", "deliverables": "task", "checks": "task"}
NOT_COMPARED = {"key", "position", "number", "phase", "module", "task", "weight_1", "weight_2", "weight_3"}
NAMES = PART_NAMES | {
    "length_days": _("length"),
    "length": _("length"),
    "offset": _("start"),
    "weights": _("weights"),
    "responsible": _("responsible"),
    "method": _("learning method"),
    "anchor": _("begins from"),
    "anchor_task": _("begins from"),
    "hours": _("hours"),
    "required": _("required"),
    "counts_for_exit": _("holds the phase open"),
    "recurrence": _("how often"),
    "fiscal": _("yearly window"),
    "requires": _("opens after"),
    "schedule": _("when it takes place"),
    "exit": _("what ends it"),
    "workflow_steps": _("workflow steps"),
    "author": _("written by"),
    "repeats": _("several"),
    "minimum": _("at least"),
    "private": _("private"),
    "both_steps": _("one person may take two steps"),
    "reviewers": _("reviewers"),
    "by": _("answered by"),
    "bulk": _("several at once"),
}
WORDS = {
    "method": LearningMethod,
    "anchor": Anchor,
    "recurrence": Recurrence,
    "fiscal": FiscalWindow,
    "schedule": ScheduleKind,
    "exit": PhaseExit,
    "author": Role,
    "responsible": Role,
    "by": Role,
    "reviewers": Role,
}
IN_LANGUAGES = {"zh-hans": _("%(what)s in Chinese"), "en": _("%(what)s in English")}


@dataclass(frozen=True)
class Line:
    """One difference. `op` is added, removed, changed or moved; `what` names the value, `old` and `new` are short."""

    op: str
    kind: str
    key: str
    name: str = ""
    what: str = ""
    old: str = ""
    new: str = ""


def elements(content: Content) -> list[Element]:
    """The parts of a version as the rule for differences takes them."""
    found = []
    for kind, plural in KINDS.items():
        for position, part in enumerate(getattr(content, plural)):
            parent = getattr(part, PARENTS[plural]) or "" if plural in PARENTS else ""
            found.append(Element(kind, part.key, parent, position, _values(part)))
    own = {name: getattr(content, name) for name in ("summary", "aim", "framework", "workflow", "levels", "review_scheme")}
    return [*found, Element("version", "", values=own)]


def difference_lines(old: Content, new: Content) -> list[Line]:
    """What a person should know before publishing, in the order of the program."""
    return [line for difference in version_differences(elements(old), elements(new)) for line in _lines(difference, old, new)]


def _values(part: Part) -> dict[str, object]:
    values = {name: value for name, value in vars(part).items() if name not in NOT_COMPARED}
    if hasattr(part, "weight_1"):
        values["weights"] = list(part.weights)
    return values


def _lines(one: ElementDifference, old: Content, new: Content) -> Iterator[Line]:
    part = (old if one.op == REMOVED else new).find(one.kind, one.key) if one.kind != "version" else None
    name = read(part.name) if part is not None else ""
    if one.op in (ADDED, REMOVED):
        yield Line(one.op, one.kind, one.key, name)
        return
    if one.moved_to:
        moved_module = one.moved_from[0] != one.moved_to[0]
        yield Line(MOVED, one.kind, one.key, name, str(_("place")), *((one.moved_from[0], one.moved_to[0]) if moved_module else ("", "")))
    for change in one.changes:
        yield Line("changed", one.kind, one.key, name, *_change(change))


def value_lines(old: Mapping[str, object], new: Mapping[str, object]) -> list[Line]:
    """How the same values differ in two hands."""
    both = [Element("", "", values=_compared(values)) for values in (old, new)]
    return [
        Line("changed", "", "", "", *_change(change, longest=LONG))
        for one in version_differences(both[:1], both[1:])
        for change in one.changes
    ]


def _compared(values: Mapping[str, object]) -> dict[str, object]:
    answer = {name: value for name, value in values.items() if not name.startswith("weight_")}
    weights = [values[f"weight_{number}"] for number in (1, 2, 3) if f"weight_{number}" in values]
    return answer | {"weights": weights} if weights else answer


def _change(change: ValueChange, longest: int = SHORT) -> tuple[str, str, str]:
    """What was changed, and both values in short; without them where they are longer than one line."""
    column, _dot, language = change.name.partition(".")
    what = str(NAMES.get(column, column))
    if column == "review_scheme":
        what = str(NAMES[REVIEWS[language]])
    if language in IN_LANGUAGES:
        what = IN_LANGUAGES[language] % {"what": what}
    before, after = _said(column, change.old), _said(column, change.new)
    if before is None or after is None or len(before) > longest or len(after) > longest:
        before = after = ""
    return what, before, after


def _said(column: str, value) -> str | None:
    """A value in short; None where only a whole page would show it."""
    if value is None or value == "" or value == []:
        return str(_("none"))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if column in ("length", "offset", "length_days"):
        return ngettext("%(n)s day", "%(n)s days", value) % {"n": value}
    if column == "weights":
        return " · ".join(map(str, value))
    if column in WORDS:
        words = WORDS[column]
        return str(_(", ")).join(str(words(one).label) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return str(_(", ")).join(value)
    return str(value) if isinstance(value, str | int) else None
