"""Texts kept in both languages: one JSON column, read in the language in force."""

import json
from collections.abc import Sequence

from django.utils.translation import gettext as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

LANGUAGES = ("zh-hans", "en")


def text(zh: str, en: str) -> LazyI18nString:
    """A text in Chinese and in English."""
    return LazyI18nString({"zh-hans": zh, "en": en})


def read(value: dict | str | None) -> str:
    """One text out of JSON, where a localized text is `{"zh-hans": …, "en": …}`, in the language in force."""
    return str(LazyI18nString(value or ""))


def any_of(words: Sequence[str]) -> str:
    """Names or roles as one reads a list of which any one is enough; empty for none."""
    *most, last = words or [""]
    return _("%(most)s or %(last)s") % {"most": _(", ").join(most), "last": last} if most else last


class _Readable:
    """Stored without \\u escapes, so that Chinese can be searched in the database."""

    def get_prep_value(self, value):
        if isinstance(value, LazyI18nString):
            value = value.data
        if isinstance(value, dict):
            return json.dumps({key: text for key, text in value.items() if text}, ensure_ascii=False, sort_keys=True)
        return value


class LocalizedCharField(_Readable, I18nCharField):
    """A short text in both languages."""


class LocalizedTextField(_Readable, I18nTextField):
    """A long text in both languages."""
