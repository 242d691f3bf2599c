"""Worksheets of the toolkit, filled in by the cast's trainee."""

from datetime import date
from typing import Any

from django.test import Client

from effectiveness.actions import keep_worksheet
from effectiveness.models import AnnualPlan, InfluenceLog, NeedsAnalysis, Pilot, ResultsStudy, TrainingBudget
from effectiveness.models.worksheet import Worksheet
from effectiveness.queries.worksheet_rows import mark_of
from programs.models import Enrollment, TaskWork, TemplateVersion
from tests.factories.programs import enroll_cast, make_cohort


def open_programme(cast, version: TemplateVersion) -> Enrollment:
    """The trainee in the built-in programme, every task of it open, so that real forms are carried into."""
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))
    TaskWork.objects.filter(enrollment=enrollment).update(state="open")
    return enrollment


def fill(sheet: Worksheet, part: str, *rows: dict[str, Any]) -> list:
    """These rows, in place of what stood there; answers them as they stand."""
    manager = getattr(sheet, part)
    keep_worksheet.keep_rows(sheet, part, [(None, row) for row in rows], mark_of(manager.all()), by=sheet.enrollment.trainee)
    return list(manager.all())


def posted(rows: list[dict[str, Any]], mark: str, standing: int = 0) -> dict[str, Any]:
    """What the form of rows sends."""
    sent = {"mark": mark, "rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": standing}
    return sent | {f"rows-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def mark_on(client: Client, address: str) -> str:
    """The mark that the page of rows carries."""
    return client.get(address).context["mark"]


def needs_analysis(enrollment: Enrollment) -> NeedsAnalysis:
    """Store managers: two tasks, two gaps, three needs of which the last is none for training."""
    sheet = keep_worksheet.begin(NeedsAnalysis, enrollment, {"title": "新任店长", "headcount": 18}, by=enrollment.trainee)
    fill(
        sheet,
        "tasks",
        {"task": "排班", "difficulty": 4, "importance": 4, "frequency": 5},
        {"task": "盘点", "difficulty": 2, "importance": 3, "frequency": 1},
        {"task": "陈列", "difficulty": 3, "importance": 2, "frequency": 4},
    )
    order, people = fill(
        sheet,
        "gaps",
        {"group": "华东新店长", "people": 9, "competency": "按销量订货", "required": 4, "present": 2},
        {"group": "全部店长", "people": 18, "competency": "面谈下属", "required": 3, "present": 2},
    )
    common = {"objective": "缺货率降到 4.5%", "weight": 50, "importance": 4, "cost_of_error": 3, "evidence": "访谈 9 人，周报第 22 周"}
    fill(
        sheet,
        "needs",
        {**common, "need": "会面谈", "gap": people, "weight": 25, "cause": "capability", "answer": "train"},
        {**common, "need": "会订货", "gap": order, "cause": "capability", "answer": "train"},
        {**common, "need": "奖金看缺货", "gap": None, "cause": "motivation", "answer": "none"},
    )
    return sheet


def training_budget(enrollment: Enrollment) -> TrainingBudget:
    """100,000 to pay out, 60,000 of it variable; 20,000 of internal hours; 50,000 were spent the year before."""
    facts = {"title": "2027 年培训预算", "year": 2027, "headcount": 60, "learning_hours": 1200, "payroll": 8_000_000}
    sheet = keep_worksheet.begin(TrainingBudget, enrollment, facts, by=enrollment.trainee)
    common = {"objective": "缺货率降到 4.5%", "quarter": "Q1"}
    fill(
        sheet,
        "lines",
        {**common, "category": "external_trainers", "name": "订货课", "quantity": 3, "unit_price": 20_000, "fixedness": "variable"},
        {**common, "category": "platform", "name": "平台年费", "quantity": 1, "unit_price": 40_000, "fixedness": "fixed", "quarter": "all"},
    )
    fill(sheet, "last_year", {"category": "platform", "budget": 45_000, "actual": 50_000})
    fill(sheet, "internal_hours", {"role": "店长", "hours": 200, "rate": 100})
    return sheet


def annual_plan(enrollment: Enrollment, budget: TrainingBudget | None = None) -> AnnualPlan:
    """Two key results of one objective, one half attained and one not begun; an item for the first, and one for none."""
    facts = {"title": "2027 年度培训规划", "year": 2027, "budget": budget}
    sheet = keep_worksheet.begin(AnnualPlan, enrollment, facts, by=enrollment.trainee)
    common = {"objective": "门店不断货", "owner": "营运部", "business_head": "马骏"}
    first, _second = fill(
        sheet,
        "key_results",
        {**common, "key_result": "缺货率 6.5% 到 4.5%", "start": 65, "now": 55, "target": 45},
        {**common, "key_result": "客诉 30 到 20", "start": 30, "now": 32, "target": 20},
    )
    item = {"audience": "新店长", "owner": "林予安", "measure": "订货准确率", "budget": 70_000}
    fill(
        sheet,
        "items",
        {**item, "name": "订货训练", "key_result": first, "quarter": "Q1", "category": "external_trainers"},
        {**item, "name": "读书会", "key_result": None, "quarter": "Q3", "category": "materials", "budget": 5_000},
    )
    fill(sheet, "not_doing", {"name": "拓展训练", "reason": "与目标无关"})
    return sheet


def pilot(enrollment: Enrollment) -> Pilot:
    """A pilot with one measure that reached its target and one not measured yet."""
    facts = {
        "title": "AI 学习助手", "hypothesis": "新店长用四周，订货差错从 12 降到 6", "users": "12 位新店长", "begins_on": date(2026, 9, 1),
        "ends_on": date(2026, 9, 30), "cost": 8_000, "stop_rule": "一周无人使用", "data_protection": "ordinary", "decision": "scale",
        "reason": "差错减半",
    }  # fmt: skip
    sheet = keep_worksheet.begin(Pilot, enrollment, facts, by=enrollment.trainee)
    fill(
        sheet,
        "measures",
        {"measure": "订货差错", "before": 12, "target": 6, "after": 5, "n": 12},
        {"measure": "使用率", "before": 0, "target": 80, "after": None, "n": None},
    )
    return sheet


def results_study(enrollment: Enrollment, isolation: str = "expert") -> ResultsStudy:
    """The worked example: 400,000 a year, half of it training's, 80 % sure, for 100,000."""
    facts = {"title": "店长订货训练", "isolation": isolation, "isolation_note": "区域经理独立估计"}
    sheet = keep_worksheet.begin(ResultsStudy, enrollment, facts, by=enrollment.trainee)
    fill(
        sheet,
        "behaviors",
        {"behavior": "按销量订货", "n": 10, "by_learner": 9, "by_superior": 7, "both": 6},
        {"behavior": "每日核对", "n": 10, "by_learner": 4, "by_superior": 5, "both": 4},
    )
    fill(sheet, "series", {"measure": "缺货率", "period": "2026-09", "value": 6.8, "group": "trained"})
    fill(sheet, "benefits", {"measure": "缺货损失", "improvement": 100, "unit_value": "333.33", "share": 50, "confidence": 80})
    fill(
        sheet,
        "costs",
        {"kind": "trainers", "name": "讲师", "amount": 60_000},
        {"kind": "learners", "name": "脱岗工时", "amount": 40_000},
    )
    return sheet


SECRET, SHARED, PERSON = "私下请他支持", "请区域经理到场", "财务王总"


def influence_log(enrollment: Enrollment, *, shared: bool = True) -> InfluenceLog:
    """A matter with a stakeholder, an entry for oneself, and one that the mentor may read."""
    sheet = keep_worksheet.begin(InfluenceLog, enrollment, {"title": "推动跨部门轮岗", "aim": "每店一名"}, by=enrollment.trainee)
    fill(
        sheet,
        "stakeholders",
        {"person": PERSON, "power": "high", "interest": "low", "cares_about": "费用", "stance": "opposes"},
        {"person": "营运李总", "power": "medium", "interest": "high", "cares_about": "人手", "stance": "supports"},
    )
    entry = {"on": date(2026, 9, 3), "person": PERSON, "offered": "先试一家", "outcome": "同意再谈", "next": ""}
    fill(sheet, "entries", {**entry, "ask": SECRET, "shared": False}, {**entry, "ask": SHARED, "shared": shared})
    return sheet
