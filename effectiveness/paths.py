"""Pages that a notice leads to, inside the organization; kept equal to effectiveness/urls by a test."""


def session(session_id: int) -> str:
    """One session, for who runs, observes or reads it."""
    return f"toolkit/sessions/{session_id}/"


def invitation(session_id: int) -> str:
    """When and where a session is, for who is invited to it."""
    return f"toolkit/sessions/{session_id}/invitation/"
