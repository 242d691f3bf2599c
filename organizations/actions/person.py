"""Adding people and changing their details."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations import policies
from organizations.actions import record_audit
from organizations.models import Member
from organizations.rules.sort_names import sort_name
from organizations.vocabulary import AuditAction, OrganizationRole

FACTS = ("name", "email", "phone", "employee_number", "department", "title", "line_manager")


def add(*, by: Member, **facts: Any) -> Member:
    """Add a person to the organization, with or without e-mail; they come in by an invitation or a code.

    Raises:
        PermissionDenied: only an admin adds people.
        ValidationError: "person_exists", the e-mail or employee number already belongs to someone here.
    """
    policies.require(policies.may_manage_people(by))
    member = Member(roles=[OrganizationRole.MEMBER], **facts)
    _save(member)
    record_audit.record(AuditAction.PERSON_ADDED, member, by=by, after=_told(member))
    return member


def edit(member: Member, *, by: Member, **facts: Any) -> Member:
    """Change a person's details. What stays as it was leaves no trace.

    Raises:
        PermissionDenied: only an admin changes people.
        ValidationError: "person_exists"; "circle", the new line manager reports to this person.
    """
    policies.require(policies.may_manage_people(by))
    member = Member.objects.select_for_update(of=["self"]).select_related("line_manager").get(pk=member.pk)
    before = _told(member)
    for name, value in facts.items():
        setattr(member, name, value)
    _refuse_circle(member)
    after = _told(member)
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        _save(member)
        record_audit.record(
            AuditAction.PERSON_CHANGED,
            member,
            by=by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return member


def _save(member: Member) -> None:
    member.email = member.email.strip().lower()
    member.sort_name = sort_name(member.name)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        # The form has looked before; someone was faster.
        raise ValidationError(_("This e-mail or employee number already belongs to someone here."), code="person_exists") from None


def _refuse_circle(member: Member) -> None:
    above, seen = member.line_manager, {member.pk}
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                {
                    "line_manager": ValidationError(
                        _("%(name)s reports to this person."), code="circle", params={"name": member.line_manager}
                    )
                }
            )
        seen.add(above.pk)
        above = above.line_manager


def _told(member: Member) -> dict[str, str]:
    """The facts as the audit trail tells them."""
    return {name: str(getattr(member, name) or "") for name in FACTS}
