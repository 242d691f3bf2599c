"""On a Chinese page stands no English, but for codes and abbreviations that Chinese has taken over."""

import re

import pytest

from organizations.models import DelegatedAuthority, Invitation, Member
from organizations.rules.sort_names import sort_name
from programs.actions.enroll import NewTrainee, enroll
from programs.actions.submit_work import submit
from tests.cast import make_member
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort

# Keys of tasks and deliverables, abbreviations, e-mails, and the way to the other language.
ALLOWED = re.compile(r"\b(IDP|HRBP|LMS|ABCD|English|[DCG]\d+|\d(\.\d)?\.[a-z])\b|[\w.+-]+@[\w.-]+")
SAID_TO_EAR_OR_EYE = re.compile(r'(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"')
PARTS = ["admin", "director", "manager", "mentor", "line_manager", "hrbp", "sponsor", "business_head", "peer", "reviewer", "all"]
PAGES = [
    "",
    "my/trainees/",
    "my/trainees/?when=ended",
    "search/",
    "search/?q=%E6%9E%97",
    "search/?q=1.1",
    "search/?q=%E6%9E%97%E4%BA%88%E5%AE%A3",
]


@pytest.fixture
def company(cast):
    """Something on every part of every desk."""
    enrollment = enroll_cast(cast, make_cohort(cast, sponsor=cast.sponsor, state="running"))
    submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=START)
    one = make_member("全能", "all@hengyue.example", ["admin", "hr_director", "member"])
    enroll(
        enrollment.cohort,
        [NewTrainee(one.pk, {"mentor": [cast.mentor.pk], "line_manager": [cast.line_manager.pk]})],
        by=cast.manager,
        today=START,
    )
    invited = Member.objects.create(name="新人", email="new@hengyue.example", roles=["member"])
    Invitation.objects.create(member=invited, email=invited.email, language="zh-hans", nonce="n", expires_at=enrollment.enrolled_at)
    for member in Member.objects.all():
        Member.objects.filter(pk=member.pk).update(sort_name=sort_name(member.name))
    cast.people["all"] = one
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=one, from_on=START, until_on=START.replace(year=START.year + 9))
    return cast


def english(page: str) -> list[str]:
    """Runs of Latin letters that a reader sees or hears."""
    heard = SAID_TO_EAR_OR_EYE.findall(page)
    seen = re.sub(
        r"<(script|style|template|kbd)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", page.split("<body", 1)[1].split(">", 1)[1], flags=re.DOTALL
    )
    return re.findall(r"[A-Za-z]{2,}", ALLOWED.sub(" ", " ".join([seen, *heard])))


@pytest.mark.parametrize("part", PARTS)
def test_a_chinese_page_is_chinese(company, client, part):
    company.sign_in(client, getattr(company, part))

    assert {path: english(client.get(company.url(path)).text) for path in PAGES} == {path: [] for path in PAGES}


def test_an_english_page_is_english(company, client):
    user = company.all.user
    user.language = "en"
    user.save()
    company.sign_in(client, company.all)

    page = client.get(company.url()).text

    assert ('<html lang="en"' in page, "Waiting for you" in page, "等你" in page) == (True, True, False)
    assert {"Waiting", "People", "Late"} <= set(english(page))  # so the test above would have seen them
