from documents.models.job import Job
from documents.models.public_proof import PublicProof
from documents.models.rendered_document import RenderedDocument
from documents.models.stored_file import StoredFile

__all__ = ["Job", "PublicProof", "RenderedDocument", "StoredFile"]
