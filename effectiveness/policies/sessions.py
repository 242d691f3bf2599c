"""Who plans, runs and reads training sessions."""

from effectiveness.models import TrainingSession
from organizations.models import Member


def may_run(member: Member, session: TrainingSession) -> bool:
    """Change a session, write down who came, open its survey and test: who planned it, alone.

    Observer, mentor, those who read the trainee's programme and the HR director read (`TrainingSession.objects.visible_to`).
    """
    return session.owner_id == member.pk


def may_read_scores(member: Member, session: TrainingSession) -> bool:
    """Read each learner's own test score: who ran the session. Everybody else reads the class in figures."""
    return session.owner_id == member.pk
