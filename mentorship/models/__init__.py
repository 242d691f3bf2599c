from mentorship.models.meeting import ActionItem, Meeting, MeetingFeedback, PrivateNote
from mentorship.models.pairing import Agreement, AgreementSignature, Pairing
from mentorship.models.profile import MentorProfile

__all__ = ["ActionItem", "Agreement", "AgreementSignature", "Meeting", "MeetingFeedback", "MentorProfile", "Pairing", "PrivateNote"]
