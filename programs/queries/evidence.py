"""What a trainee can show for an answer: the newest version of each thing they handed in."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from programs.models import Submission


@dataclass(frozen=True)
class Evidence:
    """One version of one deliverable."""

    pk: int
    key: str
    name: str
    number: int
    label: str = ""  # whom it is about, where there are several (D2)

    @property
    def said(self) -> str:
        """How people call it."""
        name = _("%(name)s (%(label)s)") % {"name": self.name, "label": self.label} if self.label else self.name
        return _("%(key)s %(name)s, version %(n)s") % {"key": self.key, "name": name, "n": self.number}


def evidence_choices(enrollment: int) -> list[Evidence]:
    """Newest first; one query. Private work (D19) is no evidence: it would show to others what is theirs alone."""
    found = (
        Submission.objects.filter(
            deliverable__work__enrollment=enrollment, deliverable__kind__private=False, number=F("deliverable__last_number")
        )
        .order_by("-submitted_at", "-pk")
        .values_list("pk", "deliverable__kind__key", "deliverable__kind__name", "number", "deliverable__label")
    )
    return [Evidence(pk, key, str(name), number, label) for pk, key, name, number, label in found]
