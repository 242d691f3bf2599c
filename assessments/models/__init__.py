from assessments.models.certificate import Certificate, CertificateRevocation
from assessments.models.cycle import CertificationReview, Panelist, PanelVote, ReviewCycle
from assessments.models.decision import Acknowledgement, Appeal, AppealAnswer, Decision
from assessments.models.report import ReportExport

__all__ = [
    "Acknowledgement",
    "Appeal",
    "AppealAnswer",
    "Certificate",
    "CertificateRevocation",
    "CertificationReview",
    "Decision",
    "PanelVote",
    "Panelist",
    "ReportExport",
    "ReviewCycle",
]
