from assessments.models.cycle import CertificationReview, Panelist, PanelVote, ReviewCycle
from assessments.models.decision import Acknowledgement, Appeal, AppealAnswer, AppealPanelist, Decision
from assessments.models.evidence import KpiValue, Statement
from assessments.models.feedback import FeedbackAnswer, FeedbackDraft, Rater, ResultCell, ResultComment, ResultRelease

__all__ = [
    "Acknowledgement",
    "Appeal",
    "AppealAnswer",
    "AppealPanelist",
    "CertificationReview",
    "Decision",
    "FeedbackAnswer",
    "FeedbackDraft",
    "KpiValue",
    "PanelVote",
    "Panelist",
    "Rater",
    "ResultCell",
    "ResultComment",
    "ResultRelease",
    "ReviewCycle",
    "Statement",
]
