"""Passwords: how long at most, and which words make them easy to guess."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_CHARACTERS = 256  # a hash of a whole book would keep a worker busy
OWN_WORDS = ("trellis", "启阶")
SHORTEST_WORD = 3


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's, in words that its Chinese catalogue lacks."""

    def get_error_message(self) -> str:
        """What is said under the field."""
        words = ngettext("Use at least %(least)d character.", "Use at least %(least)d characters.", self.min_length)
        return words % {"least": self.min_length}


class MaximumLengthValidator:
    """Long passphrases are welcome, books are not."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError, code "password_too_long"."""
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(
                ngettext("Use at most %(most)d character.", "Use at most %(most)d characters.", MOST_CHARACTERS),
                code="password_too_long",
                params={"most": MOST_CHARACTERS},
            )

    def get_help_text(self) -> str:
        """Nothing: nobody needs to be told beforehand."""
        return ""


class OwnWordsValidator:
    """A password made of the product's name, or of one's own mail domain, and little else is guessed first."""

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError, code "password_own_words", where fewer than eight characters remain without those words."""
        domain = (getattr(user, "email", None) or "").partition("@")[2].lower()
        words = [*OWN_WORDS, *(part for part in domain.split(".")[:-1] if len(part) >= SHORTEST_WORD)]
        rest = password.lower()
        for word in words:
            rest = rest.replace(word, "")
        if len(rest) < 8 and rest != password.lower():
            raise ValidationError(_("This contains a name that is guessed first. Choose other words."), code="password_own_words")

    def get_help_text(self) -> str:
        """Nothing: see validate."""
        return ""
