"""Tell a person something: a row in the outbox, in the transaction of what happened. Nothing is sent from here."""

from typing import Any

from django.db import models

from notifications.models import Notification
from organizations import clock, job_queue, tenancy
from organizations.models import Member


def notify(
    recipient: Member, kind: str, *, about: models.Model, path: str, words: dict[str, Any] | None = None, key: str, by_mail: bool = True
) -> None:
    """Write one notice to one person; the same `key` again is the same notice and changes nothing.

    `kind` names the words (templates/notices/<kind>.txt), `words` are their parts (a localized text as its dict of languages),
    words whose name ends in `_on` or `_at` are a day or an instant in ISO form; `path` is the page inside the organization
    on which the reader can act. Without `by_mail` it stands in the product alone: a mail of its own goes out.
    """
    now = clock.now()
    Notification.objects.bulk_create(
        [
            Notification(
                recipient=recipient,
                kind=kind,
                subject_kind=about.subject_kind,
                subject_id=about.pk,
                path=path,
                words=words or {},
                dedup_key=f"{kind}:{recipient.pk}:{key}"[:120],
                created_at=now,
                planned_at=None if by_mail else now,
            )
        ],
        ignore_conflicts=True,
    )
    wake()


def notify_many(kind: str, to: list[tuple[int, int, str]], *, subject_kind: str, path: str, words: dict[str, Any]) -> None:
    """The same notice to many people, given as (member id, subject id, key), in few statements."""
    Notification.objects.bulk_create(
        [
            Notification(
                recipient_id=recipient,
                kind=kind,
                subject_kind=subject_kind,
                subject_id=subject_id,
                path=path,
                words=words,
                dedup_key=f"{kind}:{recipient}:{key}"[:120],
                created_at=clock.now(),
            )
            for recipient, subject_id, key in to
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )
    wake()


def wake() -> None:
    """After the commit let a worker deliver what is due. Lost calls do no harm: the regular sweep finds the rows."""
    job_queue.send_after_commit("notifications.jobs.deliver", tenancy.current_organization_id())
