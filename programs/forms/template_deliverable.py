"""Forms of one deliverable in the template builder: itself with its route, its rubric, its form, one field of that form."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.localized import read
from programs.forms.template_elements import MOST_DAYS, RESPONSIBLE
from programs.forms.template_part import PartForm, Words, as_initial, roles_field, switch, text_of, whole_number
from programs.forms.template_rows import RowForm, Rows, keyed
from programs.forms.template_task import MOST_HOURS
from programs.rules import fields as field_rules
from programs.rules import rubric, sign_off_route
from programs.vocabulary import FieldType, Role, StepKind

LEVELS = rubric.LEVELS
CELL_TYPES = [choice for choice in FieldType.choices if choice[0] not in field_rules.NOT_IN_A_CELL]


class StepRow(RowForm):
    """One step of a route."""

    typed = ("roles", "note_zh", "note_en")
    texts = {"note": Words(_("What this signer confirms"), longest=500)}
    kind = forms.ChoiceField(label=_("What they do"), choices=StepKind, initial=StepKind.APPROVE)
    roles = roles_field(_("Who: any one of them"))
    days = whole_number(_("Working days"), 1, 60, initial=3)
    scores = forms.BooleanField(label=_("Scores the rubric"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    when = forms.MultipleChoiceField(
        label=_("Only where this is answered"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )

    def offer(self, stages: list[tuple[str, str]], answers: list[tuple[str, str]]) -> None:
        """Let the step belong to one of these stages, and depend on some of these answers."""
        self.fields["stage"].choices, self.fields["when"].choices = stages, answers
        for name, choices in (("stage", stages[1:]), ("when", answers)):
            if not choices:
                del self.fields[name]

    def clean_when(self) -> dict[str, object] | None:
        """The field and the answers to it; they must be answers of one field."""
        chosen = [one.partition("=") for one in self.cleaned_data["when"]]
        if len({field for field, _equals, _answer in chosen}) > 1:
            raise forms.ValidationError(_("Choose answers of one question."), code="two_questions")
        return {"field": chosen[0][0], "is": [answer for _field, _equals, answer in chosen]} if chosen else None


class StageRow(RowForm):
    """One of the stages in which a deliverable is handed in."""

    typed = ("name_zh", "name_en")
    texts = {"name": Words(_("Stage"))}
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    length = whole_number(_("Due after working days from the start of the task"), 1, MOST_DAYS)


class DeliverableForm(PartForm):
    """A deliverable: what it is for, how many are wanted, and who signs it in which order."""

    kind = "deliverable"
    edits = ("name", "purpose", "hours", "author", "required", "repeats", "minimum", "private", "both_steps", "route", "stages")
    texts = {"name": Words(_("Name")), "purpose": Words(_("Purpose"), long=True)}
    hours = whole_number(_("Hours of the trainee"), 0, MOST_HOURS)
    author = forms.ChoiceField(label=_("Written by"), choices=RESPONSIBLE)
    minimum = whole_number(_("At least how many"), 1, 20)
    both_steps = forms.TypedChoiceField(
        label=_("Where one person holds two of these roles and no HRBP is named"),
        choices=[
            ("", _("A second person: the step waits until HR names one")),
            ("yes", _("Both steps: that person takes them, one act each")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    required = switch(_("Required"))
    repeats = switch(_("Several may be handed in, such as one for each interview"))
    private = switch(_("Only the author and the signers can read it"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.initial["both_steps"] = "yes" if self.part.both_steps else ""
        steps = [{**step, **as_initial("note", step.get("note") or {}), "when": _when(step)} for step in self.part.route]
        self.route = Rows("route", StepRow, data, steps, most=sign_off_route.MOST_STEPS * max(len(self.part.stages), 1))
        for row in (*self.route, self.route.blank):
            row.offer([("", _("Every stage")), *stages_of(self.part)], _answers_of(self.part))
        had = [{"key": one["key"], "length": one["length"], **as_initial("name", one["name"])} for one in self.part.stages]
        self.stages = Rows("stages", StageRow, data, had, most=4)

    @property
    def row_sets(self) -> list[Rows]:
        """The stages and the route."""
        return [self.stages, self.route]

    def row_values(self) -> dict[str, object]:
        """The stages and the route, in order."""
        had = {frozenset(step["roles"]): step["roles"] for step in self.part.route}
        steps = []
        for row in self.route.filled:
            step = {name: row.cleaned_data[name] for name in ("kind", "roles", "days", "scores")}
            roles = had.get(frozenset(step["roles"]), step["roles"])
            step |= {name: row.cleaned_data[name] for name in ("stage", "when") if row.cleaned_data.get(name)}
            steps.append(step | {"roles": roles, "note": text_of(row.cleaned_data, "note")})
        rows = [
            {"key": row.cleaned_data["key"], "name": text_of(row.cleaned_data, "name"), "length": row.cleaned_data["length"]}
            for row in self.stages.filled
        ]
        return {"route": steps, "stages": keyed(rows, "stage")}


def stages_of(part) -> list[tuple[str, str]]:
    """The stages of a deliverable to choose from."""
    return [(stage["key"], read(stage["name"])) for stage in part.stages]


def _answers_of(part) -> list[tuple[str, str]]:
    """Each answer that can be chosen in the form, as field=answer."""
    choices = [field for field in part.fields if field.get("type") == FieldType.CHOICE]
    return [
        (f"{field['key']}={choice['key']}", f"{read(field['label'])}: {read(choice['label'])}")
        for field in choices
        for choice in field["choices"]
    ]


def _when(step: dict) -> list[str]:
    condition = step.get("when") or {"field": "", "is": []}
    return [f"{condition['field']}={answer}" for answer in condition["is"]]


class CriterionRow(RowForm):
    """One criterion of a rubric with its four levels."""

    typed = ("name_zh", "name_en", *(f"level_{level}_{suffix}" for level in LEVELS for suffix in ("zh", "en")))
    texts = {"name": Words(_("Criterion"))} | {f"level_{level}": Words(level, long=True, longest=600) for level in LEVELS}
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    weight = whole_number(_("Weight"), 1, 100)

    @property
    def levels(self) -> list[tuple[int, tuple]]:
        """The four levels, each in both languages."""
        return [(level, self.pair(f"level_{level}")) for level in LEVELS]


class RubricForm(PartForm):
    """The rubric of a deliverable: three to five criteria whose weights make 100, or none."""

    kind = "deliverable"
    edits = ("rubric",)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.criteria = Rows("criteria", CriterionRow, data, [_criterion(one) for one in self.part.rubric], most=rubric.MOST_CRITERIA)

    @property
    def row_sets(self) -> list[Rows]:
        """The criteria."""
        return [self.criteria]

    def clean(self):
        """The weights of the criteria make a hundred, as the rule says."""
        rows = self.criteria.filled
        if all(row.is_valid() for row in rows):
            facts = [rubric.Criterion(str(at), row.cleaned_data["weight"]) for at, row in enumerate(rows)]
            for problem in rubric.check_rubric(facts):
                self.add_error(None, forms.ValidationError(problem.text, code=problem.code))
        return super().clean()

    def row_values(self) -> dict[str, object]:
        """The criteria, in order."""
        rows = [
            {
                "key": row.cleaned_data["key"],
                "weight": row.cleaned_data["weight"],
                "name": text_of(row.cleaned_data, "name"),
                "levels": [text_of(row.cleaned_data, f"level_{level}") for level in LEVELS],
            }
            for row in self.criteria.filled
        ]
        return {"rubric": keyed(rows, "criterion")}


def _criterion(one: dict) -> dict:
    initial = {"key": one["key"], "weight": one["weight"]} | as_initial("name", one["name"])
    for level, text in zip(LEVELS, one["levels"], strict=False):
        initial |= as_initial(f"level_{level}", text)
    return initial


class FieldRow(RowForm):
    """One field of the deliverable's form, in short; its details have a form of their own."""

    typed = ("label_zh", "label_en")
    texts = {"label": Words(_("Question"))}
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    key = forms.CharField(label=_("Key"), required=False, max_length=40)
    type = forms.ChoiceField(label=_("Type"), choices=FieldType)
    required = forms.BooleanField(label=_("Required"), required=False)

    def clean_key(self) -> str:
        """A key as programs and records use it; the one it had stays."""
        key = self.cleaned_data.get("was") or self.cleaned_data["key"].strip()
        if key and not field_rules.KEY.fullmatch(key):
            raise forms.ValidationError(field_rules.MESSAGES["bad_key"], code="bad_key")
        return key


