"""The search finds what a person may come across, and lets nobody find anything else."""

import re

import pytest

from organizations.localized import text
from organizations.models import Member
from organizations.rules.sort_names import sort_name
from organizations.tenancy import tenant
from programs.actions.enroll import NewTrainee, enroll
from programs.models import ProgramTemplate, TaskDefinition, TemplateVersion
from tests.cast import make_member
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort
from tests.queries import query_count


@pytest.fixture
def cohort(cast):
    """A cohort whose texts all hold the word canary: its name, its template's name, the names of task, deliverable and check."""
    version = draft_version("金丝雀方案")
    TaskDefinition.objects.filter(version=version, key="1.1.a").update(name=text("金丝雀任务", "Canary task"))
    version.deliverable_kinds.filter(key="D6").update(name=text("《金丝雀成果》", "Canary deliverable"))
    version.checks.update(name=text("金丝雀核对", "Canary check"))
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    return make_cohort(cast, version=version, name="金丝雀班", sponsor=cast.sponsor)


@pytest.fixture
def enrollment(cast, cohort):
    for member in cast.people.values():
        Member.objects.filter(pk=member.pk).update(sort_name=sort_name(member.name))
    return enroll_cast(cast, cohort)


@pytest.fixture
def find(cast, client):
    """What a person finds by these words."""

    def find_as(member, words, **headers):
        cast.sign_in(client, member)
        return client.get(cast.url("search/"), {"q": words}, headers=headers)

    return find_as


def kinds(found) -> dict[str, list[str]]:
    """Names of what was found, by kind; kinds without a hit are left out."""
    names = {
        "people": [hit.name for hit in found.people],
        "programs": [hit.name for hit in found.programs],
        "tasks": [hit.key for hit in found.tasks],
        "cohorts": [hit.name for hit in found.cohorts],
        "templates": [hit.name for hit in found.templates],
    }
    return {kind: hits for kind, hits in names.items() if hits}


TASKS = ["1.4.a", "1.1.a", "2.1.d"]


def test_everyone_finds_only_what_they_may_read(cast, enrollment, find):
    answers = {part: find(member, "金丝雀") for part, member in cast.people.items()}

    assert {part: kinds(answer.context["found"]) for part, answer in answers.items()} == {part: {} for part in cast.people} | {
        "director": {"tasks": TASKS, "cohorts": ["金丝雀班"], "templates": ["金丝雀方案"]},
        "manager": {"tasks": TASKS, "cohorts": ["金丝雀班"]},
        "mentor": {"tasks": TASKS},
        "line_manager": {"tasks": TASKS},
        "hrbp": {"tasks": TASKS},
        "training_manager": {"tasks": TASKS},
        "trainee": {"tasks": TASKS},
        "sponsor": {"cohorts": ["金丝雀班"]},
    }
    # Nor does the word stand anywhere else on the page of those who find nothing, save where they read what they typed.
    said = {part: re.sub(r'value="[^"]*"|<title>.*?</title>|“金丝雀”', "", answer.text) for part, answer in answers.items()}
    assert {part for part, page in said.items() if "金丝雀" in page} == {
        part for part, answer in answers.items() if kinds(answer.context["found"])
    }


def test_a_trainee_is_found_by_those_who_have_to_do_with_them(cast, enrollment, find):
    person, reader = {"people": ["林予安"]}, {"people": ["林予安"], "programs": ["林予安"]}

    assert {part: kinds(find(member, "林予安").context["found"]) for part, member in cast.people.items()} == {
        "admin": person,
        "director": reader,
        "manager": reader,
        "mentor": reader,
        "line_manager": reader,
        "hrbp": reader,
        "training_manager": reader,
        "trainee": reader,
        "business_head": person,
        "sponsor": {},
        "peer": {},
        "other_mentor": {},
        "reviewer": {},
    }


WAYS = ["林予", "lin yu", "linyu", "LIN YU AN", "yu lin", "trainee@hengyue", "hy-0007", "ＨＹ－０００７", "  林予安  ", "林　予安"]


def test_people_are_found_by_name_pinyin_number_and_mail(cast, enrollment, find):
    Member.objects.filter(pk=cast.trainee.pk).update(employee_number="HY-0007")

    assert {words: [hit.name for hit in find(cast.admin, words).context["found"].people] for words in WAYS} == {
        words: ["林予安"] for words in WAYS
    }


def test_a_trainee_finds_those_who_support_them_and_no_other_trainee(cast, cohort, enrollment, find):
    enroll(cohort, [NewTrainee(cast.peer.pk, {"mentor": [cast.other_mentor.pk]})], by=cast.manager, today=START)

    seen = {
        name for part in cast.people for name in [hit.name for hit in find(cast.trainee, cast.people[part].name).context["found"].people]
    }

    assert seen == {"林予安", "周敏", "赵晓峰", "吴越", "马骏", "罗琳", "何芳"}


