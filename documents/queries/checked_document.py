"""What a stranger may learn about a document by the code that stands on it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from documents.rules.paper_validity import paper_validity
from documents.vocabulary import DocumentKind, DocumentState
from organizations.localized import read


@dataclass(frozen=True)
class CheckedDocument:
    """Kind, issuer, date, version, and whether it holds. `validity` is a word of rules.paper_validity.

    `number` and days are those of the thing it is about, where it has them; `holder` and `title` are empty unless that person
    has chosen to be named.
    """

    kind: str
    organization: str
    version: int
    issued: datetime | date
    validity: str
    number: str = ""
    valid_until: date | None = None
    revoked_on: date | None = None
    holder: str = ""
    title: str = ""

    @property
    def is_valid(self) -> bool:
        return self.validity == "valid"


def clean_code(typed: str) -> str:
    """A code as it is stored, whichever way it was typed from paper: small letters, hyphens and spaces do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:32]


def checked_document(typed: str, today: date) -> CheckedDocument | None:
    """The document of a code, or None. One statement, whatever comes of it; it crosses tenants by a function that gives no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, version, state, issued_at, organization_name,"
            " number, issued_on, valid_until, revoked_on, replaced_on, holder, title"
            " FROM check_document(%s)",
            [clean_code(typed)],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    kind, version, state, issued_at, organization, number, issued_on, valid_until, revoked_on, replaced_on, holder, title = found
    is_replaced = state != DocumentState.VALID or replaced_on is not None
    return CheckedDocument(
        kind=str(DocumentKind(kind).label),
        organization=read(json.loads(organization)),
        version=version,
        issued=issued_on or issued_at,
        validity=paper_validity(today, valid_until=valid_until, is_revoked=revoked_on is not None, is_replaced=is_replaced),
        number=number or "",
        valid_until=valid_until,
        revoked_on=revoked_on,
        holder=holder or "",
        title=read(json.loads(title)) if title else "",
    )