class FieldsForm(PartForm):
    """The form of a deliverable: which fields it asks, in which order."""

    kind = "deliverable"
    edits = ("fields",)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        rows = [
            {"was": one["key"], "key": one["key"], "type": one.get("type", FieldType.TEXT), "required": one.get("required", False)}
            | _labels("label", one["label"])
            for one in self.part.fields
        ]
        self.rows = Rows("fields", FieldRow, data, rows, most=field_rules.MOST_FIELDS)

    @property
    def row_sets(self) -> list[Rows]:
        """The fields."""
        return [self.rows]

    def row_values(self) -> dict[str, object]:
        """The fields in order, each with the details that it had."""
        had = {one["key"]: one for one in self.part.fields}
        rows = [row.cleaned_data | {"key": row.cleaned_data["key"] or _key_of(row.cleaned_data["label_en"])} for row in self.rows.filled]
        answer = []
        for row in keyed(rows, "field_"):
            old = had.get(row["was"], {})
            answer.append(old | {"key": row["key"], "label": _label(row, "label"), "type": row["type"], "required": row["required"]})
        return {"fields": _tidied(answer)}


class ColumnRow(RowForm):
    """One column of a table."""

    typed = ("label_zh", "label_en")
    texts = {"label": Words(_("Column"))}
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    type = forms.ChoiceField(label=_("Type"), choices=CELL_TYPES)
    required = forms.BooleanField(label=_("Required"), required=False)
    calc = forms.CharField(label=_("Worked out from"), required=False, max_length=80)


