"""What people decide about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from organizations.forms.fields import TimeZoneField
from organizations.models import User


class MyAccountForm(forms.ModelForm):
    """Own name, language and time zone, in all organizations."""

    time_zone = TimeZoneField()

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")
        widgets = {"language": forms.RadioSelect(attrs={"class": "seg"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = pgettext("of a person", "Name")
        self.fields["name"].help_text = _("For mails to you. In an organization you have the name its admins gave you.")
        self.fields["time_zone"].also(self.instance.time_zone)
