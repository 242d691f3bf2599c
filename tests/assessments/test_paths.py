"""Pages that notices lead to are there."""

import inspect

import pytest
from django.urls import resolve

from assessments import paths

PAGES = dict(inspect.getmembers(paths, inspect.isfunction))


@pytest.mark.parametrize("name", PAGES)
def test_a_notice_leads_to_a_page_of_reviews(name):
    found = resolve(f"/o/hengyue/{PAGES[name](7)}")
    assert found.namespace == "assessments"
    assert 7 in found.kwargs.values()
