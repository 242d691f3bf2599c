"""Filters that lists share."""

import django_filters
from django import forms


class _Id(forms.IntegerField):
    def __init__(self, **options):
        options.pop("decimal_places", None)
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


class IdFilter(django_filters.NumberFilter):
    """By the id of something; one that names nothing leaves an empty list."""

    field_class = _Id
