"""Browser stories: one Chromium for all of them, the cast with everything committed, nothing on the console at the end."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium


@pytest.fixture(scope="package")
def browser():
    """One for all stories. Ends with the last of them: while it runs, Django takes this thread for an asynchronous one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**chromium.launch_options())
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def story(live_server, browser):
    """The company, its people at their browsers, and strangers who try the same."""
    from tests.journeys.story import Story
    from tests.programs.committed import committed_cast

    told = Story(committed_cast(), live_server.url, browser)
    yield told
    told.end()
