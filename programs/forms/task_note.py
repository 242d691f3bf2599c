"""What one writes on a task besides its deliverables: the note of an activity, a comment."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NOTE = 10_000


class TaskNoteForm(forms.Form):
    """What I did and what I take from it."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("What I did and what I take from it"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 6})
    )


class CommentForm(forms.Form):
    """Something to say about a deliverable."""

    use_required_attribute = False
    body = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    form_id = forms.CharField(required=False, initial=uuid4, widget=forms.HiddenInput)  # so that a comment sent again stands once

    def clean_form_id(self) -> UUID | None:
        """The id that the page gave the form; anything else is none."""
        try:
            return UUID(self.cleaned_data["form_id"])
        except ValueError:
            return None
