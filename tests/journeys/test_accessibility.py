"""What axe finds on the pages: nothing. The main ones in every run; every page, language and theme in `make proof`."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from programs.models import Deliverable, SignOffStep
from tests.crawl import walk
from tests.factories.programs import builtin_version, deliverable_of, enroll_cast, make_cohort, work_of
from tests.journeys import rest

pytestmark = pytest.mark.browser
# Pages that show each role something else; any other is looked at once.
OF_EACH_ROLE = {"home.home", "programs.task"}


@pytest.fixture
def enrollment(story):
    """The trainee with something handed in, something half signed and something to write."""
    cast, today = story.cast, timezone.localdate()
    with story.here:
        enrollment = enroll_cast(cast, make_cohort(cast, version=builtin_version(cast), start_on=today, sponsor=cast.sponsor), today=today)
        half_signed = rest.hand_in(cast, deliverable_of(enrollment, "D3"), today)
        rest.approve(rest.ready(half_signed), cast.training_manager, today)
        rest.hand_in(cast, deliverable_of(enrollment, "D1"), today)
    return enrollment


def problems(page, where: str) -> list[str]:
    """What axe finds on the open page, a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{where}: {one['id']} {node['target']} {node.get('failureSummary', '')[:300]}" for one in found for node in one["nodes"][:3]]


def test_the_main_pages_are_readable_by_all(story, enrollment):
    cast, url = story.cast, story.url
    with story.here:
        step = SignOffStep.objects.get(submission__deliverable__kind__key="D3", state="ready")
        written = Deliverable.objects.get(work__enrollment=enrollment, kind__key="D1")
        plain, version = work_of(enrollment, "1.1.b"), enrollment.cohort.version
    builder = f"templates/{version.template_id}/?version=1&element="
    cohort = f"cohorts/{enrollment.cohort_id}/"
    pages = {
        "trainee": ["", "my/program/", "my/program/tasks/", f"tasks/{plain.pk}/", f"tasks/{written.work_id}/", "my/idp/", "notices/"],
        "mentor": ["", "signoffs/", f"signoffs/{step.pk}/", "my/trainees/"],
        "director": ["", "templates/", f"{builder}task:1.1.a", cohort, f"{cohort}enroll/", f"{cohort}{enrollment.pk}/", "cohorts/new/"],
        "admin": ["people/", f"people/{cast.peer.pk}/", "settings/", "audit/"],
    }
    found = []
    for part, paths in pages.items():
        visitor = story.visit(part)
        for path in paths:
            found += problems(visitor.go(url(path)), path)
    stranger = story.visit()
    for path in ("/accounts/login/", "/accounts/login/number/", "/accounts/password/reset/"):
        found += problems(stranger.go(path), path)
    assert not found, "\n".join(found)


@pytest.mark.proof
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_readable_by_all(story, enrollment, language, theme):
    found, met = [], set()
    for part in ("trainee", "mentor", "line_manager", "director", "manager", "admin", "sponsor", "reviewer", ""):
        visitor = story.visit(part, language, color_scheme=theme)
        start = [story.url(), "/accounts/profile/", "/organizations/"] if part else ["/accounts/login/", "/accounts/login/number/"]
        for kind, path in walk(visitor.page, story.address, start):
            if kind in met and kind not in OF_EACH_ROLE:
                continue
            met.add(kind)
            found += problems(visitor.page, f"{part or 'stranger'} {path}")
    assert len(met) > 40
    assert not found, "\n".join(found)
