from datetime import time

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from notifications.vocabulary import Channel, DeliveryState
from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind


class Notification(TenantModel):
    """One thing told to one person, once: the outbox row and the entry under the bell.

    `kind` is named by the app in which it arises; its words are the templates `notices/<kind>.txt` in both languages.
    `dedup_key` makes a repeated sweep harmless.
    """

    recipient = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20, choices=SubjectKind)
    subject_id = models.BigIntegerField()
    path = models.CharField(max_length=200)
    words = models.JSONField(default=dict)
    dedup_key = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=clock.now, db_default=Now())
    read_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)  # empty: its deliveries are still to be made

    class Meta:
        constraints = [models.UniqueConstraint(name="notification_once", fields=["organization", "dedup_key"])]
        indexes = [
            models.Index(fields=["organization", "recipient", "-created_at"], name="notification_by_recipient"),
            models.Index(fields=["organization", "recipient"], name="notification_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["organization", "created_at"], name="notification_unplanned", condition=Q(planned_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient_id}"


class Delivery(TenantModel):
    """One notice by one channel, with its attempts."""

    notification = TenantForeignKey(Notification, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(default=0)  # ends of a worker between sending and writing it down
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["organization", "notification", "channel"]),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=DeliveryState.values)),
        ]
        indexes = [models.Index(fields=["organization", "due_at"], name="delivery_due", condition=Q(state__in=["waiting", "sending"]))]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Preference(TenantModel):
    """How one person wants to be told: by e-mail or only in the product, and when to be left alone."""

    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="preferences")
    by_email = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(8))
    only_working_days = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="preference_once", fields=["organization", "member"])]

    def __str__(self) -> str:
        return str(self.member_id)
