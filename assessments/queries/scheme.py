"""A template's words on reviews: KPIs, 360 statements, levels. A template without any speaks with the built-in program's."""

from collections.abc import Mapping

from assessments.rules.feedback_items import Statement, statements
from programs.builtin_reader import read_builtin
from programs.models import TemplateVersion


def scheme_of(version_id: int) -> dict[str, list[Mapping]]:
    """What a version says of reviews, by part: kpis, items360, levels; one query."""
    own = TemplateVersion.objects.values_list("review_scheme", flat=True).get(pk=version_id)
    builtin = read_builtin().content.review_scheme
    return {part: own.get(part) or builtin[part] for part in ("kpis", "items360", "levels")}


def statements_of(version_id: int) -> list[Statement]:
    """The 360 statements of a version, in their order; one query."""
    return statements(scheme_of(version_id)["items360"])
