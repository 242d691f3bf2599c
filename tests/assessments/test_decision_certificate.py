"""The page of a decision leads to the certificate issued on it."""

from assessments.actions.issue_certificate import issue_certificate
from assessments.models import Decision
from tests.assessments.test_decision import certifiable, make
from tests.assessments.world import TODAY, decided_world, voted_world


def test_the_page_leads_to_the_certificate(cast, client):
    world = certifiable(voted_world(cast))
    make(world, "certified", level="junior")
    mine, everybodys = cast.url("my/certificates/"), f"{cast.url('certificates/')}#waiting"

    def links(person) -> tuple[bool, bool]:
        page = cast.sign_in(client, person).get(world.url("decision/")).text
        return mine in page, everybodys in page

    assert [links(one) for one in (cast.trainee, cast.director, cast.mentor)] == [(True, False), (False, True), (False, False)]
    assert "你会收到通知" in cast.sign_in(client, cast.trainee).get(world.url("decision/")).text
    issue_certificate(Decision.objects.get(), by=cast.director, today=TODAY)
    assert [links(one) for one in (cast.trainee, cast.director)] == [(True, False), (False, False)]
    assert "你会收到通知" not in cast.sign_in(client, cast.trainee).get(world.url("decision/")).text


def test_a_decision_that_gives_no_level_leads_to_no_certificate(cast, client):
    world = decided_world(cast)
    for person in (cast.trainee, cast.director):
        page = cast.sign_in(client, person).get(world.url("decision/")).text
        assert "/certificates/" not in page
