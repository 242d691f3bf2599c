"""Certificates as their pages show them."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from assessments.models import Certificate, CertificateRevocation, Decision
from assessments.vocabulary import CERTIFYING, CertificateState
from documents.models import PublicProof, RenderedDocument
from documents.vocabulary import DocumentKind, DocumentState
from organizations.models import Member

PER_PAGE = 20
MOST_WAITING = 20


@dataclass(frozen=True)
class CertificateRow:
    """A certificate in a list."""

    certificate: Certificate
    state: CertificateState

    @property
    def level(self) -> str:
        return str(self.certificate.get_level_display())


@dataclass(frozen=True)
class CertificatePage:
    """One certificate: whether it holds, its papers, what the public sees."""

    certificate: Certificate
    state: CertificateState
    papers: list[RenderedDocument]
    names_holder: bool
    revocation: CertificateRevocation | None
    replaced_by: Certificate | None

    def paper_in(self, language: str) -> RenderedDocument | None:
        """What one passes on: the printed paper in this language, else in another."""
        printed = [paper for paper in self.papers if paper.state in (DocumentState.VALID, DocumentState.REPLACED)]
        return next((paper for paper in printed if paper.language == language), next(iter(printed), None))

    @property
    def is_printing(self) -> bool:
        return any(paper.state == DocumentState.WAITING for paper in self.papers)

    @property
    def has_failed(self) -> bool:
        return any(paper.state == DocumentState.FAILED for paper in self.papers)


def certificate_page(certificate: Certificate, today: date) -> CertificatePage:
    """All that the page of one shows; four queries. The certificate comes from `with_standing`."""
    return CertificatePage(
        certificate=certificate,
        state=certificate.state(today),
        papers=papers_of(certificate),
        names_holder=_proofs(certificate).exclude(holder="").exists(),
        revocation=CertificateRevocation.objects.filter(certificate=certificate).select_related("by").first(),
        replaced_by=Certificate.objects.filter(replaces=certificate).first(),
    )


def papers_of(certificate: Certificate) -> list[RenderedDocument]:
    """Its PDFs, one for each language, Chinese first."""
    found = RenderedDocument.objects.filter(kind=DocumentKind.CERTIFICATE, subject_kind=certificate.subject_kind, subject_id=certificate.pk)
    return list(found.select_related("file").order_by("-language", "-pk"))


def own_certificates(member: Member, today: date) -> list[CertificateRow]:
    """Those of one person, newest first; one query."""
    found = Certificate.objects.with_standing().filter(holder=member).order_by("-issued_on", "-pk")
    return [CertificateRow(certificate, certificate.state(today)) for certificate in found]


def all_certificates(words: str, number: str | int, today: date) -> tuple[list[CertificateRow], Page]:
    """Those of everybody, newest first; `words` is part of a name or of a number. Two queries."""
    found = Certificate.objects.with_standing().select_related("enrollment__cohort").order_by("-issued_on", "-pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(number__icontains=words))
    page = Paginator(found, PER_PAGE).get_page(number)
    return [CertificateRow(certificate, certificate.state(today)) for certificate in page], page


def waiting_decisions() -> list[Decision]:
    """Decisions that give or keep a level and have no certificate yet, oldest first; one query.

    Not those that an appeal or a later certificate of the same trainee has overtaken.
    """
    later = Decision.objects.filter(review=OuterRef("review"), after_appeal=True)
    issued = Certificate.objects.filter(enrollment=OuterRef("enrollment"), decision__at__gte=OuterRef("at"))
    # After an appeal a certificate of the same level stands as it is.
    kept = Certificate.objects.standing().filter(decision__review=OuterRef("review"), level=OuterRef("level"))
    found = Decision.objects.filter(outcome__in=CERTIFYING).filter(Q(after_appeal=True) | ~Exists(later))
    found = found.exclude(Exists(issued)).exclude(Q(after_appeal=True) & Exists(kept))
    return list(found.select_related("enrollment__trainee", "enrollment__cohort").order_by("at", "pk")[:MOST_WAITING])


def _proofs(certificate: Certificate):
    return PublicProof.objects.filter(subject_kind=certificate.subject_kind, subject_id=certificate.pk)
