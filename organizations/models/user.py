from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.vocabulary import Language


class UserManager(BaseUserManager):
    """Makes sign-in accounts."""

    def create_user(self, email: str | None, password: str | None = None, **fields) -> "User":
        """A person who may sign in; without e-mail they do so by organization and employee number."""
        user = self.model(email=(email or "").strip().lower() or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in, once for all their organizations. Domain rows never point here, they point at Member."""

    email = models.EmailField(_("e-mail"), null=True, blank=True, max_length=254)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.CHINESE)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, db_default=Now())

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_language_known", condition=Q(language__in=Language.values)),
            models.UniqueConstraint(Lower("email"), name="user_email_once", violation_error_message=_("This e-mail already signs in.")),
        ]

    def __str__(self) -> str:
        return self.name or self.email or ""
