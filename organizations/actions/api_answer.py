"""Doing once what an API client sends twice, because an answer was lost on the way."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations import clock
from organizations.models import ApiAnswer, ApiToken

KEPT = timedelta(days=7)  # how long an answer can be had again


def begin(token: ApiToken, key: str, fingerprint: str) -> ApiAnswer:
    """Take the key for this request: a row without status, or the answer that the same request was given before.

    A request that comes while its twin is still at work waits for it here, at the unique key.

    Raises:
        ValidationError: "key_reused", another request was sent with this key.
    """
    ApiAnswer.objects.filter(token=token, at__lt=clock.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return ApiAnswer.objects.create(token=token, key=key, fingerprint=fingerprint)
    except IntegrityError:
        answer = ApiAnswer.objects.get(token=token, key=key)
    if answer.fingerprint != fingerprint:
        raise ValidationError(_("Another request was sent with this Idempotency-Key. Choose a new one."), code="key_reused")
    return answer


def keep(answer: ApiAnswer, status: int, body: str) -> None:
    """Write down what the request was answered; in its transaction, so a request that fails leaves nothing."""
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])
