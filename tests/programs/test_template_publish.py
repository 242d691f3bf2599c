"""Publishing: what is checked, and that a published version is final."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, transaction

from organizations.models import AuditEvent
from organizations.tenancy import tenant
from organizations.vocabulary import AuditAction
from programs.actions.edit_template import edit_part
from programs.actions.publish_version import publish_version
from programs.actions.start_draft import start_draft
from programs.models import DeliverableKind, Prerequisite, TaskDefinition, TemplateVersion
from programs.queries.version_content import MODELS
from programs.rules.content_hash import content_hash
from programs.rules.version_content import as_data
from programs.rules.version_states import takes_cohorts
from tests.cast import cast  # noqa: F401
from tests.programs.templates import content_of, draft, published  # noqa: F401

PART_MODELS = [*(model for model, _part in MODELS.values()), Prerequisite]


def test_publishing_names_the_exact_content_and_who_did_it(cast, draft):  # noqa: F811
    version = publish_version(draft, by=cast.director)

    assert (version.state, version.published_by) == ("published", cast.director)
    assert version.published_at is not None
    assert version.content_hash == content_hash("template_version", as_data(content_of(draft)))
    event = AuditEvent.objects.get(action=AuditAction.VERSION_PUBLISHED)
    assert (event.actor, event.subject_id) == (cast.director, version.pk)


def test_the_hash_tells_every_change(cast, published):  # noqa: F811
    following = start_draft(published, by=cast.director)
    assert content_hash("template_version", as_data(content_of(following))) == published.content_hash
    edit_part(following, "task", "1.1.a", {"length": 15}, by=cast.director, revision=following.revision)
    assert publish_version(following, by=cast.director).content_hash != published.content_hash


def test_it_is_published_once(cast, draft):  # noqa: F811
    publish_version(draft, by=cast.director)
    with pytest.raises(ValidationError) as refusal:
        publish_version(draft, by=cast.director)
    assert refusal.value.code == "already_published"
    assert AuditEvent.objects.filter(action=AuditAction.VERSION_PUBLISHED).count() == 1


def test_what_changed_after_one_looked_is_not_published(cast, draft):  # noqa: F811
    edit_part(draft, "task", "1.1.a", {"hours": 17}, by=cast.director, revision=1)
    with pytest.raises(ValidationError) as refusal:
        publish_version(draft, by=cast.director, revision=1)
    assert refusal.value.code == "changed_since"


def test_a_fault_keeps_the_draft_from_being_published(cast, draft):  # noqa: F811
    DeliverableKind.objects.filter(version=draft, key="D6").update(route=[])
    with pytest.raises(ValidationError) as refusal:
        publish_version(draft, by=cast.director)
    assert refusal.value.code == "not_ready"
    draft.refresh_from_db()
    assert (draft.state, draft.content_hash) == ("draft", "")


def test_a_missing_english_text_stops_nobody(cast, draft):  # noqa: F811
    edit_part(draft, "task", "1.1.a", {"name": {"zh-hans": "写手册"}}, by=cast.director, revision=1)
    assert publish_version(draft, by=cast.director).state == "published"


@pytest.mark.parametrize("part", ["admin", "manager", "mentor", "trainee", "reviewer"])
def test_only_the_hr_director_publishes(cast, draft, part):  # noqa: F811
    with pytest.raises(PermissionDenied):
        publish_version(draft, by=getattr(cast, part))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_earlier_published_versions_stay_usable(cast, published):  # noqa: F811
    publish_version(start_draft(published, by=cast.director), by=cast.director)
    published.refresh_from_db()
    assert takes_cohorts(published.state)


@pytest.mark.parametrize("model", PART_MODELS, ids=lambda model: model.__name__)
def test_the_database_refuses_to_change_a_part_of_a_published_version(cast, published, model):  # noqa: F811
    rows = model.objects.filter(version=published)
    row = rows.order_by("pk").first()
    assert row is not None
    column = "task_id" if model is Prerequisite else "key"
    before = list(rows.order_by("pk").values())

    def update():
        rows.filter(pk=row.pk).update(**{column: getattr(row, column) if model is Prerequisite else "X1"})

    def insert():
        row.pk, row._state.adding = None, True
        if model is not Prerequisite:
            row.key = "X1"
        row.save(force_insert=True)

    def delete():
        rows.filter(pk=before[0]["id"])._raw_delete("default")

    for act in (update, insert, delete):
        with pytest.raises(Error, match="published and final"), transaction.atomic():
            act()
    assert list(rows.order_by("pk").values()) == before


def test_the_database_refuses_to_change_the_published_version_itself(cast, published):  # noqa: F811
    versions = TemplateVersion.objects.filter(pk=published.pk)
    for values in ({"state": "draft"}, {"number": 9}, {"content_hash": "0"}, {"state": "retired", "number": 9}):
        with pytest.raises(Error, match="published and final"), transaction.atomic():
            versions.update(**values)
    with pytest.raises(Error, match="published and final"), transaction.atomic():
        versions._raw_delete("default")
    # Retiring is all that may still happen.
    assert versions.update(state="retired") == 1


def test_no_part_of_a_draft_moves_into_a_published_version(cast, published):  # noqa: F811
    following = start_draft(published, by=cast.director)
    with pytest.raises(Error, match="published and final"), transaction.atomic():
        TaskDefinition.objects.filter(version=following, key="1.1.a").update(version=published)


def test_another_organization_sees_nothing_of_it(cast, published):  # noqa: F811
    with tenant(cast.rival.pk):
        assert not TemplateVersion.objects.filter(pk=published.pk).exists()
        with pytest.raises(TemplateVersion.DoesNotExist):
            publish_version(published, by=cast.outsider)
