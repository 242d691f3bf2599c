"""What one writes on a task besides its deliverables: the note of an activity, a comment."""

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
