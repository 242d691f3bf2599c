"""Who sees what of 360 feedback: by role, on every page, in the trail, in search; and the act by which the trainee sees it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions.release_results import release
from assessments.models import ResultCell
from assessments.queries.results import results_of
from notifications.models import Notification
from organizations.models import AuditPayload
from tests.assessments.test_cycle import codes
from tests.assessments.world import ask, cast_vote, close, freeze, make_world, send
from tests.everywhere.addresses import addresses
from tests.queries import query_count

CANARY = "只此一句的原话"
PEOPLE = ("trainee", "mentor", "line_manager", "manager", "director", "reviewer", "business_head", "hrbp", "admin", "peer")


@pytest.fixture
def world(cast):
    """Five colleagues have written, three of the business answered, two learners: with comments that name themselves."""
    world = make_world(cast)
    for rater in ask(world, peer=5, business=3, learner=2):
        send(rater, score=3, keep=f"{CANARY}·{rater.group}" if rater.group != "self" else "")
    close(world)
    return world


def status_by_part(cast, client, url):
    found = {}
    for part in PEOPLE:
        cast.sign_in(client, cast.people[part])
        answer = client.get(url)
        found[part] = (answer.status_code, "参训人员" in answer.text and '<svg class="chart"' in answer.text, CANARY in answer.text)
    return found


def test_who_sees_figures_and_words(cast, client, world):
    closed = status_by_part(cast, client, world.url("results/"))
    assert {part: answer for part, answer in closed.items() if answer[1] or answer[2]} == {
        "mentor": (200, True, True),
        "director": (200, True, False),
    }
    assert {part: answer[0] for part, answer in closed.items()} == {
        "trainee": 200, "mentor": 200, "line_manager": 403, "manager": 403, "director": 200, "reviewer": 404, "business_head": 403,
        "hrbp": 404, "admin": 404, "peer": 404,
    }  # fmt: skip
    release(world.review, by=cast.mentor)
    freeze(world)
    released = status_by_part(cast, client, world.url("results/"))
    assert {part: answer for part, answer in released.items() if answer[1] or answer[2]} == {
        "trainee": (200, True, True),
        "mentor": (200, True, True),
        "director": (200, True, False),
        "reviewer": (200, True, False),
    }


def test_the_words_of_small_groups_are_nowhere(cast, client, world):
    """Colleagues' five are shown; the three of the business and the learners' two are not kept."""
    release(world.review, by=cast.mentor)
    cast.sign_in(client, cast.trainee)
    page = client.get(world.url("results/")).text
    assert (page.count(f"{CANARY}·peer"), f"{CANARY}·business" in page, f"{CANARY}·learner" in page) == (5, False, False)
    assert f"{CANARY}·superior" in page


def test_before_the_close_nobody_sees_anything(cast, client):
    world = make_world(cast)
    for rater in ask(world, peer=5):
        send(rater, score=5, keep=CANARY)
    for part, answer in status_by_part(cast, client, world.url("results/")).items():
        assert answer[1:] == (False, False), part
    with pytest.raises(ValidationError) as refusal:
        release(world.review, by=cast.mentor)
    assert codes(refusal) == "not_closed"


def test_mentor_or_director_release_once(cast, world):
    for part in ("trainee", "line_manager", "manager", "admin"):
        with pytest.raises(PermissionDenied):
            release(world.review, by=cast.people[part])
    release(world.review, by=cast.director)
    assert Notification.objects.filter(kind="results_released", recipient=cast.trainee).count() == 1
    with pytest.raises(ValidationError) as refusal:
        release(world.review, by=cast.mentor)
    assert codes(refusal) == "released"


def test_no_page_of_anybody_else_says_a_raw_word(cast, client, world):
    """Every page of reviews, people, cohorts, home and search, by everybody who is not to read the words."""
    freeze(world)
    for member in world.panel:
        cast_vote(world, member)
    values = {"slug": cast.organization.slug, "review_id": world.review.pk, "cycle_id": world.cycle.pk, "kpi_key": "K1"}
    values |= {"cohort_id": world.enrollment.cohort_id, "enrollment_id": world.enrollment.pk}
    others = {"home:home", "programs:enrollment", "programs:cohort", "organizations:audit", "notifications:notices", "mentorship:plan"}
    walked = [one for one in addresses() if one.is_tenant and not one.public and set(one.parameters) <= set(values)]
    paths = [one.path(**values) for one in walked if one.name.startswith("assessments:") or one.name in others]
    paths.append(cast.url(f"search/?q={CANARY}"))
    said = {}
    for part in ("director", "manager", "line_manager", "reviewer", "admin", "trainee", "business_head"):
        cast.sign_in(client, cast.people[part])
        for path in paths:
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            # Search repeats what was looked for; it must find nothing by it.
            if CANARY.encode() in body and "search" not in path:
                said[part, path] = answer.status_code
            if "search" in path:
                assert answer.context["found"].count == 0
    assert said == {}
    assert len(paths) > 20
    assert not any(CANARY in str(payload.before) + str(payload.after) for payload in AuditPayload.objects.all())


def test_page_file_and_table_show_the_same_frozen_cells(cast, world):
    freeze(world)
    stored = [
        {"unit": cell.unit, "item": cell.item, "n": cell.n, "mean": str(cell.mean) if cell.mean is not None else None, "bound": cell.bound}
        for cell in ResultCell.objects.order_by("pk")
    ]
    assert world.review.file["feedback"]["cells"] == stored
    shown = results_of(world.review)
    learners = [figure for row in shown.rows for head, figure in zip(shown.heads, row.figures, strict=True) if head[0] == "参训人员"]
    assert learners == []  # of two learners, put together with nobody, there is no column at all
    assert shown.has_withheld


def test_the_list_of_raters_never_says_who_answered(cast, client):
    world = make_world(cast)
    raters = ask(world, peer=3)
    pages = []
    for answered in range(2):
        if answered:
            send(next(rater for rater in raters if rater.group == "peer"))
        cast.sign_in(client, cast.director)
        text = client.get(world.url("raters/")).text
        rows = text[text.index('id="g-peer"') : text.index('id="g-business"')]
        pages.append(rows[rows.index("<ul") : rows.index("</ul>")].split("csrfmiddlewaretoken")[0])
    assert pages[0] == pages[1]


def test_the_page_asks_the_same_for_few_and_many(cast, client, world):
    cast.sign_in(client, cast.mentor)
    client.get(world.url("results/"))
    with query_count() as asked:
        client.get(world.url("results/"))
    assert len(asked) <= 21
