"""One trainee's year through the pages, from the first list of names to a verified certificate and an exported report."""

from datetime import date, timedelta

import pytest

from organizations.vocabulary import OrganizationRole
from tests.cast import make_member
from tests.factories.mentorship import make_mentor
from tests.journeys import act_four, act_one, act_three, act_two, rest
from tests.journeys.year import Year

BEGINS = date(2027, 3, 1)
VALID, REVOKED, EXPIRED = (
    ("这份文档有效", "This document is valid"),
    ("这份文档已被撤销", "This document has been revoked"),
    ("这份文档已过有效期", "This document has expired"),
)


@pytest.fixture
def year(cast, published) -> Year:
    """The built-in program is published, the mentor nominated, two more reviewers there."""
    roles = [OrganizationRole.REVIEWER, OrganizationRole.MEMBER]
    cast.people["second_reviewer"] = make_member("秦岚", "second@hengyue.example", roles)
    cast.people["third_reviewer"] = make_member("唐宁", "third@hengyue.example", roles)
    make_mentor(cast)
    return Year(cast)


def test_a_year_from_the_first_day_to_a_verified_certificate(year, published, run_jobs):
    learn(year, published)
    practise(year)
    decided_on = be_reviewed(year)
    be_certified(year, decided_on, run_jobs)


def learn(year: Year, version) -> None:
    """The first two phases."""
    with year.on(BEGINS):
        act_one.enroll(year, act_one.open_the_cohort(year, version, BEGINS))
        pairing = act_one.pair(year)
        act_one.agree(year, pairing)
    with year.on(BEGINS + timedelta(days=3)):
        act_one.meet(year)
    with year.on(BEGINS + timedelta(days=20)):
        act_one.end_the_first_phase(year)
    with year.on(BEGINS + timedelta(days=90)):
        rest.finish(year.cast, year.enrollment, "PH2", year.today)
        assert (year.phases()["PH2"], year.phases()["PH3"]) == ("complete", "open")


def practise(year: Year) -> None:
    """A project, a session, the first quarter of the fourth phase."""
    with year.on(BEGINS + timedelta(days=90)):
        project = act_two.choose_a_project(year)
    for number, key in enumerate(("G1", "G2", "G3", "G4"), start=1):
        with year.on(BEGINS + timedelta(days=90 + 20 * number)):
            act_two.pass_the_gate(year, project, number, key)
    with year.on(BEGINS + timedelta(days=180)):
        act_two.close_the_project(year, project)
    with year.on(BEGINS + timedelta(days=200)):
        act_two.hold_a_session(year)


def be_reviewed(year: Year) -> date:
    """A cycle from its opening to the answer to an appeal; answers the day of that."""
    opens = BEGINS + timedelta(days=300)
    with year.on(opens):
        act_two.answer_a_checkpoint(year)
        review = act_three.open_the_cycle(year)
        act_three.have_a_figure_confirmed(year, review)
        act_three.look_back(year)
        act_three.gather_feedback(year, review)
    with year.on(opens + timedelta(days=29)):
        act_three.close_and_release(year, review)
        act_three.hand_to_the_panel(year, review)
        act_three.vote_apart(year, review)
        act_three.decide(year, review)
    with year.on(opens + timedelta(days=36)):
        act_three.appeal(year, review)
    return opens + timedelta(days=36)


def be_certified(year: Year, decided_on: date, run_jobs) -> None:
    """Valid, named by its holder's wish, revoked, valid again by a new one, and run out after its years."""
    with year.on(decided_on + timedelta(days=2)):
        first = act_four.issue(year, run_jobs)
        act_four.download(year, first)
        act_four.verify(year, first, *VALID)
        act_four.show_the_name(year, first)
        act_four.verify(year, first, *VALID, holder="林予安")
        act_four.export(year, first, run_jobs)
    with year.on(decided_on + timedelta(days=30)):
        act_four.revoke(year, first, "姓名写错，换发新证")
        act_four.verify(year, first, *REVOKED, holder="林予安")
        second = act_four.issue_anew(year, run_jobs)
        act_four.verify(year, second, *VALID)
    with year.on(act_four.day_after(second)):
        act_four.verify(year, second, *EXPIRED)
        act_four.verify(year, first, *REVOKED, holder="林予安")
