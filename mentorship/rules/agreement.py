"""What stands in a mentoring agreement, and the hash of it that a signature names."""

from collections.abc import Mapping, Sequence

from programs.rules.content_hash import content_hash

MOST_FOCUS = 3
MEETINGS_BOOKED = 2  # both must stand in the calendar before anyone signs. Source: content, C3


def fill_in(clauses: Sequence[Mapping], every_days: int, minutes: int) -> list[dict]:
    """The clauses with the agreed rhythm written into them, in every language."""
    return [
        {
            "key": clause["key"],
            "text": {
                language: text.replace("{days}", str(every_days)).replace("{minutes}", str(minutes))
                for language, text in clause["text"].items()
            },
        }
        for clause in clauses
    ]


def agreement_hash(*, clauses: Sequence[Mapping], focus: Sequence[str], every_days: int, minutes: int, additions: str) -> str:
    """The fingerprint of everything that mentor and trainee read before they sign."""
    content = {
        "clauses": [{"key": clause["key"], "text": dict(clause["text"])} for clause in clauses],
        "focus": list(focus),
        "every_days": every_days,
        "minutes": minutes,
        "additions": additions,
    }
    return content_hash("mentoring_agreement", content)
