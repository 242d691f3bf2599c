from assessments.models.cycle import CertificationReview, Panelist, PanelVote, ReviewCycle
from assessments.models.decision import Acknowledgement, Appeal, AppealAnswer, Decision

__all__ = [
    "Acknowledgement",
    "Appeal",
    "AppealAnswer",
    "CertificationReview",
    "Decision",
    "PanelVote",
    "Panelist",
    "ReviewCycle",
]
