"""What a trainee can show for an answer: the newest version of each thing they handed in."""

from dataclasses import dataclass

from django.db.models import F

from programs.models import Submission


@dataclass(frozen=True)
class Evidence:
    """One version of one deliverable."""

    pk: int
    key: str
    name: str
    number: int


def evidence_choices(enrollment: int) -> list[Evidence]:
    """Newest first; one query. Private work (D19) is no evidence: it would show to others what is theirs alone."""
    found = (
        Submission.objects.filter(
            deliverable__work__enrollment=enrollment, deliverable__kind__private=False, number=F("deliverable__last_number")
        )
        .order_by("-submitted_at", "-pk")
        .values_list("pk", "deliverable__kind__key", "deliverable__kind__name", "number")
    )
    return [Evidence(pk, key, str(name), number) for pk, key, name, number in found]
