from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import STAFF_ROLES, OrganizationRole, SubjectKind


class MemberQuerySet(models.QuerySet):
    """Filters over people."""

    def active(self) -> "MemberQuerySet":
        """People who belong to the organization today."""
        return self.filter(ended_at__isnull=True)

    def with_role(self, role: OrganizationRole) -> "MemberQuerySet":
        """Active people who hold this organization role."""
        return self.active().filter(roles__contains=[role])


class Member(TenantModel):
    """A person inside one organization: the only person that programmes, sign-offs and notices point at.

    `user` is empty until the person signs in for the first time.
    """

    subject_kind = SubjectKind.MEMBER
    user = models.ForeignKey("organizations.User", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    name = models.CharField(_("name"), max_length=80)
    sort_name = models.CharField(max_length=160, editable=False, default="")
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    employee_number = models.CharField(_("employee number"), max_length=40, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    line_manager = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("line manager")
    )
    roles = ArrayField(models.CharField(max_length=20, choices=OrganizationRole), default=list, verbose_name=_("roles"))
    joined_at = models.DateTimeField(default=clock.now, db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_roles_known", condition=Q(roles__contained_by=OrganizationRole.values)),
            models.CheckConstraint(name="member_not_own_line_manager", condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("id"))),
            models.UniqueConstraint(
                name="member_user_once", fields=["organization", "user"], violation_error_message=_("This person is already a member.")
            ),
            models.UniqueConstraint(
                name="member_email_once",
                fields=["organization", "email"],
                condition=~Q(email=""),
                violation_error_message=_("This e-mail already belongs to someone here."),
            ),
            models.UniqueConstraint(
                name="member_employee_number_once",
                fields=["organization", "employee_number"],
                condition=~Q(employee_number=""),
                violation_error_message=_("This employee number already belongs to someone here."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "sort_name", "id"], name="member_by_name")]

    def __str__(self) -> str:
        return self.name

    def has_role(self, role: OrganizationRole) -> bool:
        """Whether this person holds the organization role."""
        return role in self.roles

    @property
    def is_staff_role(self) -> bool:
        """Admin or HR director: those whom `second_factor = staff` concerns."""
        return bool(STAFF_ROLES & set(self.roles))

    @property
    def is_active(self) -> bool:
        """Whether the membership still stands."""
        return self.ended_at is None


class Invitation(TenantModel):
    """A link by e-mail through which a member comes in for the first time. `sent_at` empty: notifications has it still to send."""

    subject_kind = SubjectKind.INVITATION
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10)
    nonce = models.CharField(max_length=32)  # the link is signed over it; sending again changes it and kills the old link
    invited_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, db_default=Now())
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # empty: an outbox row, notifications sends it
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization"], name="invitation_unsent", condition=Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return self.email


class SignInCode(TenantModel):
    """A one-time code for a person without e-mail, handed over by the admin or the cohort manager; only its hash is kept."""

    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="sign_in_codes")
    code_hash = models.CharField(max_length=128)
    issued_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.member)


class DelegatedAuthority(TenantModel):
    """Someone signs for an absent person, from one day to another. What one may not sign oneself, one may not sign for another either."""

    subject_kind = SubjectKind.DELEGATION
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("absent person"))
    delegate = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="stands_in_for", verbose_name=_("stand-in"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_start",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                name="delegation_to_another_person",
                condition=~Q(member=F("delegate")),
                violation_error_message=_("Choose another person as stand-in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.delegate}"
