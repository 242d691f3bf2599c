"""Reviews and certificates in the API: what is told to whom, and what is told to nobody."""

import pytest

from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.models import CertificationReview, Decision, ReviewCycle
from tests.api_client import program_of
from tests.assessments.world import REASONS, TODAY, decided_world, voted_world
from tests.factories.decisions import make_decision
from tests.factories.programs import enroll_cast

FIELDS = {"id", "cycle", "enrollment", "trainee", "level", "state", "decision"}
PANEL = ("reviewer", "second_reviewer", "third_reviewer")
PARTS = ("trainee", "mentor", "line_manager", "manager", "director", *PANEL, "business_head", "peer")


@pytest.fixture
def certificate(cast):
    return issue_certificate(make_decision(cast, enroll_cast(cast)), by=cast.director, today=TODAY)


def test_no_decision_is_told_before_it_is_made_and_no_vote_ever(cast):
    world = voted_world(cast)
    answer = program_of(cast.director).get(f"reviews/{world.review.pk}/")
    assert (answer.json().keys(), answer.json()["state"], answer.json()["decision"]) == (FIELDS, "voted", None)
    assert not [words for words in REASONS.values() if words in answer.content.decode()]


def test_the_decision_is_told_to_whom_its_page_is_open(cast, client):
    world = decided_world(cast)
    told, read = {}, {}
    for part in PARTS:
        person = getattr(cast, part)
        answer = program_of(person).get(f"reviews/{world.review.pk}/")
        told[part] = answer.status_code == 200 and answer.json()["decision"] is not None
        read[part] = cast.sign_in(client, person).get(world.url("decision/")).status_code == 200
    assert told == read
    assert (told["line_manager"], told["business_head"], told["peer"]) == (True, False, False)
    # A business head has a part in the review, and still learns of no decision in any list.
    found = program_of(cast.business_head).get("reviews/", {"state": "decided"}).json()["results"]
    assert [(one["id"], one["decision"]) for one in found] == [(world.review.pk, None)]


def test_after_an_appeal_the_decision_that_stands_is_told(cast):
    world = decided_world(cast)
    first = Decision.objects.get()
    granted = Decision.objects.create(
        review=first.review, enrollment=first.enrollment, outcome="progress", reasons="复核", by=cast.director, after_appeal=True,
        file_hash=first.file_hash,
    )  # fmt: skip
    told = program_of(cast.trainee).get(f"reviews/{world.review.pk}/").json()["decision"]
    assert (told["id"], told["outcome"], told["after_appeal"]) == (granted.pk, "progress", True)
    assert told.keys() == {"id", "outcome", "level", "after_appeal", "at"}


def test_a_cycle_is_listed_for_who_runs_it(cast, certificate):
    cycle = ReviewCycle.objects.get()
    for part, known in (("manager", [cycle.pk]), ("trainee", []), ("admin", [])):
        listed = program_of(getattr(cast, part)).get("review-cycles/", {"cohort": cycle.cohort_id}).json()["results"]
        assert [one["id"] for one in listed] == known, part
    assert program_of(cast.manager).get(f"review-cycles/{cycle.pk}/").json()["state"] == "finished"


def test_a_certificate_tells_whether_it_holds(cast, certificate):
    holder = program_of(cast.trainee)
    shown = holder.get(f"certificates/{certificate.pk}/").json()
    assert (shown["number"], shown["state"], shown["holder"]["name"]) == (certificate.number, "valid", cast.trainee.name)
    assert shown["expires_on"] == certificate.expires_on.isoformat()
    revoke_certificate(certificate, reason="成绩单有误", by=cast.director, today=TODAY)
    listed = holder.get("certificates/", {"number": certificate.number}).json()["results"]
    assert [(one["id"], one["state"]) for one in listed] == [(certificate.pk, "revoked")]
    assert program_of(cast.mentor).get("certificates/").json()["results"] == []


def test_each_scope_opens_its_own_resource_alone(cast, certificate):
    review = CertificationReview.objects.get()
    program = program_of(cast.director, ["reviews:read"])
    assert program.get(f"reviews/{review.pk}/").status_code == 200
    assert program.get("certificates/").status_code == 403
    assert program.post(f"reviews/{review.pk}/", {"state": "decided"}).status_code in (403, 405)
