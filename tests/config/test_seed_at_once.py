"""The demo's companies are made at the same time, and kept together or not at all."""

import pytest

from config.demo import seed
from config.demo.at_once import seed_at_once
from organizations.localized import text
from organizations.models import Organization

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The test runner's own threads do nothing while this forks.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]
SLUGS = tuple(seed.COMPANIES)


@pytest.fixture
def make(monkeypatch):
    """`make("nordhamn")`: in place of whole companies rows of their names; those named here fail after they have written theirs."""

    def seeded(*failing: str) -> None:
        def make_one(slug, say, now) -> None:
            Organization.objects.create(slug=slug, name=text(slug, slug))
            if slug in failing:
                raise ValueError(slug)

        monkeypatch.setattr(seed, "make", make_one)
        seed_at_once(lambda line: None)

    return seeded


def kept() -> set[str]:
    return set(Organization.objects.values_list("slug", flat=True))


def test_all_are_kept(make):
    make()
    assert kept() == set(SLUGS)


@pytest.mark.parametrize(("failing", "refusal"), [(SLUGS[:1], ValueError), (SLUGS[1:], RuntimeError), (SLUGS, ValueError)])
def test_where_one_fails_none_is_kept(make, failing, refusal):
    with pytest.raises(refusal):
        make(*failing)
    assert kept() == set()
