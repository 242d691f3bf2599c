"""Copying the built-in program, and starting the next draft."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.localized import text
from organizations.models import AuditEvent
from organizations.vocabulary import AuditAction
from programs.actions.copy_template import copy_template
from programs.actions.publish_version import publish_version
from programs.actions.start_draft import start_draft
from programs.models import ProgramTemplate, TaskDefinition, TemplateVersion
from tests.cast import cast  # noqa: F401
from tests.programs.templates import content_of, draft, published  # noqa: F401
from tests.queries import query_count


def test_a_copy_is_draft_one_of_a_template_of_ones_own(cast):  # noqa: F811
    version = copy_template(text("培训经理", "Training manager"), by=cast.director)

    assert (version.number, version.state, version.revision) == (1, "draft", 1)
    assert (str(version.template), version.template.source, version.template.created_by) == ("培训经理", "training-manager", cast.director)
    event = AuditEvent.objects.get(action=AuditAction.TEMPLATE_COPIED)
    assert (event.actor, event.subject_id) == (cast.director, version.pk)


def test_copying_takes_few_statements_however_long_the_program_is(cast):  # noqa: F811
    with query_count() as seen:
        copy_template(text("培训经理", "Training manager"), by=cast.director)
    assert len(seen) == 15


@pytest.mark.parametrize("part", ["admin", "manager", "mentor", "trainee", "reviewer", "line_manager", "sponsor"])
def test_only_the_hr_director_copies(cast, part):  # noqa: F811
    with pytest.raises(PermissionDenied):
        copy_template(text("培训经理", "Training manager"), by=getattr(cast, part))
    assert not ProgramTemplate.objects.exists()


@pytest.mark.parametrize("name", [text("", ""), text("  ", "\n")])
def test_a_template_needs_a_name(cast, name):  # noqa: F811
    with pytest.raises(ValidationError) as refusal:
        copy_template(name, by=cast.director)
    assert [error.code for error in refusal.value.error_dict["name"]] == ["name_missing"]


def test_the_next_draft_says_all_that_the_published_version_says_under_the_same_keys(cast, published):  # noqa: F811
    following = start_draft(published, by=cast.director)

    assert (following.number, following.state, following.template_id) == (2, "draft", published.template_id)
    assert content_of(following) == content_of(published)
    keys = TaskDefinition.objects.filter(version=following).values_list("key", flat=True)
    assert set(keys) == set(TaskDefinition.objects.filter(version=published).values_list("key", flat=True))


def test_a_template_has_one_draft_at_a_time(cast, published):  # noqa: F811
    start_draft(published, by=cast.director)
    with pytest.raises(ValidationError) as refusal:
        start_draft(published, by=cast.director)
    assert refusal.value.code == "draft_exists"


def test_a_draft_is_no_base_for_another_draft(cast, draft):  # noqa: F811
    with pytest.raises(ValidationError) as refusal:
        start_draft(draft, by=cast.director)
    assert refusal.value.code == "not_published"


def test_an_older_version_may_be_the_base_of_the_next_draft(cast, published):  # noqa: F811
    second = publish_version(start_draft(published, by=cast.director), by=cast.director)
    third = start_draft(published, by=cast.director)
    assert (second.number, third.number) == (2, 3)


def test_only_the_hr_director_starts_a_draft(cast, published):  # noqa: F811
    with pytest.raises(PermissionDenied):
        start_draft(published, by=cast.admin)
    assert TemplateVersion.objects.count() == 1
