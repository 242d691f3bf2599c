"""A new tenant, with its first admin."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from organizations.actions import invite, record_audit
from organizations.models import Invitation, Member, Organization
from organizations.rules.sort_names import sort_name
from organizations.tenancy import tenant
from organizations.vocabulary import AuditAction, Language, OrganizationRole, SecondFactor


def open_organization(
    slug: str,
    name: LazyI18nString,
    *,
    admin_name: str,
    admin_email: str,
    language: str = Language.CHINESE,
    time_zone: str = "Asia/Shanghai",
    second_factor: str = SecondFactor.STAFF,
) -> tuple[Organization, Invitation]:
    """Open an organization and invite its first admin, who lets in everyone else. Called by an operator.

    Raises:
        ValidationError: "organization_exists", the slug is taken; or by field, what is wrong with it.
    """
    organization = Organization(slug=slug, name=name, language=language, time_zone=time_zone, second_factor=second_factor)
    organization.clean_fields()
    with transaction.atomic():
        try:
            with transaction.atomic():
                organization.save()
        except IntegrityError:
            raise ValidationError({"slug": ValidationError(_("This address is taken."), code="organization_exists")}) from None
        with tenant(organization.pk):
            admin = Member(
                name=admin_name,
                sort_name=sort_name(admin_name),
                email=admin_email.strip().lower(),
                roles=[OrganizationRole.ADMIN, OrganizationRole.MEMBER],
            )
            admin.clean_fields(exclude=["organization"])
            admin.save()
            record_audit.record(AuditAction.PERSON_ADDED, admin, by=None, after={"name": admin.name, "roles": admin.roles})
            return organization, invite.write(admin, by=None)
