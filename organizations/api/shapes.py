"""Shapes that several resources answer with."""

from typing import Any

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

TEXTS = {"type": "object", "additionalProperties": {"type": "string"}, "example": {"zh-hans": "…", "en": "…"}}


@extend_schema_field(TEXTS)
class Localized(serializers.Field):
    """A text in both languages, `{"zh-hans": …, "en": …}`."""

    def to_representation(self, value: Any) -> dict[str, str]:
        """Read off a localized field, or out of JSON that is one already."""
        data = getattr(value, "data", value)
        if isinstance(data, dict):
            return {language: text for language, text in data.items() if text}
        return {"zh-hans": data, "en": data} if data else {}


class Person(serializers.Serializer):
    """A person by id and name."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


def word(choices: type[TextChoices], **options: Any) -> serializers.ChoiceField:
    """One of a closed list of words."""
    return serializers.ChoiceField(choices=choices.choices, **options)
