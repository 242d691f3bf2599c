"""A gate's record (D12) as far as the gate itself knows it: what the trainee's draft begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Voice:
    """One reviewer: who, what they said of each criterion, why, and what they ask for."""

    member: int
    said: str  # name, role and verdict, as one reads them
    reasons: str
    judgments: Mapping[str, Mapping[str, str]]


# From the mildest to the gravest: a record keeps the gravest judgment of a criterion, and every note.
JUDGMENTS = ("met", "partly", "not")


def record(
    gate: str,
    criteria: Sequence[tuple[str, str]],
    evidence: Mapping[str, str],
    sent_on: date,
    verdict: str,
    voices: Sequence[Voice],
    conditions: Sequence[tuple[str, str, date]],
) -> dict[str, Any]:
    """Answers of D12's fields by their keys. Dissent stays: every reviewer's reasons stand under their own name."""
    rows = []
    for key, text in criteria:
        given = [voice.judgments[key] for voice in voices if key in voice.judgments]
        gravest = max((one["judgment"] for one in given), key=JUDGMENTS.index, default="")
        rows.append({"criterion": text, "judgment": gravest, "note": " · ".join(one["note"] for one in given if one["note"])})
    return {
        "gate": gate,
        "reviewers": [voice.member for voice in voices],
        "evidence": [{"item": text, "record_or_file": evidence.get(key, ""), "sent_on": sent_on.isoformat()} for key, text in criteria],
        "criteria": rows,
        "verdict": verdict,
        "conditions": [{"what": what, "who": who, "date": day.isoformat()} for what, who, day in conditions],
        "reasons": "\n\n".join(f"{voice.said}\n{voice.reasons}" for voice in voices),
    }
