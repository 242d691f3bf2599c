"""The demo's two companies, as `seed()` makes them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config.demo.accounts import PASSWORDS
from organizations.models import Organization
from organizations.tenancy import tenant


@contextmanager
def inside(slug: str) -> Iterator[Organization]:
    """One of them, its tenant open."""
    organization = Organization.objects.get(slug=slug)
    with tenant(organization.pk):
        yield organization


@pytest.fixture
def demo_data(db):
    """All of it: the stage of this name; without its files."""


@pytest.fixture(params=list(PASSWORDS))
def company(demo_data, request):
    """One after the other."""
    with inside(request.param) as organization:
        yield organization


@pytest.fixture
def hengyue(demo_data):
    """恒岳零售, where every kind of thing is found."""
    with inside("hengyue") as organization:
        yield organization


@pytest.fixture
def nordhamn(demo_data):
    """Nordhamn Logistics, the smaller one."""
    with inside("nordhamn") as organization:
        yield organization
