"""The audit trail: every action that changes something for others leaves one entry, in the same transaction."""

import json
import secrets
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from organizations.models import AuditEvent, AuditPayload, Member
from organizations.request_facts import client_address
from organizations.rules.audit_seal import seal
from organizations.vocabulary import AuditAction


def record(
    action: AuditAction,
    about: models.Model,
    *,
    by: Member | None,
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write down who did what to which thing, and the values before and after.

    The event can never change or go; the values lie in a payload that may be erased, of which the event keeps a salted hash.
    `about` is a saved row whose model names its `subject_kind`. Call it after the write: unsaved values are not final.
    """
    payload_hash, salt, values = "", "", {"before": before or {}, "after": after or {}}
    if before or after:
        salt = secrets.token_hex(16)
        values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
        payload_hash = seal(values, salt)
    event = AuditEvent.objects.create(
        actor=by,
        actor_name=by.name if by else "",
        action=action,
        subject_kind=about.subject_kind,
        subject_id=about.pk,
        subject_label=(label or str(about))[:200],
        address=client_address.get(),
        payload_hash=payload_hash,
    )
    if payload_hash:
        AuditPayload.objects.create(event=event, salt=salt, before=values["before"], after=values["after"])
    return event


def record_many(action: AuditAction, kind: str, things: list[tuple[int, str]], *, by: Member | None) -> None:
    """One entry for each of many things of one kind, given as (id, label), in few statements; without values."""
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                actor=by,
                actor_name=by.name if by else "",
                action=action,
                subject_kind=kind,
                subject_id=subject_id,
                subject_label=label[:200],
                address=client_address.get(),
            )
            for subject_id, label in things
        ],
        batch_size=2000,
    )
