"""A new tenant, with its first admin."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organizations import localized
from organizations.actions.open_organization import open_organization
from organizations.invitation_links import make_link
from organizations.rules.time_zones import is_time_zone
from organizations.vocabulary import Language


class Command(BaseCommand):
    help = "Opens an organization and invites its first admin by e-mail. Everyone with a staff role will need a second factor."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="short name in the address: a-z, 0-9 and hyphens")
        parser.add_argument("--name-zh", required=True, help="name in Chinese")
        parser.add_argument("--name-en", required=True, help="name in English")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--language", choices=Language.values, default=Language.CHINESE.value)
        parser.add_argument("--time-zone", default="Asia/Shanghai")

    def handle(self, *args, slug, name_zh, name_en, admin_name, admin_email, language, time_zone, **options):
        if not is_time_zone(time_zone):
            raise CommandError(f"There is no time zone {time_zone}.")
        name = localized.text(name_zh, name_en)
        try:
            organization, invitation = open_organization(
                slug, name, admin_name=admin_name, admin_email=admin_email, language=language, time_zone=time_zone
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(f"{name_en} is open at /o/{organization.slug}/. The invitation to {admin_email} is on its way:")
        self.stdout.write(make_link(invitation, organization.slug))
