"""The list of people, one person, and changing them."""

import pytest
from django.core.exceptions import ValidationError

from organizations.actions import person
from organizations.models import AuditEvent, AuditPayload, Invitation, Member
from organizations.tenancy import tenant
from tests.cast import make_member
from tests.queries import query_count

LONG = "长" * 5000
FACTS = {"name": "罗小梅", "employee_number": "A-1007", "email": "", "phone": "", "department": "", "title": "", "line_manager": ""}


@pytest.fixture
def admin(client, cast):
    return cast.sign_in(client, cast.admin)


def names(answer) -> list[str]:
    return [row.member.name for row in answer.context["people"].rows]


def test_the_list_is_in_the_order_of_pinyin(admin, cast):
    person.add(by=cast.admin, **FACTS | {"line_manager": None})
    person.add(by=cast.admin, **FACTS | {"name": "Anna Berg", "employee_number": "A-1", "line_manager": None})
    found = names(admin.get(cast.url("people/?q=A-1")))
    assert found == ["Anna Berg", "罗小梅"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "周敏"}, ["周敏"]),
        ({"q": "LINE_manager@"}, ["赵晓峰"]),
        ({"q": "nobody of this name"}, []),
        ({"q": "100%"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"role": "reviewer"}, ["钱立"]),
        ({"role": "admin"}, ["陈一鸣"]),
        ({"state": "ended"}, ["Gone"]),
        ({"state": "invited"}, ["Invited"]),
        ({"state": "waiting"}, ["Waiting"]),
        ({"role": "admin", "state": "ended"}, []),
    ],
)
def test_the_list_is_searched_and_filtered(admin, cast, query, expected):
    Member.objects.create(name="Gone", sort_name="gone", roles=["member"], ended_at=cast.mentor.joined_at)
    Member.objects.create(name="Waiting", sort_name="waiting", roles=["member"])
    invited = Member.objects.create(name="Invited", sort_name="invited", email="i@x.example", roles=["member"])
    admin.post(cast.url(f"people/{invited.pk}/invite/"))
    assert names(admin.get(cast.url("people/"), query)) == expected


def test_a_living_code_counts_as_an_invitation(admin, cast):
    added = person.add(by=cast.admin, **FACTS | {"line_manager": None})
    assert names(admin.get(cast.url("people/?state=waiting"))) == ["罗小梅"]
    admin.post(cast.url(f"people/{added.pk}/code/"))
    assert names(admin.get(cast.url("people/?state=invited"))) == ["罗小梅"]
    assert admin.get(cast.url(f"people/{added.pk}/")).context["person"].state == "invited"


def test_pinyin_finds_a_chinese_name(admin, cast):
    person.add(by=cast.admin, **FACTS | {"line_manager": None})
    assert names(admin.get(cast.url("people/"), {"q": "Luo Xiao"})) == ["罗小梅"]


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 5000, "q=%00", "role=king", "state=asleep", "page=99999999999999999999", "page=-1", "page=x"]
)
def test_filters_that_make_no_sense_are_left_out(admin, cast, query):
    assert len(names(admin.get(cast.url(f"people/?{query}")))) == 13


def test_fifty_stand_on_a_page(admin, cast):
    Member.objects.bulk_create([Member(name=f"P{n}", sort_name=f"p{n:03}", roles=["member"]) for n in range(60)])
    assert len(names(admin.get(cast.url("people/")))) == 50
    assert len(names(admin.get(cast.url("people/?page=2")))) == 23


def test_the_list_costs_the_same_for_one_person_and_for_three(admin, cast):
    admin.get(cast.url("people/"))

    def cost(query):
        with query_count() as seen:
            answer = admin.get(cast.url("people/"), {"q": query})
        return len(names(answer)), len(seen)

    for n in range(3):
        Member.objects.create(name=f"Three {n}", sort_name=f"three {n}", roles=["member"])
    assert cost("周敏") == (1, 9)
    assert cost("Three") == (3, 9)


def test_a_person_page_costs_the_same_whoever_it_is(admin, cast):
    admin.get(cast.url("people/"))
    with query_count() as seen:
        admin.get(cast.url(f"people/{cast.mentor.pk}/"))
    assert len(seen) == 10


@pytest.mark.parametrize(
    ("part", "status"), [("admin", 200), ("director", 200), ("mentor", 403), ("trainee", 403), ("manager", 403), ("reviewer", 403)]
)
def test_admin_and_hr_director_look_people_up(client, cast, part, status):
    cast.sign_in(client, getattr(cast, part))
    answers = [client.get(cast.url("people/")), client.get(cast.url(f"people/{cast.mentor.pk}/"))]
    assert [answer.status_code for answer in answers] == [status, status]
    if status == 403:
        assert "陈一鸣" in answers[0].content.decode()


def test_an_hr_director_looks_and_changes_nothing(client, cast):
    page = cast.sign_in(client, cast.director).get(cast.url(f"people/{cast.mentor.pk}/"))
    assert (page.context["may_manage"], page.context["may_invite"]) == (False, False)
    assert b'<form method="post" action="/o/hengyue/people/' not in page.content


@pytest.mark.parametrize("path", ["people/{pk}/", "people/{pk}/edit/"])
def test_a_foreign_and_a_missing_person_are_the_same_404(admin, cast, path):
    for pk in (cast.outsider.pk, 10**9, 10**30):
        assert admin.get(cast.url(path.format(pk=pk))).status_code == 404