class ChoiceRow(RowForm):
    """One answer that can be chosen."""

    typed = ("label_zh", "label_en")
    texts = {"label": Words(_("Answer"))}
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class FieldForm(PartForm):
    """One field of a deliverable's form: its example, who fills it in, its answers or its columns."""

    kind = "deliverable"
    edits = ("fields",)
    texts = {"label": Words(_("Question")), "hint": Words(_("Example of a good answer"), long=True, longest=2000)}

    def __init__(self, data=None, *, field: str, part, **kwargs):
        self.field = next(one for one in part.fields if one["key"] == field)
        super().__init__(data, part=part, **kwargs)
        self.initial |= _labels("label", self.field["label"]) | _labels("hint", self.field.get("hint") or {})
        plain = field_rules.FieldDefinition("", {})
        self.initial |= {name: self.field.get(name, getattr(plain, name)) for name in ("by", "min_rows", "max_rows", "max_length")}
        roles = sorted({role for step in part.route for role in step["roles"]} - {part.author})
        by = [(field_rules.AUTHOR, _("The author")), *((role, Role(role).label) for role in roles)]
        self.fields["by"] = forms.ChoiceField(label=_("Filled in by"), choices=by)
        if part.stages:
            self.initial["stage"] = self.field.get("stage", "")
            self.fields["stage"] = forms.ChoiceField(label=_("Stage"), choices=[("", _("Every stage")), *stages_of(part)], required=False)
        if self.is_table:
            self.fields["min_rows"] = whole_number(_("Rows at least"), 0, field_rules.MOST_ROWS, required=False)
            self.fields["max_rows"] = whole_number(_("Rows at most"), 1, field_rules.MOST_ROWS, required=False)
        elif self.field.get("type") in (FieldType.TEXT, FieldType.LONG):
            self.fields["max_length"] = whole_number(_("Characters at most"), 1, field_rules.LONGEST[FieldType.LONG], required=False)
        columns = [
            {
                "was": one["key"],
                "type": one.get("type", FieldType.TEXT),
                "required": one.get("required", False),
                "calc": one.get("calc", ""),
            }
            | _labels("label", one["label"])
            for one in self.field.get("columns", ())
        ]
        choices = [{"key": one["key"]} | _labels("label", one["label"]) for one in self.field.get("choices", ())]
        self.columns = Rows("columns", ColumnRow, data, columns, most=field_rules.MOST_COLUMNS)
        self.choices = Rows("choices", ChoiceRow, data, choices, most=30)

    @property
    def is_table(self) -> bool:
        """Whether it has columns."""
        return self.field.get("type") == FieldType.TABLE

    @property
    def has_choices(self) -> bool:
        """Whether one chooses from answers."""
        return self.field.get("type") in field_rules.WITH_CHOICES

    @property
    def row_sets(self) -> list[Rows]:
        """Its columns or its answers."""
        return [self.columns] if self.is_table else [self.choices] if self.has_choices else []

    def row_values(self) -> dict[str, object]:
        """All fields of the form, this one as typed."""
        cleaned = self.cleaned_data
        mine = self.field | {"label": _label(cleaned, "label"), "hint": _label(cleaned, "hint"), "by": cleaned["by"]}
        mine |= {name: cleaned[name] for name in ("min_rows", "max_rows", "max_length", "stage") if cleaned.get(name) is not None}
        if "max_length" in cleaned and cleaned["max_length"] is None:
            mine.pop("max_length", None)
        if self.is_table:
            mine["columns"] = self._columns()
        if self.has_choices:
            rows = [
                row.cleaned_data | {"key": row.cleaned_data["key"] or _key_of(row.cleaned_data["label_en"])} for row in self.choices.filled
            ]
            mine["choices"] = [{"key": row["key"], "label": _label(row, "label")} for row in keyed(rows, "answer_")]
        return {"fields": _tidied([mine if one["key"] == self.field["key"] else one for one in self.part.fields])}

    def _columns(self) -> list[dict]:
        had = {one["key"]: one for one in self.field.get("columns", ())}
        rows = [row.cleaned_data | {"key": row.cleaned_data["was"] or _key_of(row.cleaned_data["label_en"])} for row in self.columns.filled]
        return [
            had.get(row["was"], {})
            | {
                "key": row["key"],
                "label": _label(row, "label"),
                "type": row["type"],
                "required": row["required"],
                "calc": row["calc"].strip(),
            }
            for row in keyed(rows, "column_")
        ]

    def clean(self):
        """What the rule for forms says about this field."""
        cleaned = super().clean()
        if not self.errors and all(rows.is_valid() for rows in self.row_sets):
            (mine,) = (one for one in field_rules.parse(self.row_values()["fields"]) if one.key == self.field["key"])
            for problem in field_rules.check_definition([mine]):
                # A text in one language alone is said when publishing, and stops nobody.
                if problem.code not in ("missing_label", "choice_without_label"):
                    self.add_error(None, forms.ValidationError(_said(problem), code=problem.code))
        return cleaned


def _said(problem: field_rules.Problem) -> str:
    return f"{problem.column}: {problem.text}" if problem.column else problem.text


def _labels(name: str, label: dict) -> dict[str, str]:
    """A label {zh, en} as the initial values of its two fields."""
    return {f"{name}_{language}": label.get(language, "") for language in field_rules.LANGUAGES}


def _label(cleaned: dict, name: str) -> dict[str, str]:
    words = {language: cleaned[f"{name}_{language}"].replace("\r\n", "\n").strip() for language in field_rules.LANGUAGES}
    return {language: text for language, text in words.items() if text}


def _key_of(words: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:36]
    return key if field_rules.KEY.fullmatch(key) else ""


def _tidied(definitions: list[dict]) -> list[dict]:
    """As the rule writes definitions, so that what was not touched compares as equal."""
    return field_rules.as_json(field_rules.parse(definitions))
