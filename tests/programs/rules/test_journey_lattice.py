from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.journey_lattice import BEND, LEFT, lattice
from programs.rules.journey_parts import Cycle, Milestone, PhaseSpan, Words, overlaps, shortened, text_width

START = date(2026, 5, 11)
WORDS = Words(("专业知识与技能", "业务思维", "领导力与影响力"), "今天 9/16", lambda day: f"{day.month}月")
PHASES = [
    PhaseSpan("1 入职与融入", "5/11 – 6/30", date(2026, 5, 11), date(2026, 6, 30), "done"),
    PhaseSpan("2 核心技能学习", "7/1 – 9/30", date(2026, 7, 1), date(2026, 9, 30), "now"),
    PhaseSpan("3 实战项目历练", "10/8 – 次年 1/29", date(2026, 10, 8), date(2027, 1, 29)),
    PhaseSpan("4 深化与拓展", "次年 2 月起", date(2027, 2, 1), None),
    PhaseSpan("5 评估与认证", "", date(2026, 5, 11), None, is_recurring=True),
]
milestones = st.lists(
    st.builds(
        Milestone,
        key=st.sampled_from(["D1", "D7", "D10", "C3", "G1", "D20"]),
        pillar=st.integers(1, 3),
        due_on=st.dates(START - timedelta(days=30), START + timedelta(days=420)),
        look=st.sampled_from(["done", "open", "returned", "todo"]),
    ),
    max_size=45,
)
cycles = st.lists(
    st.builds(Cycle, on=st.dates(START, START + timedelta(days=400)), label=st.sampled_from(["半年评审", "Annual certification"])),
    max_size=4,
)
days = st.dates(START - timedelta(days=60), START + timedelta(days=600))


@given(milestones=milestones, cycles=cycles, today=days, width=st.sampled_from([900, 1130]))
def test_no_text_covers_another(milestones, cycles, today, width):
    drawn = lattice(PHASES, milestones, cycles, today, WORDS, width)

    assert [(a, b) for a, b in combinations(drawn.texts, 2) if overlaps(a.box, b.box)] == []


def test_a_long_name_takes_two_lines_and_a_phase_the_room_for_its_title():
    names = Words(("Professional knowledge and skills", "Business thinking and strategic vision", "Leadership"), "Today", str)
    long = [
        replace(PHASES[0], title="1 Onboarding and integration"),
        *PHASES[1:4],
        replace(PHASES[4], title="5 Assessment and certification"),
    ]

    drawn = lattice(long, [], [], START, names)

    assert [[line.text for line in strand.label] for strand in drawn.strands] == [
        ["Professional", "knowledge and skills"],
        ["Business thinking", "and strategic vision"],
        ["Leadership"],
    ]
    assert [line.text for line in drawn.rail.title] == ["5 Assessment and", "certification"]
    assert drawn.zones[0].title.text == "1 Onboarding and integration"


@given(milestones=milestones, cycles=cycles, today=days)
def test_everything_stays_inside_the_picture(milestones, cycles, today):
    drawn = lattice(PHASES, milestones, cycles, today, WORDS)

    assert [text for text in drawn.texts if text.box[0] < -2 or text.box[2] > drawn.width + 2 or text.box[3] > drawn.height] == []
    assert [node for node in drawn.nodes if not LEFT <= node.x <= drawn.width] == []


@given(milestones=milestones, today=days)
def test_every_milestone_has_its_node_in_the_order_of_its_strand(milestones, today):
    drawn = lattice(PHASES, milestones, [], today, WORDS)

    for pillar in (1, 2, 3):
        mine = sorted((m for m in milestones if m.pillar == pillar), key=lambda m: (m.due_on, m.key))
        nodes = sorted((n for n in drawn.nodes if n.pillar == pillar), key=lambda n: n.x)
        assert len(nodes) == len(mine)
        assert [n.x for n in nodes] == sorted(n.x for n in nodes)


@given(gaps=st.lists(st.integers(1, 300), min_size=1, max_size=6), today=days)
def test_phases_lie_side_by_side_and_fill_the_width(gaps, today):
    start, phases = START, []
    for gap in gaps:
        phases.append(PhaseSpan("Phase", "", start, start + timedelta(days=gap - 1)))
        start += timedelta(days=gap)

    zones = lattice(phases, [], [], today, WORDS).zones

    assert zones[0].x == LEFT
    assert all(abs(a.x + a.width - b.x) < 0.2 for a, b in pairwise(zones))
    assert abs(zones[-1].x + zones[-1].width - 1128) < 0.2


def test_nodes_stand_on_the_level_and_not_on_the_climb():
    drawn = lattice(PHASES, [Milestone("D6", 1, date(2026, 7, 1)), Milestone("D5", 1, date(2026, 6, 30))], [], date(2026, 9, 16), WORDS)

    edge = drawn.zones[1].x
    assert [abs(node.x - edge) >= BEND for node in drawn.nodes] == [True, True]
    assert [node.y for node in sorted(drawn.nodes, key=lambda node: node.x)] == [124.0, 110.0]


def test_the_way_behind_is_solid_and_the_way_ahead_is_dotted():
    begun = lattice(PHASES, [], [], date(2026, 9, 16), WORDS)
    before = lattice(PHASES, [], [], date(2026, 5, 1), WORDS)
    after = lattice(PHASES, [], [], date(2028, 1, 1), WORDS)

    assert begun.today is not None
    assert f"H{begun.today.x:g}" in begun.strands[0].lived
    assert begun.strands[0].ahead
    assert [(s.lived, bool(s.ahead)) for s in before.strands] == [("", True)] * 3
    assert before.today is None
    assert [(bool(s.lived), s.ahead) for s in after.strands] == [(True, "")] * 3
    assert after.today is None


def test_what_waits_for_someone_keeps_its_name_when_there_is_no_room_for_all():
    crowd = [Milestone(f"D{n}", 1, date(2026, 9, 1) + timedelta(days=n)) for n in range(10, 30)]
    returned = Milestone("D7", 1, date(2026, 9, 16), "returned")

    drawn = lattice(PHASES, [*crowd, returned], [], date(2026, 9, 16), WORDS)

    assert [node.label.text for node in drawn.nodes if node.look == "returned" and node.label] == ["D7"]
    assert any(node.label is None for node in drawn.nodes)


def test_a_journey_without_a_phase_in_time_is_refused():
    with pytest.raises(ValueError, match="at least one phase"):
        lattice([PHASES[4]], [], [], START, WORDS)


@given(text=st.text(alphabet="成长 path, 路径", max_size=30), room=st.floats(20, 300))
def test_shortened_text_fits(text, room):
    assert text_width(shortened(text, room, 12), 12) <= room


def test_a_day_in_another_century_stands_at_the_edge():
    far = Milestone(key="D1", pillar=1, due_on=date.max, look="todo")
    drawn = lattice(PHASES, [far], [Cycle(on=date.max, label="半年评审")], date(2026, 9, 16), WORDS, 1130)
    assert len(drawn.ticks) < 50
