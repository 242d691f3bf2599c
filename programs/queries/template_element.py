"""One element of the template builder, as its address names it: where it stands, and what is said beside its form."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organizations.localized import any_of, read
from programs.rules import publish_checks
from programs.rules.version_content import Content, DeliverablePart, Part, PhasePart
from programs.vocabulary import FieldType, Role, ScheduleKind

# Parts that stand in no module are shown under their phase, or under none.
REMOVABLE = ("task", "deliverable", "check")
NEW = {"new-task": "module", "new-deliverable": "task", "new-check": "task"}
# Lists of the version itself, each with a page of its own.
FRAME_TITLES = {
    "version": gettext_lazy("Aim and summary"),
    "workflow": gettext_lazy("Workflow of training"),
    "levels": gettext_lazy("Levels of the rubrics"),
    "kpis": gettext_lazy("Figures of performance"),
    "items360": gettext_lazy("360 feedback"),
    "certificates": gettext_lazy("Levels of certification"),
}
REVIEWS = ("kpis", "items360", "certificates")
OF_A_DELIVERABLE = ("deliverable", "rubric", "form", "field")
MET = 3


@dataclass(frozen=True)
class HandedIn:
    """A deliverable or a check in the table of its task."""

    key: str
    element: str
    name: str
    is_check: bool
    signers: str
    required: bool


@dataclass(frozen=True)
class Named:
    """A part by key and name, with a word beside it."""

    key: str
    name: str
    when: str = ""


@dataclass(frozen=True)
class FieldLine:
    """A field of a form, in short."""

    key: str
    label: str
    type: str
    required: bool


@dataclass(frozen=True)
class CriterionLine:
    """A criterion of a rubric, with what its third level asks."""

    name: str
    weight: int
    met: str


@dataclass(frozen=True)
class Element:
    """An element and its surroundings; `kind` may also be an act, such as "new-task" or "remove-task"."""

    kind: str
    key: str
    part: Part | Content
    content: Content

    @property
    def element(self) -> str:
        """The element as an address names it."""
        return f"{self.kind}:{self.key}"

    @property
    def target(self) -> str:
        """The kind of part that an act is about."""
        return self.kind.removeprefix("remove-").removeprefix("new-")

    @property
    def is_new(self) -> bool:
        """Whether something is being added."""
        return self.kind in NEW

    @property
    def name(self) -> str:
        """The part's name, or nothing for the frame."""
        return read(self.part.name) if hasattr(self.part, "name") else ""

    @property
    def title(self) -> str:
        """What stands over the pane."""
        named = {"key": self.part.key, "name": self.name} if self.name else {}
        titles = {
            **FRAME_TITLES,
            "rubric": _("Rubric of %(key)s"),
            "form": _("Form of %(key)s"),
            "new-task": _("New task in %(key)s %(name)s"),
            "new-deliverable": _("New deliverable of %(key)s"),
            "new-check": _("New check of %(key)s"),
            "remove-task": _("Remove %(key)s %(name)s"),
            "remove-deliverable": _("Remove %(key)s %(name)s"),
            "remove-check": _("Remove %(key)s %(name)s"),
        }
        if self.kind == "field":
            return next(line.label for line in self.fields if line.key == self.key.partition(".")[2])
        if self.kind in titles:
            return str(titles[self.kind]) % named
        # The name of a gate begins with its key.
        return self.name if self.name.startswith(f"{self.part.key} ") else f"{self.part.key} {self.name}"

    @property
    def explanation(self) -> str:
        """What becomes of a new part."""
        return {
            "new-task": _("It gets the next free number and a week from the start of the phase; you set the rest on the next page."),
            "new-deliverable": _("It begins with one field and the mentor's approval; you set form, rubric and route on the next pages."),
            "new-check": _("It begins without items, answered by the mentor; you set the rest on the next page."),
        }[self.kind]

    @property
    def deliverable(self) -> DeliverablePart | None:
        """The deliverable that this is, or belongs to."""
        is_one = self.target in OF_A_DELIVERABLE and not self.is_new
        return self.content.find("deliverable", self.key.partition(".")[0]) if is_one else None

    @property
    def task_key(self) -> str:
        """The task that this is, or stands on."""
        if self.kind in ("task", "remove-task", "new-deliverable", "new-check"):
            return self.key
        if self.target == "check":
            return self.part.task
        return (self.deliverable.task or "") if self.deliverable else ""

    @property
    def module(self) -> str:
        """The module that this is, or stands in."""
        if self.kind in ("module", "new-task"):
            return self.key
        return self.content.find("task", self.task_key).module if self.task_key else ""

    @property
    def phase(self) -> str:
        """The phase that this is, or stands in; that of the projects for what stands on them."""
        if isinstance(self.part, PhasePart):
            return self.part.key
        if self.module:
            return self.content.find("module", self.module).phase
        if self.kind in REVIEWS:
            return next((phase.key for phase in self.content.phases if phase.schedule == ScheduleKind.RECURRING), "")
        on_projects = self.kind in ("project", "gate") or (self.deliverable and self.deliverable.projects)
        return next((phase.key for phase in self.content.phases if on_projects and phase.number == 3), "")

    @cached_property
    def path(self) -> tuple[str, ...]:
        """Keys that are open or marked in the outline."""
        return (self.phase, self.module, self.task_key)

    @property
    def parent(self) -> str:
        """The element above, shown after this one is gone or not made."""
        if self.is_new:
            return f"{NEW[self.kind]}:{self.key}"
        if self.target == "task":
            return f"module:{self.module}"
        return f"task:{self.task_key}" if self.task_key else "version:"

    @property
    def removes(self) -> str:
        """The page that asks before this is removed, where it can be."""
        return f"remove-{self.kind}:{self.key}" if self.kind in REMOVABLE else ""

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        """The elements above: address and name; the name of a form goes without saying."""
        found = []
        if self.kind == "task":
            module = self.content.find("module", self.module)
            found.append((f"module:{module.key}", f"{module.key} {read(module.name)}"))
        elif self.task_key and not self.is_new:
            task = self.content.find("task", self.task_key)
            found.append((f"task:{task.key}", f"{task.key} {read(task.name)}"))
        if self.kind in ("rubric", "form", "field"):
            found.append((f"deliverable:{self.deliverable.key}", f"{self.deliverable.key} {read(self.deliverable.name)}"))
        if self.kind == "field":
            found.append((f"form:{self.deliverable.key}", ""))
        return tuple(found)

    @property
    def tasks(self) -> list[Named]:
        """The tasks of a module."""
        return [Named(task.key, read(task.name), _days(task.length)) for task in self.content.tasks if task.module == self.key]

    @property
    def handed_in(self) -> list[HandedIn]:
        """The deliverables and checks of a task."""
        answer = [
            HandedIn(one.key, f"deliverable:{one.key}", read(one.name), False, _signers(one), one.required)
            for one in self.content.deliverables
            if one.task == self.key
        ]
        return answer + [
            HandedIn(one.key, f"check:{one.key}", read(one.name), True, _roles(one.by), True)
            for one in self.content.checks
            if one.task == self.key
        ]

    @property
    def fields(self) -> list[FieldLine]:
        """The fields of a deliverable's form."""
        return [
            FieldLine(one["key"], read(one["label"]), FieldType(one.get("type", FieldType.TEXT)).label, one.get("required", False))
            for one in self.part.fields
        ]

    @property
    def criteria(self) -> list[CriterionLine]:
        """The criteria of a deliverable's rubric."""
        return [CriterionLine(read(one["name"]), one["weight"], read(one["levels"][MET - 1])) for one in self.part.rubric]

    @property
    def level_names(self) -> list[str]:
        """The words of the four levels."""
        return [read(level["name"]) for level in self.content.levels]

    @property
    def hangs(self) -> dict[str, list[Named]]:
        """What goes along when a task is removed, what no longer waits, and what stands in the way."""
        if self.target != "task":
            return {}
        find = {key: self.content.find("task", key) for key in (task.key for task in self.content.tasks)}
        named = [Named(one.key, read(one.name)) for one in (*self.content.deliverables, *self.content.checks) if one.task == self.key]
        return {
            "along": named,
            "waiting": [Named(key, read(find[key].name)) for key in publish_checks.waiting_for(self.content, self.key)],
            "beginning": [Named(key, read(find[key].name)) for key in publish_checks.beginning_from(self.content, self.key)],
        }


def _days(length: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", length) % {"n": length}


def _roles(roles: list[str]) -> str:
    return _(", ").join(str(Role(role).label) for role in roles)


def _signers(one: DeliverablePart) -> str:
    """Who signs, in order."""
    return " → ".join(any_of([str(Role(role).label) for role in step["roles"]]) for step in one.route)
