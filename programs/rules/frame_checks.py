"""What keeps gates, success factors, workflow and review scheme of a draft from being used."""

from collections.abc import Iterator

from programs.rules.findings import REVIEWS, Finding, Listed
from programs.rules.version_content import Content


def findings(content: Content) -> Iterator[Finding]:
    """What is not whole about gates, success factors, workflow and reviews."""
    yield from _gates(content)
    for factor in content.factors:
        if not factor.signals:
            yield Finding("no_signal", "factor", factor.key)
    steps = {step["key"] for step in content.workflow}
    for module in content.modules:
        for step in module.workflow_steps:
            if step not in steps:
                yield Finding("unknown_step", "module", module.key, {"step": step})
    pillars = {pillar.key for pillar in content.pillars}
    for item in content.review_scheme.get("items360", ()):
        if item["pillar"] not in pillars:
            yield Finding("unknown_pillar", "items360", "", {"entry": item["key"]})
        if not item["who"]:
            yield Finding("nobody_asked", "items360", "", {"entry": item["key"]})
    named = [("workflow", content.workflow), *((kind, content.review_scheme.get(name, ())) for name, kind in REVIEWS.items())]
    for kind, entries in named:
        if any(not any((entry.get("name") or entry.get("text") or {}).values()) for entry in entries):
            yield Finding("unnamed_entry", kind, "", {"what": Listed([kind])})


def _gates(content: Content) -> Iterator[Finding]:
    on_projects = {project.key.partition(".")[0] for project in content.projects}
    days = next((phase.length_days for phase in content.phases if str(phase.number) in on_projects), None)
    for before, gate in zip([None, *content.gates], content.gates, strict=False):
        if not gate.criteria:
            yield Finding("empty_gate", "gate", gate.key)
        if not gate.reviewers:
            yield Finding("nobody_reviews", "gate", gate.key)
        if days is not None and gate.offset > days:
            yield Finding("gate_after_phase", "gate", gate.key, {"day": gate.offset, "days": days})
        if before and gate.offset < before.offset:
            yield Finding("gate_before_other", "gate", gate.key, {"other": before.key})
