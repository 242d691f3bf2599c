"""360 feedback. Before the close a draft hangs on its rater; at the close the link between the two is destroyed.

Afterwards a rater row says that somebody answered, and answers say what a group answered: no column, time or order joins
the two. Source: security, threat model, cases 1 and 2.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessments.models.cycle import CertificationReview
from assessments.vocabulary import Bound, Question, RaterGroup, RaterState, Unit
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel


class Rater(TenantModel):
    """Someone asked for feedback on a trainee in one review, in one group: a member, or a person from outside by name and e-mail.

    All but the trainee may answer by a personal link without signing in; only its `token_hash` is kept. `link_due`: its mail is
    still to go out. `link_again_on`: the day on which another was sent as a reminder; until the close.
    """

    review = TenantForeignKey(CertificationReview, on_delete=models.CASCADE, related_name="raters")
    member = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80, blank=True)  # with the e-mail, of a person from outside
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    group = models.CharField(_("group"), max_length=10, choices=RaterGroup)
    state = models.CharField(max_length=10, choices=RaterState, default=RaterState.PROPOSED)
    token_hash = models.CharField(max_length=64, blank=True)
    link_due = models.BooleanField(default=False, db_default=False)
    link_again_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rater_member_or_from_outside",
                condition=Q(member__isnull=False, name="", email="") | (Q(member__isnull=True) & ~Q(name="") & ~Q(email="")),
            ),
            models.UniqueConstraint(name="rater_email_once", fields=["organization", "review", "email"], condition=~Q(email="")),
            models.CheckConstraint(name="rater_state_known", condition=Q(state__in=RaterState.values)),
            models.CheckConstraint(name="rater_group_known", condition=Q(group__in=RaterGroup.values)),
            models.UniqueConstraint(name="rater_once", fields=["organization", "review", "member"]),
            models.UniqueConstraint(
                name="rater_one_by_name", fields=["organization", "review", "group"], condition=Q(group__in=["self", "superior"])
            ),
            models.UniqueConstraint(name="rater_link", fields=["organization", "token_hash"], condition=~Q(token_hash="")),
        ]
        indexes = [
            models.Index(fields=["organization", "member"], name="rater_by_member"),
            models.Index(fields=["organization", "id"], name="rater_link_due", condition=Q(link_due=True)),
        ]

    @property
    def said_name(self) -> str:
        """What they are called."""
        return self.member.name if self.member else self.name

    @property
    def signs_in(self) -> bool:
        """Whether they have an account, and so can answer on a page of their own as well."""
        return self.member is not None and self.member.user_id is not None

    @property
    def address(self) -> str:
        """Where a personal link is mailed to; empty for who has no e-mail or has left, and for the trainee's own view."""
        if self.group == RaterGroup.SELF or (self.member and not self.member.is_active):
            return ""
        return self._mailbox

    @property
    def by_hand(self) -> bool:
        """Whether their link can only be handed over: there is no e-mail of theirs."""
        return self.group != RaterGroup.SELF and not self._mailbox

    @property
    def _mailbox(self) -> str:
        if self.member is None:
            return self.email
        return self.member.user.email or "" if self.member.user else self.member.email

    def __str__(self) -> str:
        return f"{self.review_id} {self.group}"


class FeedbackDraft(TenantModel):
    """What a rater has typed or sent, until the close; read by nobody but them. Sent once, it does not change."""

    rater = TenantForeignKey(Rater, on_delete=models.CASCADE, related_name="drafts")
    scores = models.JSONField(default=dict)  # {"F01": 1-5, or 0 for "no chance to observe"}
    texts = models.JSONField(default=dict)  # {"continue": …, "change": …}
    is_sent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="feedback_draft_once", fields=["organization", "rater"])]

    def __str__(self) -> str:
        return str(self.rater_id)


class FeedbackAnswer(TenantModel):
    """One answer after the close, without a name: of a unit that is shown. What is withheld is not kept. Append-only."""

    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=10, choices=Unit)
    scores = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.review_id} {self.unit}"


class ResultCell(TenantModel):
    """One figure of the results, computed once at the close; append-only. No view or file gives any other figure.

    `item` is F01-F12, a pillar (PL1-PL3) or "all"; a withheld cell has neither number nor mean.
    """

    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="cells")
    unit = models.CharField(max_length=10, choices=Unit)
    item = models.CharField(max_length=5)
    n = models.PositiveSmallIntegerField(null=True)
    mean = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    bound = models.CharField(max_length=10, choices=Bound, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="result_cell_once", fields=["organization", "review", "unit", "item"]),
            models.CheckConstraint(name="result_cell_on_scale", condition=Q(mean__isnull=True) | Q(mean__gte=1, mean__lte=5)),
            models.CheckConstraint(name="result_cell_withheld_whole", condition=Q(n__isnull=True, mean__isnull=True)
                | Q(n__isnull=False, mean__isnull=False)),
            models.CheckConstraint(
                name="result_cell_of_three", condition=Q(n__isnull=True) | Q(unit__in=["self", "superior"]) | Q(n__gte=3)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.item}"


class ResultComment(TenantModel):
    """One free text of the results, in shuffled order; of unnamed units only where there are five. Append-only."""

    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="comments")
    unit = models.CharField(max_length=10, choices=Unit)
    question = models.CharField(max_length=10, choices=Question)
    text = models.TextField(_("comment"))

    def __str__(self) -> str:
        return f"{self.unit} {self.question}"


class ResultRelease(TenantModel):
    """From now on the trainee sees the results: after the talk with the mentor. Append-only."""

    review = TenantForeignKey(CertificationReview, on_delete=models.PROTECT, related_name="releases")
    by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="result_released_once", fields=["organization", "review"])]

    def __str__(self) -> str:
        return str(self.review_id)
