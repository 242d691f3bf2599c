"""How each of Django's widgets looks in this design. Pure mapping: no markup here."""

from django import forms
from django.forms import widgets

# Templates of our own instead of Django's, by the name the widget asks for. The plain ones differ only in that they are one
# piece: Django's own put an input together of three, and a list of 40 choices of 80.
CHOICES = "components/widgets/choices.html"
PLAIN = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox")
TEMPLATES = {f"django/forms/widgets/{name}.html": "components/widgets/input.html" for name in PLAIN} | {
    "django/forms/widgets/textarea.html": "components/widgets/textarea.html",
    "django/forms/widgets/select.html": "components/widgets/select.html",
    "django/forms/widgets/radio.html": CHOICES,
    "django/forms/widgets/checkbox_select.html": CHOICES,
    "django/forms/widgets/clearable_file_input.html": "components/widgets/file.html",
    "django/forms/widgets/file.html": "components/widgets/file.html",
}
# Ways to lay out several choices, asked for by attrs={"class": …} of the widget.
LAYOUTS = {"levels", "seg", "cards", "row"}


def field_kind(field: forms.BoundField) -> str:
    """What a bound field looks like: input, select, textarea, check, switch, choices, file, pair."""
    widget = field.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        return "switch" if "switch" in widget.attrs.get("class", "").split() else "check"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, widgets.FileInput):
        return "file"
    if isinstance(widget, widgets.Textarea):
        return "textarea"
    if isinstance(widget, widgets.Select):
        return "select"
    if isinstance(widget, widgets.MultiWidget):
        return "pair"
    return "input"


def dress(widget: dict) -> None:
    """Give the context of a widget the class the design draws it with."""
    attrs, kind = widget["attrs"], widget.get("type", "")
    classes = attrs.get("class", "").split()
    if kind in {"hidden", "checkbox", "radio", "file"} or LAYOUTS & set(classes):
        return
    if TEMPLATES.get(widget["template_name"]) == CHOICES:
        return
    if "input" not in classes:
        classes.insert(0, "input")
    if kind == "number" and "is-num" not in classes and "is-full" not in classes:
        classes.append("is-num")
    attrs["class"] = " ".join(classes)