def test_who_left_is_not_found(cast, enrollment, find):
    Member.objects.filter(pk=cast.peer.pk).update(ended_at=cast.peer.joined_at)

    assert kinds(find(cast.director, "许博文").context["found"]) == {}


def test_tasks_are_found_by_number_and_in_either_language(cast, enrollment, find):
    keys = {"1.1": ["1.1.a"], "D6": ["2.1.d"], "d6": ["2.1.d"], "Ｄ６": ["2.1.d"], "C3": ["1.4.a"], "canary TASK": ["1.1.a"]}

    assert {words: [hit.key for hit in find(cast.trainee, words).context["found"].tasks] for words in keys} == keys


def test_how_texts_are_kept_is_not_found(cast, enrollment, find):
    """They are kept as {"en": …, "zh-hans": …}."""
    for words in ["en", "zh-hans", "hans", '"', "{", "}", ",", ":", "\\u", "zh"]:
        found = find(cast.director, words).context["found"]
        assert (words, found.tasks, found.templates) == (words, (), ())


def test_a_text_with_quotation_marks_is_found_by_them(cast, find):
    ProgramTemplate.objects.create(name=text('带"引号"的', "x"))

    assert kinds(find(cast.director, '"引号"').context["found"]) == {"templates": ['带"引号"的']}


def test_nothing_of_another_tenant_is_found(cast, enrollment, find):
    with tenant(cast.rival.pk):
        make_member("金丝雀对手", "canary@rival.example")
        ProgramTemplate.objects.create(name=text("金丝雀对手方案", "Canary rival"))

    assert "对手" not in find(cast.director, "金丝雀").text
    assert find(cast.outsider, "金丝雀").status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "\x00", "a\x00b", "%", "_", "%%%%", "\\", "'; DROP TABLE programs_taskwork; --", "<script>alert(1)</script>", "𝕏" * 500,
        "a " * 5000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "ﷺ" * 100, "\u202e\u0000\t\n",
    ],
)  # fmt: skip
def test_hostile_words_break_nothing(cast, enrollment, find, words):
    answer = find(cast.director, words)

    assert (answer.status_code, answer.context["found"].tasks, "<script>alert" in answer.text) == (200, (), False)


def test_at_most_eight_of_a_kind_are_shown(cast, cohort, find):
    people = [make_member(f"王海{n}", f"w{n}@hengyue.example") for n in range(10)]
    enroll(cohort, [NewTrainee(person.pk, {"mentor": [cast.mentor.pk]}) for person in people], by=cast.manager, today=START)

    found = find(cast.director, "王海").context["found"]

    assert (len(found.people), len(found.programs)) == (8, 8)


@pytest.mark.parametrize(
    ("part", "words", "nearest"),
    [("director", "林予宣", "林予安"), ("director", "lin yuan a", "林予安"), ("peer", "林予宣", ""), ("director", "qqqqqq", "")],
)
def test_where_nothing_is_found_the_nearest_name_is_offered_to_who_may_read_it(cast, enrollment, find, part, words, nearest):
    answer = find(getattr(cast, part), words)

    assert (answer.context["found"].count, answer.context["found"].nearest) == (0, nearest)
    assert ("林予安" in answer.text) == bool(nearest)


def test_while_one_types_only_the_list_is_sent(cast, enrollment, find):
    answer = find(cast.director, "林予安", **{"HX-Request": "true"})

    assert ("<html" in answer.text, answer.text.count('id="found"'), "HX-Request" in answer["Vary"]) == (False, 1, True)


def test_without_words_the_page_says_what_one_can_type(cast, find):
    with query_count() as asked:
        answer = find(cast.mentor, "   ")

    assert (answer.status_code, kinds(answer.context["found"])) == (200, {})
    assert not [sql for sql in asked if "programs_taskwork" in sql and "EXISTS" not in sql]


@pytest.mark.parametrize("count", [1, 30])
def test_the_search_asks_as_much_for_one_as_for_thirty(cast, cohort, client, count):
    people = [make_member(f"金丝雀{n}", f"c{n}@hengyue.example") for n in range(count)]
    enroll(cohort, [NewTrainee(person.pk, {"mentor": [cast.mentor.pk]}) for person in people], by=cast.manager, today=START)
    asked = {}
    for part, words in [("director", "金丝雀"), ("mentor", "金丝雀"), ("director", "qqqqqq")]:
        cast.sign_in(client, getattr(cast, part))
        with query_count() as statements:
            assert client.get(cast.url("search/"), {"q": words}).status_code == 200
        asked[part, words] = len(statements)

    assert asked == {("director", "金丝雀"): 13, ("mentor", "金丝雀"): 12, ("director", "qqqqqq"): 14}
