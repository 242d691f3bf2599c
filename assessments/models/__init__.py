from assessments.models.certificate import Certificate, CertificateRevocation
from assessments.models.cycle import CertificationReview, Panelist, PanelVote, ReviewCycle
from assessments.models.decision import Acknowledgement, Appeal, AppealAnswer, AppealPanelist, Decision
from assessments.models.evidence import KpiValue, Statement
from assessments.models.feedback import FeedbackAnswer, FeedbackDraft, Rater, ResultCell, ResultComment, ResultRelease
from assessments.models.report import ReportExport

__all__ = [
    "Acknowledgement",
    "Appeal",
    "AppealAnswer",
    "AppealPanelist",
    "Certificate",
    "CertificateRevocation",
    "CertificationReview",
    "Decision",
    "FeedbackAnswer",
    "FeedbackDraft",
    "KpiValue",
    "PanelVote",
    "Panelist",
    "Rater",
    "ReportExport",
    "ResultCell",
    "ResultComment",
    "ResultRelease",
    "ReviewCycle",
    "Statement",
]