def test_a_person_is_added_with_a_name_and_a_number_alone(admin, cast):
    answer = admin.post(cast.url("people/new/"), FACTS)
    added = Member.objects.get(employee_number="A-1007")
    assert answer.headers["Location"] == cast.url(f"people/{added.pk}/")
    assert (added.name, added.sort_name, added.roles, added.user) == ("罗小梅", "luo xiao mei", ["member"], None)
    event = AuditEvent.objects.get()
    assert (event.action, event.subject_id, event.actor) == ("person_added", added.pk, cast.admin)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "   "}, {"name"}),
        ({"name": LONG}, {"name"}),
        ({"name": "x\0"}, {"name"}),
        ({"email": "no address"}, {"email"}),
        ({"email": "a@x.example\nBcc: b@x.example"}, {"email"}),
        ({"email": "MENTOR@hengyue.example"}, {"__all__"}),
        ({"employee_number": LONG}, {"employee_number"}),
        ({"phone": LONG, "department": LONG, "title": LONG}, {"phone", "department", "title"}),
        ({"line_manager": "nobody of this name"}, {"line_manager"}),
        ({"line_manager": "outsider@rival.example"}, {"line_manager"}),
        ({"line_manager": LONG}, {"line_manager"}),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(admin, cast, typed, wrong):
    answer = admin.post(cast.url("people/new/"), FACTS | typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert 'value="A-1007"' in answer.content.decode() or "employee_number" in typed
    assert Member.objects.count() == 13


def test_a_number_that_is_taken_is_said(admin, cast):
    admin.post(cast.url("people/new/"), FACTS)
    answer = admin.post(cast.url("people/new/"), FACTS | {"name": "Another"})
    assert answer.status_code == 422
    assert Member.objects.filter(employee_number="A-1007").count() == 1


def test_two_who_add_the_same_number_at_once_get_one_winner(cast):
    person.add(by=cast.admin, **FACTS | {"line_manager": None})
    with pytest.raises(ValidationError) as refusal:
        person.add(by=cast.admin, **FACTS | {"line_manager": None})
    assert refusal.value.code == "person_exists"


def test_the_same_number_in_two_organizations_is_no_clash(cast):
    person.add(by=cast.admin, **FACTS | {"line_manager": None})
    with tenant(cast.rival.pk):
        person.add(by=cast.outsider, **FACTS | {"line_manager": None})


def test_hostile_text_is_text(admin, cast):
    admin.post(cast.url("people/new/"), FACTS | {"name": "<script>alert(1)</script>", "title": "{{ settings }}{% now 'Y' %}"})
    page = admin.get(cast.url("people/")).content.decode()
    assert "<script>alert" not in page
    assert "{{ settings }}" in page


def edit(admin, cast, who, **typed):
    url = cast.url(f"people/{who.pk}/edit/")
    form = admin.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return admin.post(url, shown | typed)


def test_details_are_changed_and_the_trail_shows_before_and_after(admin, cast):
    answer = edit(admin, cast, cast.mentor, title="区域经理", line_manager="马骏")
    assert answer.headers["Location"] == cast.url(f"people/{cast.mentor.pk}/")
    cast.mentor.refresh_from_db()
    assert (cast.mentor.title, cast.mentor.line_manager) == ("区域经理", cast.business_head)
    payload = AuditPayload.objects.get()
    assert (payload.before, payload.after) == ({"title": "", "line_manager": ""}, {"title": "区域经理", "line_manager": "马骏"})


def test_saving_what_stands_leaves_no_trace(admin, cast):
    edit(admin, cast, cast.mentor)
    assert not AuditEvent.objects.exists()


def test_two_people_of_one_name_are_told_apart_by_their_email(admin, cast):
    twin = make_member("马骏", "twin@hengyue.example")
    unclear = edit(admin, cast, cast.mentor, line_manager="马骏")
    assert {error.code for error in unclear.context["form"].errors.as_data()["line_manager"]} == {"several"}
    edit(admin, cast, cast.mentor, line_manager="twin@hengyue.example")
    cast.mentor.refresh_from_db()
    assert cast.mentor.line_manager == twin


def test_nobody_reports_to_themselves_or_in_a_circle(admin, cast):
    edit(admin, cast, cast.mentor, line_manager="马骏")
    for who, manager in ((cast.business_head, "周敏"), (cast.business_head, "马骏")):
        answer = edit(admin, cast, who, line_manager=manager)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) <= {"line_manager", "__all__"}
    cast.business_head.refresh_from_db()
    assert cast.business_head.line_manager is None


def test_a_stale_form_shows_what_stands_and_loses_nothing(admin, cast):
    url = cast.url(f"people/{cast.mentor.pk}/edit/")
    form = admin.get(url).context["form"]
    mine = {name: form[name].value() or "" for name in form.fields} | {"title": "我的头衔"}
    edit(admin, cast, cast.mentor, title="别人的头衔")

    stale = admin.post(url, mine)
    assert (stale.status_code, set(stale.context["form"].errors)) == (422, {"title"})
    page = stale.content.decode()
    assert "别人的头衔" in page
    assert 'value="我的头衔"' in page
    cast.mentor.refresh_from_db()
    assert cast.mentor.title == "别人的头衔"

    again = admin.post(url, mine | {"seen": stale.context["form"].mark})
    assert again.status_code == 302
    cast.mentor.refresh_from_db()
    assert cast.mentor.title == "我的头衔"


def test_the_other_organization_sees_and_changes_nothing(client, cast):
    cast.sign_in(client, cast.outsider)
    for path in ("people/", f"people/{cast.mentor.pk}/", "people/new/"):
        assert client.get(cast.url(path)).status_code == 404
    assert client.post(f"/o/rival/people/{cast.mentor.pk}/edit/", FACTS).status_code == 404
    assert client.post(f"/o/rival/people/{cast.mentor.pk}/end/").status_code == 404
    cast.mentor.refresh_from_db()
    assert cast.mentor.is_active
    assert not Invitation.objects.exists()
