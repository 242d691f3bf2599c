"""What a stranger may learn about a document by the code that stands on it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from documents.vocabulary import DocumentKind, DocumentState
from organizations.localized import read


@dataclass(frozen=True)
class CheckedDocument:
    """Kind, issuer, date, version, and whether it is still the newest. No name."""

    kind: str
    organization: str
    version: int
    issued_at: datetime
    is_valid: bool


def clean_code(typed: str) -> str:
    """A code as it is stored, whichever way it was typed from paper: small letters, hyphens and spaces do not matter."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:32]


def checked_document(typed: str) -> CheckedDocument | None:
    """The document of a code, or None. One statement, hit or miss; it crosses tenants by a function that gives no more than this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, version, state, issued_at, organization_name FROM check_document(%s)", [clean_code(typed)])
        found = cursor.fetchone()
    if found is None:
        return None
    kind, version, state, issued_at, organization = found
    return CheckedDocument(
        kind=str(DocumentKind(kind).label),
        organization=read(json.loads(organization)),
        version=version,
        issued_at=issued_at,
        is_valid=state == DocumentState.VALID,
    )
