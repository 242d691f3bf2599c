"""The rows of a worksheet as they stand."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from effectiveness.models.worksheet import Row


def mark_of(rows: Iterable[Row]) -> str:
    """A keyed hash of rows, by which an action finds that others have been saved meanwhile: nothing can be read from it."""
    values = [
        [str(getattr(row, field.attname)) for field in row._meta.local_fields if field.name != "organization"]
        for row in sorted(rows, key=lambda row: row.pk)
    ]
    return salted_hmac("trellis.worksheet", repr(values)).hexdigest()[:32]
