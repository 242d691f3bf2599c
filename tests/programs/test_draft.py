"""Drafts: nothing typed is ever lost, and no window overwrites another."""

import pytest

from programs.actions.submit_work import submit
from programs.models import Draft
from tests.factories.programs import deliverable_of

SCRIPT = {"headers": {"accept": "application/json", "x-requested-with": "draft"}}


@pytest.fixture
def enrollment(enrolled):
    return enrolled


@pytest.fixture
def deliverable(enrollment):
    return deliverable_of(enrollment, "D1")


@pytest.fixture
def save(client, cast, deliverable):
    """Save the draft as one of the cast; as the script does, or by the button."""

    def post(typed, member=None, path="draft/", **how):
        member = member or cast.trainee
        member.user.language = "en"
        member.user.save()
        return cast.sign_in(client, member).post(cast.url(f"deliverables/{deliverable.pk}/{path}"), typed, **how)

    return post


def kept(deliverable) -> tuple:
    draft = Draft.objects.filter(deliverable=deliverable).first()
    return (draft.data, draft.revision) if draft else None


def test_a_script_saves_and_learns_the_new_revision(save, deliverable):
    first = save({"points": "half a tho", "revision": "0"}, **SCRIPT)
    assert first.status_code == 200
    assert first.json()["revision"] == 1
    assert kept(deliverable) == ({"points": ["half a tho"]}, 1)
    second = save({"points": "half a thought", "revision": "1"}, **SCRIPT)
    assert second.json()["revision"] == 2
    assert kept(deliverable) == ({"points": ["half a thought"]}, 2)


def test_the_button_saves_without_a_script_and_the_page_shows_it_again(save, client, cast, deliverable):
    typed = {"points": "<b>bold</b> & 'quoted'", "version-note": "nothing yet", "revision": "0", "other": ["1", "2"]}
    response = save(typed)
    assert response.status_code == 302
    assert kept(deliverable) == ({"points": ["<b>bold</b> & 'quoted'"], "version-note": ["nothing yet"], "other": ["1", "2"]}, 1)
    html = client.get(response.url).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &#x27;quoted&#x27;</textarea>" in html
    assert 'name="revision" value="1"' in html
    assert "Draft saved" in html


def test_a_second_window_is_told_and_overwrites_nothing(save, deliverable):
    save({"points": "from the first window", "revision": "0"}, **SCRIPT)
    clash = save({"points": "from the second window", "revision": "0"}, **SCRIPT)
    assert clash.status_code == 409
    html = clash.content.decode()
    assert "This draft was changed in another window" in html
    assert 'data-draft-keep="1"' in html
    assert "<!doctype" not in html  # a fragment, laid beside the form
    assert html.count("first") >= 1
    assert html.count("second") >= 1
    assert kept(deliverable) == ({"points": ["from the first window"]}, 1)

    kept_mine = save({"points": "from the second window", "revision": "1"}, **SCRIPT)
    assert kept_mine.json()["revision"] == 2


def test_without_a_script_the_clash_is_a_page_that_keeps_what_was_typed(save, deliverable):
    save({"points": "theirs", "revision": "0"})
    clash = save({"points": "mine </textarea><script>", "revision": "0"})
    assert clash.status_code == 409
    html = clash.content.decode()
    assert "<!doctype html>" in html
    assert "\nmine &lt;/textarea&gt;&lt;script&gt;</textarea>" in html
    assert 'name="revision" value="1"' in html
    assert kept(deliverable) == ({"points": ["theirs"]}, 1)


def test_handing_in_from_a_stale_window_is_stopped_by_the_same_page(save, deliverable):
    save({"points": "newer", "revision": "0"}, **SCRIPT)
    stale = save({"points": "older", "revision": "0"}, path="submit/")
    assert stale.status_code == 409
    deliverable.refresh_from_db()
    assert (deliverable.state, deliverable.last_number) == ("open", 0)


def test_a_draft_handed_in_elsewhere_is_not_begun_anew_behind_ones_back(save, cast, deliverable):
    save({"points": "a thought", "revision": "0"}, **SCRIPT)
    submit(deliverable, {"points": "a thought"}, by=cast.trainee, today=deliverable.work.planned_start_on)
    late = save({"points": "a thought, later", "revision": "1"}, **SCRIPT)
    assert late.status_code == 422
    assert "handed in from another window" in late.json()["message"]
    assert kept(deliverable) is None


def test_the_form_goes_on_after_signing_in_again(save, client, cast, deliverable):
    client.logout()
    lost = client.post(cast.url(f"deliverables/{deliverable.pk}/draft/"), {"points": "typed meanwhile", "revision": "0"}, **SCRIPT)
    assert lost.status_code == 302  # the script sees a redirect, keeps the fields and asks to sign in
    assert save({"points": "typed meanwhile", "revision": "0"}, **SCRIPT).status_code == 200


def test_a_row_is_added_without_a_script_and_nothing_typed_is_lost(save, client, cast, deliverable):
    response = save({"points": "one", "revision": "0", "row": "points"}, path="draft/rows/")
    assert response.status_code == 302
    assert response.url.endswith(f"?d={deliverable.pk}&row=points#id_points_table")
    assert kept(deliverable) == ({"points": ["one"]}, 1)
    strange = save({"points": "one", "revision": "1", "row": '"><script>'}, path="draft/rows/")
    assert "script" not in strange.url.partition("#")[0]


@pytest.mark.parametrize("revision", ["", "x", "-1", "1e9", "9" * 40])
def test_a_strange_revision_counts_as_none(save, deliverable, revision):
    assert save({"points": "x", "revision": revision}, **SCRIPT).status_code == 200
    assert kept(deliverable)[1] == 1


def test_signs_that_the_database_cannot_keep_are_left_out(save, deliverable):
    assert save({"points": "a\x00b", "revision": "0"}, **SCRIPT).status_code == 200
    assert kept(deliverable)[0] == {"points": ["ab"]}


@pytest.mark.parametrize(
    ("part", "status"),
    [("mentor", 403), ("director", 403), ("manager", 403), ("peer", 404), ("admin", 404), ("sponsor", 404), ("outsider", 404)],
)
@pytest.mark.parametrize("path", ["draft/", "draft/rows/", "submit/", "files/", "files/remove/"])
def test_nobody_else_writes(save, cast, deliverable, part, status, path):
    member = cast.outsider if part == "outsider" else cast.people[part]
    assert save({"points": "not mine", "revision": "0", "file": "points"}, member, path).status_code == status
    assert kept(deliverable) is None
    deliverable.refresh_from_db()
    assert deliverable.last_number == 0


def test_a_draft_is_read_by_its_author_alone(save, client, cast, deliverable):
    save({"points": "my half-baked thought", "revision": "0"})
    for member in (cast.mentor, cast.director, cast.line_manager):
        html = cast.sign_in(client, member).get(cast.url(f"tasks/{deliverable.work_id}/")).content.decode()
        assert "half-baked" not in html


def test_only_a_post_changes_anything(client, cast, deliverable):
    cast.sign_in(client, cast.trainee)
    for path in ("draft/", "draft/rows/", "submit/", "files/", "files/remove/", "comments/"):
        assert client.get(cast.url(f"deliverables/{deliverable.pk}/{path}")).status_code == 405
