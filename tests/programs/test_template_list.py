"""The list of templates: copying, naming, publishing, drafts, moving and removing, and who may do any of it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from organizations.tenancy import tenant
from programs.actions.edit_template import edit_part, rename_template
from programs.actions.open_cohort import open_cohort
from programs.actions.publish_version import publish_version
from programs.actions.reshape_template import add_check, add_deliverable, add_task, move_task, remove_part
from programs.actions.start_draft import start_draft
from programs.models import CohortDeputy, ProgramTemplate, TemplateVersion
from programs.policies.design import may_design
from programs.queries.template_list import template_list
from tests.cast import cast  # noqa: F401
from tests.factories.programs import make_cohort
from tests.programs.templates import content_of, draft, part_of, published  # noqa: F401
from tests.queries import query_count

NAME = {"zh-hans": "门店带教观察", "en": "Observe coaching in a store"}


@pytest.fixture
def browser(client, cast):  # noqa: F811
    return cast.sign_in(client, cast.director)


def url(name: str, *arguments) -> str:
    return reverse(f"programs:{name}", args=["hengyue", *arguments])


def press(browser, name: str, version: TemplateVersion, *arguments, **more):
    sent = {"version": version.number, "revision": version.revision} | more
    return browser.post(url(name, version.template_id, *arguments), sent)


def test_without_templates_the_list_offers_the_built_in_program(browser):
    page = browser.get(url("templates"))
    assert page.templates[0].name == "programs/template_list.html"
    assert page.context["templates"] == []
    assert url("copy_template") in page.content.decode()


def test_copying_leads_to_the_builder(browser):
    answer = browser.post(url("copy_template"), {"name_zh": "培训经理", "name_en": "Training manager"})
    version = TemplateVersion.objects.get()
    assert answer["Location"] == url("template", version.template_id)
    assert version.template.name.data == {"zh-hans": "培训经理", "en": "Training manager"}


@pytest.mark.parametrize("typed", [{}, {"name_zh": " "}, {"name_zh": "长" * 201}, {"name_en": "a\x00b"}])
def test_a_copy_without_a_fitting_name_is_refused_at_its_field(browser, typed):
    answer = browser.post(url("copy_template"), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) <= {"name_zh", "name_en"}
    assert not ProgramTemplate.objects.exists()


def test_the_list_shows_versions_cohorts_and_what_to_do_next(browser, cast, published):  # noqa: F811
    open_cohort(published, name="2026 秋季班", start_on=date(2026, 9, 1), calendar="cn", by=cast.director)
    start_draft(published, by=cast.director)
    (line,) = browser.get(url("templates")).context["templates"]
    assert [(version.number, version.state, version.cohorts, version.trainees) for version in line.versions] == [
        (2, "draft", (), 0),
        (1, "published", ("2026 秋季班",), 0),
    ]
    assert line.versions[1].published_by == cast.director.name
    assert line.draft is line.versions[0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_three_statements_of_its_own(cast, draft, count):  # noqa: F811
    for number in range(1, count):
        template = ProgramTemplate.objects.create(name=f"方案 {number}")
        TemplateVersion.objects.create(template=template, number=1)
    with query_count() as seen:
        assert len(template_list()) == count
    assert len(seen) == 3


def test_a_template_is_renamed_for_all_its_versions(browser, cast, draft):  # noqa: F811
    answer = browser.post(url("rename_template", draft.template_id), {"name_zh": "新名称", "name_en": "New name"})
    assert answer["Location"] == url("templates")
    assert ProgramTemplate.objects.get().name.data == {"zh-hans": "新名称", "en": "New name"}
    browser.post(url("rename_template", draft.template_id), {"name_zh": " "})
    assert ProgramTemplate.objects.get().name.data == {"zh-hans": "新名称", "en": "New name"}


def test_a_press_publishes_and_another_starts_the_next_draft(browser, draft):  # noqa: F811
    assert press(browser, "publish_version", draft, element="task:1.1.a").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "published"
    answer = press(browser, "start_draft", draft, element="task:1.1.a")
    assert answer["Location"] == f"{url('template', draft.template_id)}?version=2&element=task%3A1.1.a"
    assert TemplateVersion.objects.filter(number=2, state="draft").exists()
    # Pressed twice: the one there is.
    assert press(browser, "start_draft", draft).status_code == 302
    assert TemplateVersion.objects.count() == 2


def test_a_press_on_what_changed_meanwhile_does_nothing(browser, cast, draft):  # noqa: F811
    stale = TemplateVersion.objects.get(pk=draft.pk)
    edit_part(draft, "task", "1.1.a", {"hours": 20}, by=cast.director, revision=1)
    before = content_of(draft)
    press(browser, "publish_version", stale)
    press(browser, "move_task", stale, "1.1.b", to="up")
    press(browser, "remove_part", stale, "task", "1.1.b")
    draft.refresh_from_db()
    assert (draft.state, content_of(draft)) == ("draft", before)


@pytest.mark.parametrize("sent", [{}, {"version": "x", "revision": 1}, {"version": 9, "revision": 1}, {"version": 10**9, "revision": 1}])
def test_a_press_about_no_version_is_not_found(browser, draft, sent):  # noqa: F811
    for name, arguments in (("publish_version", ()), ("start_draft", ()), ("remove_part", ("task", "1.1.a"))):
        assert browser.post(url(name, draft.template_id, *arguments), sent).status_code == 404
    assert press(browser, "remove_part", draft, "phase", "PH1").status_code == 404


def test_a_task_is_added_moved_and_removed(browser, cast, draft):  # noqa: F811
    key = add_task(draft, "2.2", NAME, by=cast.director, revision=1)
    assert key == "2.2.e"
    task = part_of(draft, "task", key)
    assert (task.name, task.phase, task.module, task.weights, task.counts_for_exit) == (NAME, "PH2", "2.2", (60, 20, 20), False)

    def order(module: str) -> list[str]:
        return [task.key for task in content_of(draft).tasks if task.module == module]

    assert order("2.2") == ["2.2.a", "2.2.b", "2.2.c", "2.2.d", "2.2.e"]
    draft.refresh_from_db()
    press(browser, "move_task", draft, "2.2.e", to="up")
    assert order("2.2") == ["2.2.a", "2.2.b", "2.2.c", "2.2.e", "2.2.d"]
    draft.refresh_from_db()
    press(browser, "move_task", draft, "2.2.a", to="up")
    assert order("2.2")[0] == "2.2.a"
    draft.refresh_from_db()
    press(browser, "move_task", draft, "2.2.e", to="1.4")
    assert order("1.4") == ["1.4.a", "1.4.b", "1.4.c", "2.2.e"]
    assert part_of(draft, "task", "2.2.e").phase == "PH1"
    draft.refresh_from_db()
    press(browser, "remove_part", draft, "task", "2.2.e", element="module:1.4")
    assert order("1.4") == ["1.4.a", "1.4.b", "1.4.c"]
    # Nobody gets a number that someone else had.
    draft.refresh_from_db()
    following = publish_version(draft, by=cast.director)
    following = start_draft(following, by=cast.director)
    remove_part(following, "task", "2.2.d", by=cast.director, revision=1)
    assert add_task(following, "2.2", NAME, by=cast.director, revision=2) == "2.2.e"


def test_removing_a_task_says_what_hangs_on_it(browser, cast, draft):  # noqa: F811
    address = url("template", draft.template_id)
    hangs = browser.get(f"{address}?element=remove-task:2.3.d").context["editor"].hangs
    assert {name: [one.key for one in parts] for name, parts in hangs.items()} == {"along": ["D8"], "waiting": [], "beginning": ["2.4.c"]}
    with pytest.raises(ValidationError) as refusal:
        remove_part(draft, "task", "2.3.d", by=cast.director, revision=1)
    assert refusal.value.code == "others_begin_here"

    hangs = browser.get(f"{address}?element=remove-task:1.4.b").context["editor"].hangs
    assert [one.key for one in hangs["waiting"]] == ["1.4.c"]
    remove_part(draft, "task", "1.4.b", by=cast.director, revision=1)
    assert part_of(draft, "task", "1.4.c").requires == []
    remove_part(draft, "task", "1.4.b", by=cast.director, revision=2)  # gone already


def test_a_task_takes_its_deliverables_and_checks_along(cast, draft):  # noqa: F811
    assert part_of(draft, "deliverable", "D1") is not None
    remove_part(draft, "task", "1.1.a", by=cast.director, revision=1)
    assert part_of(draft, "deliverable", "D1") is None


def test_deliverables_and_checks_are_added_with_the_next_number(browser, cast, draft):  # noqa: F811
    assert add_deliverable(draft, "1.1.a", NAME, by=cast.director, revision=1) == "D21"
    assert add_check(draft, "1.1.a", NAME, by=cast.director, revision=2) == "C4"
    assert [step["roles"] for step in part_of(draft, "deliverable", "D21").route] == [["mentor"]]
    draft.refresh_from_db()
    press(browser, "remove_part", draft, "deliverable", "D21", element="task:1.1.a")
    draft.refresh_from_db()
    press(browser, "remove_part", draft, "check", "C4")
    assert (part_of(draft, "deliverable", "D21"), part_of(draft, "check", "C4")) == (None, None)


@pytest.mark.parametrize(("name", "code"), [({}, "name_missing"), ({"en": " "}, "name_missing"), ({"zh-hans": "长" * 201}, "too_long")])
def test_a_new_part_needs_a_fitting_name(cast, draft, name, code):  # noqa: F811
    for add, parent in ((add_task, "1.1"), (add_deliverable, "1.1.a"), (add_check, "1.1.a")):
        with pytest.raises(ValidationError) as refusal:
            add(draft, parent, name, by=cast.director, revision=1)
        assert [error.code for error in refusal.value.error_dict["name"]] == [code]


def test_nothing_is_added_to_what_is_not_there(cast, draft):  # noqa: F811
    for add, parent in ((add_task, "9.9"), (add_deliverable, "9.9.a"), (add_check, "9.9.a")):
        with pytest.raises(ValidationError) as refusal:
            add(draft, parent, NAME, by=cast.director, revision=1)
        assert refusal.value.code == "part_gone"


ROLES = {"director": True} | dict.fromkeys(
    ["admin", "manager", "mentor", "line_manager", "hrbp", "trainee", "peer", "reviewer", "sponsor", "business_head", "training_manager"],
    False,
)


def test_who_may_design(cast):  # noqa: F811
    assert {part: may_design(getattr(cast, part)) for part in ROLES} == ROLES


@pytest.fixture
def run_version(cast, published):  # noqa: F811
    """A published version with a cohort of the manager on it, a deputy beside them, and a next draft."""
    cohort = make_cohort(cast, version=published)
    CohortDeputy.objects.create(cohort=cohort, member=cast.training_manager)
    start_draft(published, by=cast.director)
    return published


READERS = {"director": (200, 200), "manager": (200, 404), "training_manager": (200, 404)}


def test_who_runs_a_cohort_reads_its_version_and_no_other(cast, run_version, client):  # noqa: F811
    page = f"/o/hengyue/templates/{run_version.template_id}/"
    for part in ROLES:
        cast.sign_in(client, cast.people[part])
        for path in ("", "tasks/1.1.a/preview/"):
            seen = tuple(client.get(f"{page}{path}?version={number}").status_code for number in (1, 2))
            assert seen == READERS.get(part, (403, 403)), (part, path)
        assert client.get("/o/hengyue/templates/").status_code == (200 if part == "director" else 403)


def test_a_reader_reads_and_changes_nothing(cast, run_version, client):  # noqa: F811
    page = f"/o/hengyue/templates/{run_version.template_id}/"
    answer = cast.sign_in(client, cast.manager).get(page, {"element": "task:1.1.a"})
    assert (answer.context["builder"].version, answer.context["builder"].draft) == (run_version, None)
    html = answer.content.decode()
    assert "/draft/" not in html
    assert 'name="save"' not in html
    assert "/publish/" not in html
    for path, sent in {
        "?element=task:1.1.a": {"name_zh": "x"},
        "publish/": {"version": 2, "revision": 1},
        "draft/": {"version": 1, "revision": 1},
        "tasks/1.1.a/move/": {"version": 2, "revision": 1, "to": "up"},
        "task/1.1.a/remove/": {"version": 2, "revision": 1},
        "name/": {"name_zh": "x"},
    }.items():
        assert client.post(f"{page}{path}", sent).status_code == 403, path


def test_a_task_is_shown_as_its_trainees_will_see_it(cast, draft, client):  # noqa: F811
    page = f"/o/hengyue/templates/{draft.template_id}/tasks/"
    cast.director.user.language = "en"
    cast.director.user.save()
    cast.sign_in(client, cast.director)
    with query_count() as seen:
        html = client.get(f"{page}1.1.b/preview/").content.decode()
    assert len(seen) <= 10
    for words in (
        "This is how a trainee sees the task",
        "Business interview notes",
        "<fieldset",
        "disabled",
        "To approve: HRBP",
        "The four levels",
    ):
        assert words in html, words
    assert 'method="post"' not in html.partition("<main")[2].partition("</main")[0]
    pilot = client.get(f"{page}4.2.b/preview/").content.decode()
    assert [part in pilot for part in ("brief and result · Brief", "brief and result · Result")] == [True, True]
    for task in ("1.2.b", "4.1.a", "5.4.a", "3.a"):
        assert client.get(f"{page}{task}/preview/").status_code == 200, task
    for missing in ("9.9.z/preview/", "1.1.b/preview/?version=7", "1.1.b/preview/?version=x"):
        assert client.get(page + missing).status_code == 404, missing


def test_each_act_of_design_refuses_everyone_else(cast, published):  # noqa: F811
    version = start_draft(published, by=cast.director)
    before = content_of(version)
    acts = {
        "edit": lambda by: edit_part(version, "task", "1.1.a", {"hours": 1}, by=by, revision=1),
        "rename": lambda by: rename_template(version.template, NAME, by=by),
        "add a task": lambda by: add_task(version, "1.1", NAME, by=by, revision=1),
        "add a deliverable": lambda by: add_deliverable(version, "1.1.a", NAME, by=by, revision=1),
        "add a check": lambda by: add_check(version, "1.1.a", NAME, by=by, revision=1),
        "move": lambda by: move_task(version, "1.1.a", "down", by=by, revision=1),
        "remove": lambda by: remove_part(version, "task", "1.1.a", by=by, revision=1),
        "publish": lambda by: publish_version(version, by=by),
        "start a draft": lambda by: start_draft(published, by=by),
    }
    for part in (part for part, may in ROLES.items() if not may):
        for name, act in acts.items():
            with pytest.raises(PermissionDenied):
                act(getattr(cast, part))
            assert version.state == "draft", name
    version.refresh_from_db()
    assert (version.state, version.revision, content_of(version)) == ("draft", 1, before)


def test_every_screen_of_design_tells_others_who_can_help(client, cast, draft):  # noqa: F811
    pages = [url("templates"), url("template", draft.template_id), url("template", 10**9)]
    presses = [url("copy_template"), url("publish_version", draft.template_id), url("start_draft", draft.template_id),
               url("rename_template", draft.template_id), url("move_task", draft.template_id, "1.1.a"),
               url("remove_part", draft.template_id, "task", "1.1.a")]  # fmt: skip
    for part in ("admin", "manager", "trainee"):
        cast.sign_in(client, getattr(cast, part))
        for address in pages:
            answer = client.get(address)
            assert answer.status_code == 403, (part, address)
            assert cast.director.name in answer.content.decode()
        for address in presses:
            assert client.post(address, {"version": 1, "revision": 1, "name_zh": "x"}).status_code == 403, (part, address)


def test_another_organizations_template_is_not_found(client, cast, draft):  # noqa: F811
    with tenant(cast.rival.pk):
        cast.sign_in(client, cast.outsider)
    for address in (f"/o/rival/templates/{draft.template_id}/", f"/o/hengyue/templates/{draft.template_id}/", "/o/hengyue/templates/"):
        assert client.get(address).status_code == 404
    for press_ in ("publish/", "draft/", "name/", "tasks/1.1.a/move/", "task/1.1.a/remove/"):
        answer = client.post(f"/o/rival/templates/{draft.template_id}/{press_}", {"version": 1, "revision": 1, "to": "up", "name_zh": "x"})
        assert answer.status_code == 404, press_
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("draft", 1)
