"""Where the printing of a document stands, as its fragment shows it."""

from dataclasses import dataclass
from datetime import datetime

from documents.models import RenderedDocument
from documents.vocabulary import DocumentState, PrintProblem


@dataclass(frozen=True)
class DocumentStatus:
    """One printed document: on its way, ready to download, or why not."""

    code: str
    kind: str
    version: int
    state: str
    problem: str
    name: str
    size: int
    issued_at: datetime | None
    printed_code: str
    state_url: str
    file_url: str
    again_url: str

    @property
    def is_waiting(self) -> bool:
        return self.state == DocumentState.WAITING

    @property
    def is_failed(self) -> bool:
        return self.state == DocumentState.FAILED

    @property
    def is_replaced(self) -> bool:
        return self.state == DocumentState.REPLACED


def document_status(document: RenderedDocument, *, state_url: str, file_url: str, again_url: str = "") -> DocumentStatus:
    """The status of a document, with the addresses of the app that shows it. Costs no query where `file` is selected along."""
    problem = PrintProblem(document.problem).label if document.problem in PrintProblem.values else document.problem
    return DocumentStatus(
        code=document.code,
        kind=str(document.get_kind_display()),
        version=document.version,
        state=document.state,
        problem=str(problem),
        name=document.file.name if document.file_id else "",
        size=document.file.size if document.file_id else 0,
        issued_at=document.issued_at,
        printed_code=document.printed_code,
        state_url=state_url,
        file_url=file_url,
        again_url=again_url,
    )
