"""Marks by which a link is found and an answer is taken once, without telling who answered.

A personal link is kept as one mark, the answer given through it under another. Both are hashes of the same long random token,
which is kept nowhere: who reads the tables cannot bring a person and an answer together.
"""

import hashlib
from datetime import date, datetime

from effectiveness.vocabulary import SurveyState


def link_mark(token: str) -> str:
    """Under which a personal link is kept with the person it belongs to."""
    return _mark("link", token)


def receipt_of_link(token: str) -> str:
    """Under which the answer given through a personal link is kept: a second one is the same."""
    return _mark("receipt", token)


def receipt_of_device(survey_token: str, device: str) -> str:
    """Under which the answer of a device is kept; another survey's is another."""
    return _mark("device", survey_token, device)


def survey_state(closes_on: date, closed_at: datetime | None, today: date) -> SurveyState:
    """Open up to and with its last day, unless closed before."""
    return SurveyState.CLOSED if closed_at is not None or today > closes_on else SurveyState.OPEN


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
