"""One pairing's agreement: the newest version, who has signed it, the versions before."""

from dataclasses import dataclass
from datetime import datetime

from documents.models import RenderedDocument
from documents.vocabulary import DocumentKind
from mentorship.models import Agreement, AgreementSignature, Meeting, Pairing
from mentorship.rules.agreement import MEETINGS_BOOKED
from mentorship.vocabulary import MeetingState
from organizations.localized import read
from organizations.vocabulary import SubjectKind
from programs.vocabulary import Role


@dataclass(frozen=True)
class Signature:
    """Who has signed, as what and when; `at` is None for who has not."""

    name: str
    role: str
    at: datetime | None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class AgreementPage:
    """All that the page shows; `agreement` is None until somebody has written one."""

    pairing: Pairing
    agreement: Agreement | None
    signatures: list[Signature]
    versions: list[Agreement]
    booked: int
    documents: list[RenderedDocument]

    @property
    def clauses(self) -> list[str]:
        """The clauses in the reader's language."""
        return [read(clause["text"]) for clause in self.agreement.clauses] if self.agreement else []

    @property
    def is_signed(self) -> bool:
        """Whether both have signed the newest version."""
        return bool(self.agreement) and all(signature.at for signature in self.signatures)

    @property
    def to_book(self) -> int:
        """How many meetings must be planned before one signs."""
        return max(MEETINGS_BOOKED - self.booked, 0)

    def has_signed(self, role: str) -> bool:
        """Whether this one of the two has."""
        return any(signature.at for signature in self.signatures if signature.role == role)


def agreement_page(pairing: Pairing, now: datetime) -> AgreementPage:
    """The page of one pairing's agreement; at most four queries."""
    versions = list(pairing.agreements.select_related("written_by").prefetch_related("signatures__member").order_by("-number"))
    newest = versions[0] if versions else None
    prints = RenderedDocument.objects.filter(
        kind=DocumentKind.AGREEMENT, subject_kind=SubjectKind.PAIRING, subject_id=pairing.pk
    ).select_related("file")
    return AgreementPage(
        pairing=pairing,
        agreement=newest,
        signatures=signatures_of(pairing, list(newest.signatures.all()) if newest else []),
        versions=versions,
        booked=Meeting.objects.filter(pairing=pairing, state=MeetingState.PLANNED, starts_at__gt=now).count(),
        documents=list(prints.order_by("-version", "-pk")),
    )


def signatures_of(pairing: Pairing, given: list[AgreementSignature]) -> list[Signature]:
    """Both of the two, with when they signed."""
    by_role = {signature.role: signature for signature in given}
    people = ((Role.TRAINEE, pairing.enrollment.trainee), (Role.MENTOR, pairing.mentor))
    return [
        Signature(by_role[role].member.name, role, by_role[role].at) if role in by_role else Signature(member.name, role, None)
        for role, member in people
    ]
