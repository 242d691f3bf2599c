"""Fixtures that hand a test what its stage holds (tests/stages.py): they make nothing, they only find it."""

import pytest

from programs.models import Enrollment, TemplateVersion


@pytest.fixture
def draft(cast) -> TemplateVersion:
    """A copy of the built-in program that nobody has edited yet."""
    return TemplateVersion.objects.select_related("template").earliest("pk")


@pytest.fixture
def published(draft) -> TemplateVersion:
    """The same, published."""
    return draft


@pytest.fixture
def enrolled(cast) -> Enrollment:
    """The cast's trainee on the first day of the small program."""
    return Enrollment.objects.select_related("cohort").earliest("pk")
