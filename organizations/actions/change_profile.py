"""What people decide about themselves, in all their organizations."""

from organizations.models import User
from organizations.vocabulary import Language


def change(user: User, *, name: str, language: str, time_zone: str) -> User:
    """Change one's own name on mails, language and time zone."""
    user.name, user.language, user.time_zone = name, Language(language), time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    return user


def choose_language(user: User, language: str) -> User:
    """Read everything in this language from now on."""
    user.language = Language(language)
    user.save(update_fields=["language"])
    return user
