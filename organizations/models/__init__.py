from organizations.models.api_token import ApiAnswer, ApiToken
from organizations.models.audit import AuditEvent, AuditPayload, SignInEvent
from organizations.models.member import DelegatedAuthority, Invitation, Member, SignInCode
from organizations.models.organization import CalendarDay, Organization
from organizations.models.user import User

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "AuditEvent",
    "AuditPayload",
    "CalendarDay",
    "DelegatedAuthority",
    "Invitation",
    "Member",
    "Organization",
    "SignInCode",
    "SignInEvent",
    "User",
]
