"""Answers of a quarterly checkpoint with evidence, and the note on them."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.queries.evidence import Evidence
from programs.rules.checkpoint import LONGEST_ANSWER, LONGEST_LINK, MOST_LINKS

QUESTION = "answer-"
LONGEST_NOTE = 4000


class CheckpointForm(forms.Form):
    """One answer per question; links and versions of one's own work beside them."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping | None = None,
        *,
        questions: Sequence[tuple[str, str]],
        choices: Sequence[Evidence],
        before: Mapping[str, str] | None = None,
        last_quarter: Mapping[str, str] | None = None,
        links: Sequence[str] = (),
        chosen: Sequence[int] = (),
    ):
        """`before` holds what was answered last time in this quarter, where more was asked; `last_quarter` what in the one before."""
        first = {f"{QUESTION}{key}": words for key, words in (before or {}).items()}
        super().__init__(data, initial=first | {"links": "\n".join(links), "submissions": [str(pk) for pk in chosen]})
        self.questions = questions
        for key, text in questions:
            then = (last_quarter or {}).get(key, "")
            self.fields[f"{QUESTION}{key}"] = forms.CharField(
                # A hint is taken for markup; what somebody wrote is none.
                help_text=escape(_("Last quarter you wrote: %(words)s") % {"words": then}) if then else "",
                label=text,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["links"] = forms.CharField(
            label=_("Links"),
            required=False,
            max_length=(LONGEST_LINK + 2) * MOST_LINKS,
            help_text=_("What shows it, one address a line. May stay empty."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        if choices:
            self.fields["submissions"] = forms.MultipleChoiceField(
                label=_("Own work that shows it"),
                required=False,
                choices=[(str(one.pk), one.said) for one in choices],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Choose from your own work.")},
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the question's key."""
        return {key: self.cleaned_data.get(f"{QUESTION}{key}", "") for key, _text in self.questions}

    @property
    def links(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("links", "").splitlines() if line.strip()]

    @property
    def submissions(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data.get("submissions", [])]

    def refuse(self, refusal: ValidationError) -> None:
        """Put what the action refused beside the fields it is about."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for key, errors in refusal.error_dict.items():
            name = key if key in self.fields else f"{QUESTION}{key}"
            self.add_error(name if name in self.fields else None, errors)


class CheckpointNoteForm(forms.Form):
    """What one says to the answers."""

    use_required_attribute = False
    answer = forms.CharField(required=False, widget=forms.HiddenInput)  # which answer was read
    body = forms.CharField(
        label=gettext_lazy("Your note on it"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6, "data-key": "c"}),
        help_text=gettext_lazy("First what convinced you, then what you would look at next. The trainee reads it."),
    )
