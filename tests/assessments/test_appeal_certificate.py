"""What an appeal does to the certificate that stood: replaced, revoked with the reason, or left as it is, all at once."""

import pytest
from django.core.exceptions import ValidationError

from assessments.actions import hear_appeal, respond
from assessments.actions.issue_certificate import issue_certificate
from assessments.models import Certificate, CertificateRevocation, CertificationReview, Decision
from assessments.queries.certificates import waiting_decisions
from assessments.queries.decision_page import decision_page
from documents.models import PublicProof, RenderedDocument
from notifications.models import Notification
from programs.models import PlanPoint
from tests.assessments.test_decision import certifiable, make, newest
from tests.assessments.world import LEVELS, TODAY, voted_world

PLAN = [("独立完成一份二级评估报告", TODAY.replace(month=12))]
WHY = "按更正的数据重新认定"


@pytest.fixture
def world(cast):
    """A certificate was issued on the decision, and the trainee appealed; the reviewers have spoken."""
    world = certifiable(voted_world(cast))
    make(world, "certified", level="junior")
    issue_certificate(newest(world), by=cast.director, today=TODAY)
    appeal = respond.appeal(newest(world), "应认定为中级", by=cast.trainee, today=TODAY)
    hear_appeal.name_appeal_panel(appeal, [cast.third_reviewer], by=cast.director)
    hear_appeal.advise(appeal, True, "确有依据", by=cast.third_reviewer)
    return world


def grant(world, outcome: str, level: str = "", plan=()):
    proposal = {"outcome": outcome, "scores": LEVELS, "reasons": WHY, "level": level, "track": "", "plan": plan}
    appeal = Decision.objects.order_by("pk").first().appeals.get()
    return hear_appeal.answer(appeal, True, WHY, proposal, by=world.cast.director, today=TODAY)


def states() -> list[tuple[str, str]]:
    return [(one.level, one.state(TODAY)) for one in Certificate.objects.with_standing().order_by("pk")]


def test_another_level_replaces_it(cast, world):
    grant(world, "certified", "intermediate")
    assert states() == [("junior", "replaced"), ("intermediate", "valid")]
    assert Certificate.objects.order_by("-pk").first().decision == newest(world)
    assert Notification.objects.filter(kind="certificate_issued", recipient=cast.trainee).count() == 2
    first, second = Certificate.objects.order_by("pk")
    proofs = {one.number: (one.replaced_on, one.revoked_on) for one in PublicProof.objects.all()}
    assert proofs == {first.number: (TODAY, None), second.number: (None, None)}
    assert waiting_decisions() == []


def test_without_a_level_it_is_revoked_with_the_reason(cast, world):
    grant(world, "not_yet", plan=PLAN)
    assert states() == [("junior", "revoked")]
    assert CertificateRevocation.objects.get().reason == WHY
    told = Notification.objects.get(kind="certificate_revoked")
    assert (told.recipient, told.words["note"]) == (cast.trainee, WHY)
    assert PublicProof.objects.get().revoked_on == TODAY
    assert PlanPoint.objects.running().count() == 1


def test_of_the_same_level_it_stands(cast, client, world):
    grant(world, "certified", "junior")
    assert states() == [("junior", "valid")]
    assert waiting_decisions() == []
    shown = decision_page(CertificationReview.objects.select_related("enrollment__cohort").get(), cast.trainee)
    assert (shown.leads_to_certificate, shown.waits_for_certificate) == (True, False)


def test_refused_it_stands(cast, world):
    appeal = Decision.objects.get().appeals.get()
    hear_appeal.answer(appeal, False, "维持原结论", None, by=cast.director, today=TODAY)
    assert states() == [("junior", "valid")]


def test_a_refused_decision_leaves_the_certificate_as_it_was(cast, world):
    with pytest.raises(ValidationError):
        grant(world, "not_yet")
    assert (states(), Decision.objects.count()) == ([("junior", "valid")], 1)


def test_whoever_checks_it_reads_that_it_is_revoked(cast, client, world, run_jobs):
    run_jobs()
    code = RenderedDocument.objects.filter(kind="certificate", language="zh-hans").get().code
    assert "已被撤销" not in client.get(f"/verify/{code}/", headers={"accept-language": "zh-hans"}).text
    grant(world, "not_yet", plan=PLAN)
    assert "已被撤销" in client.get(f"/verify/{code}/", headers={"accept-language": "zh-hans"}).text
