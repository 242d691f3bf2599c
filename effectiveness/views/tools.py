"""The worksheets of the toolkit: for each its address, words, forms, what its page shows, and the deliverable it goes into."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from effectiveness.forms import needs as needs_forms
from effectiveness.forms.worksheet import RowForm, SheetForm
from effectiveness.models import NeedsAnalysis
from effectiveness.models.worksheet import Worksheet
from effectiveness.queries import needs_page


@dataclass(frozen=True)
class Part:
    """Rows of one kind: `key` names them in the worksheet and in the address."""

    key: str
    title: str | Promise
    hint: str | Promise
    form: type[RowForm]


@dataclass(frozen=True)
class Tool:
    """One kind of worksheet."""

    key: str  # of its addresses' names and its template
    place: str  # in the address
    icon: str
    title: str | Promise
    about: str | Promise
    begin: str | Promise
    model: type[Worksheet]
    form: type[SheetForm]
    parts: tuple[Part, ...]
    deliverable: str
    show: Callable[[Any], Any]
    answers: Callable[[Any], dict[str, object]]


NEEDS = Tool(
    key="needs",
    place="needs",
    icon="search",
    title=_("Needs analysis"),
    about=_("Whether a role is to be trained at all, for what, and what comes first."),
    begin=_("Begin a needs analysis"),
    model=NeedsAnalysis,
    form=needs_forms.NeedsForm,
    parts=(
        Part(
            "tasks",
            _("Tasks of the role"),
            _("Rate each task from 1 to 5: how difficult, how important, how frequent it is. Its answer follows from the three."),
            needs_forms.TaskForm,
        ),
        Part(
            "gaps",
            _("Gaps"),
            _("Who is to be able to do what, and how far they are: levels from 1 (with help) to 5 (teaches others)."),
            needs_forms.GapForm,
        ),
        Part(
            "needs",
            _("Needs"),
            _("A need takes its people and levels from a gap. What circumstances or motives cause, no training closes: say so."),
            needs_forms.NeedForm,
        ),
    ),
    deliverable="D6",
    show=needs_page.needs_page,
    answers=needs_page.answers,
)
TOOLS = (NEEDS,)
