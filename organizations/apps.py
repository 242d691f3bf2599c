from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed

        from organizations import row_security, sign_in

        post_migrate.connect(row_security.grant_global_tables, sender=self)
        authentication_failed.connect(sign_in.factor_failed)
