"""Who supports one trainee, role by role."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy

from programs.forms.people import PeopleField, PeopleFormMixin
from programs.queries.directory import Directory
from programs.vocabulary import Role

# In the order in which one meets them.
ROLES = (Role.MENTOR, Role.LINE_MANAGER, Role.HRBP, Role.BUSINESS_HEAD, Role.TRAINING_MANAGER, Role.SPONSOR)


class RelationsForm(PeopleFormMixin, forms.Form):
    """A field for each relation, with those who hold it now."""

    use_required_attribute = False

    def __init__(self, *args, directory: Directory, holders: Mapping[str, Sequence[int]], **more):
        super().__init__(*args, initial={str(role): list(holders.get(role, ())) for role in ROLES}, **more)
        for role in ROLES:
            self.fields[str(role)] = PeopleField(label=role.label, required=False)
        self.fields[str(Role.MENTOR)].help_text = gettext_lazy("One below the other, where there are several.")
        self.know(directory)

    @property
    def chosen(self) -> dict[str, list[int]]:
        """Ids by role."""
        return {str(role): self.cleaned_data[str(role)] for role in ROLES}
