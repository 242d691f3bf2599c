"""Every component on one page, in both languages and themes; only where DEBUG is on. Sample words stand here in pairs."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from config.templating.context import OtherLanguage
from config.templating.navigation import PLACES, Link
from programs.rules.journey_lattice import lattice
from programs.rules.journey_parts import Cycle, Milestone, PhaseSpan, Words


def _say(zh: str, en: str) -> str:
    return zh if (translation.get_language() or "").startswith("zh") else en


@dataclass(frozen=True)
class SamplePillar:
    """A pillar with its points."""

    number: int
    name: str
    earned: int
    planned: int
    total: int


def _form(data: dict | None) -> forms.Form:
    levels = [(1, _say("未达到", "Not met")), (2, _say("基本达到", "Nearly met")), (3, _say("达到", "Met")), (4, _say("超出", "Exceeded"))]
    regions = [("", "—"), ("east", _say("华东大区", "East")), ("south", _say("华南大区", "South")), ("north", _say("华北大区", "North"))]
    people = [(1, _say("周敏", "Maya Lindqvist")), (2, _say("王海涛", "Tomas Berg")), (3, _say("孙立群", "Ida Nilsson"))]

    class SampleForm(forms.Form):
        name = forms.CharField(label=_say("姓名", "Name"), max_length=20)
        number = forms.RegexField(
            r"^HY-\d{6}$",
            label=_say("工号", "Employee number"),
            required=False,
            help_text=_say("例如 HY-000123", "For example HY-000123"),
            error_messages={"invalid": _say("工号是 HY- 加 6 位数字，例如 HY-000123", "HY- and six digits, for example HY-000123")},
        )
        region = forms.ChoiceField(
            label=_say("大区", "Region"), choices=regions, help_text=_say("决定由谁分配导师", "Decides who assigns the mentor")
        )
        start_on = forms.DateField(label=_say("入职日期", "First day"), widget=forms.DateInput(attrs={"type": "date"}))
        mentors = forms.MultipleChoiceField(
            label=_say("导师", "Mentors"), choices=people, widget=forms.SelectMultiple(attrs={"data-combobox": ""})
        )
        about = forms.CharField(label=_say("说明", "About"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
        goal = forms.ChoiceField(
            label=_say("目标可衡量", "Goal can be measured"), choices=levels, widget=forms.RadioSelect(attrs={"class": "levels"})
        )
        kind = forms.ChoiceField(
            label=_say("项目", "Project"),
            choices=[("a", _say("新员工入职培训", "Onboarding")), ("b", _say("核心岗位能力提升", "Key positions"))],
            widget=forms.RadioSelect(attrs={"class": "cards"}),
        )
        every = forms.ChoiceField(
            label=_say("周期", "Rhythm"),
            choices=[("w", _say("周", "Week")), ("m", _say("月", "Month"))],
            widget=forms.RadioSelect(attrs={"class": "seg"}),
        )
        days = forms.MultipleChoiceField(
            label=_say("面谈时间", "Meeting days"),
            choices=[(1, _say("周二", "Tue")), (2, _say("周五", "Fri"))],
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "row"}),
        )
        seen = forms.BooleanField(label=_say("已看过评分标准", "I have read the rubric"))
        remind = forms.BooleanField(
            label=_say("每周一发提醒", "Remind me on Mondays"), required=False, widget=forms.CheckboxInput(attrs={"class": "switch"})
        )
        slides = forms.FileField(label=_say("课件与讲义", "Slides and handout"), help_text="PPTX, PDF, DOCX, ≤ 50 MB")

    return SampleForm(data)


def _lattice(today: date):
    # 128 days into the program, as in the design.
    start = today - timedelta(days=128)
    day = lambda n: start + timedelta(days=n)  # noqa: E731 - a word for this picture alone
    phases = [
        PhaseSpan(_say("1 入职与融入", "1 Onboarding"), "5/11 – 6/30", day(0), day(50), "done"),
        PhaseSpan(_say("2 核心技能学习", "2 Core skills"), _say("7/1 – 9/30 · 进行中", "Jul 1 – Sep 30 · now"), day(51), day(142), "now"),
        PhaseSpan(_say("3 实战项目历练", "3 Practice projects"), _say("10/8 – 次年 1/29", "Oct 8 – Jan 29"), day(150), day(263)),
        PhaseSpan(
            _say("4 深化与拓展", "4 Deepening and expansion"), _say("次年 2 月起，按季度检查", "From Feb, by quarter"), day(266), None
        ),
        PhaseSpan(_say("5 评估与认证", "5 Certification"), "", day(0), None, "todo", is_recurring=True),
    ]
    plan = [
        ("D1", 2, 14),
        ("D3", 1, 23),
        ("D2", 2, 31),
        ("D4", 3, 25),
        ("D5", 3, 43),
        ("D6", 2, 77),
        ("C3", 1, 91),
        ("D8", 3, 135),
        ("D9", 1, 140),
    ]
    plan += [
        ("D10", 2, 139),
        ("D11", 2, 168),
        ("G1", 1, 189),
        ("G2", 3, 217),
        ("G3", 1, 245),
        ("D13", 2, 256),
        ("D16", 2, 291),
        ("D17", 1, 320),
        ("D18", 2, 340),
        ("D19", 3, 361),
    ]
    nodes = [Milestone(key, pillar, day(n), "done" if n < 120 else "open" if key == "D8" else "todo") for key, pillar, n in plan]
    nodes.append(Milestone("D7", 1, day(130), "returned"))
    words = Words(
        (_say("专业知识与技能", "Knowledge, skills"), _say("业务思维", "Business thinking"), _say("领导力与影响力", "Leadership")),
        _say(f"今天 {today.month}/{today.day}", f"Today {today:%b} {today.day}"),
        lambda d: _say(f"{d.year}年1月" if d.month == 1 else f"{d.month}月", f"{d:%b %Y}" if d.month == 1 else f"{d:%b}"),
        _say("五个阶段与三大支柱的时间图", "Five phases and three pillars over time"),
    )
    cycles = [Cycle(day(199), _say("半年评审 · 11/16–27", "Half-year review")), Cycle(day(371), _say("年度认证", "Certification"))]
    return lattice(phases, nodes, cycles, today, words)


def _phases() -> list[dict]:
    rows = [
        (1, "入职与融入期", "Onboarding and integration", "5/11 – 6/30", "done", 8, 8),
        (2, "核心技能学习期", "Core skills", "7/1 – 9/30", "now", 1, 5),
        (3, "实战项目历练期", "Practice projects", "10/8 – 1/29", "todo", 0, 1),
    ]
    return [
        {"number": n, "name": _say(zh, en), "detail": when, "look": look, "done": done, "total": total}
        for n, zh, en, when, look, done, total in rows
    ]


def _frame(language: str, theme: str) -> SimpleNamespace:
    places = [
        place for place in PLACES if place.key in {"home", "my_program", "signoffs", "trainees", "cohorts", "templates", "people", "idp"}
    ]
    nav = [
        Link(
            place.key,
            str(place.label),
            place.icon,
            "#main",
            {"signoffs": 7, "my_program": 4}.get(place.key, 0),
            "page" if place.key == "signoffs" else "",
            n > 3,
        )
        for n, place in enumerate(places)
    ]
    other = OtherLanguage("en", "en", "English") if language == "zh-hans" else OtherLanguage("zh-hans", "zh-Hans", "中文")
    return SimpleNamespace(
        nav=nav,
        deep_nav=nav[4:],
        is_deep_current=False,
        organizations=[],
        unread=2,
        role_line=_say("学习发展总监 · 导师", "Head of learning · Mentor"),
        other_language=other,
        lang="zh-Hans" if language == "zh-hans" else "en",
        theme=theme,
        home_url="#main",
        search_url="#main",
        notices_url="#main",
        switch_url="#main",
        account_url="#main",
        language_url="#main",
        theme_url="#main",
    )


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The gallery: ?lang=en or zh-hans, ?theme=light or dark, ?rail=1."""
    if not settings.DEBUG:
        raise Http404
    language = "en" if request.GET.get("lang") == "en" else "zh-hans"
    theme = request.GET.get("theme", "") if request.GET.get("theme") in {"light", "dark"} else ""
    with translation.override(language):
        today = timezone.localdate()
        pillars = [
            SamplePillar(1, _say("专业知识与技能", "Knowledge and skills"), 34, 36, 50),
            SamplePillar(2, _say("业务思维与战略眼光", "Business thinking"), 21, 30, 50),
            SamplePillar(3, _say("领导力与影响力", "Leadership and influence"), 19, 20, 25),
        ]
        refused = _form({"number": "HY-00", "region": "east"})
        refused.is_valid()
        return render(
            request,
            "gallery.html",
            {
                "shell": _frame(language, theme),
                "organization": SimpleNamespace(name=_say("恒岳零售", "Nordhamn Logistics")),
                "member": SimpleNamespace(name=_say("周敏", "Maya Lindqvist"), pk=0),
                "rail": request.GET.get("rail"),
                "form": _form(None),
                "refused": refused,
                "states": ["locked", "open", "in_progress", "submitted", "in_review", "returned", "approved", "overdue", "waived"],
                "tones": ["", "ok", "warn", "bad", "idle"],
                "pillars": pillars,
                "weights": [60, 20, 20],
                "levels": [_say("未达到", "Not met"), _say("基本达到", "Nearly"), _say("达到", "Met"), _say("超出", "Exceeded")],
                "lattice": _lattice(today),
                "phases": _phases(),
                "numbers": Paginator(range(200), 20).page(2),
                "now": timezone.now(),
                "days": [today - timedelta(days=3), today, today + timedelta(days=2), today + timedelta(days=14)],
                "steps": [
                    {"label": _say("收集数据", "Collect"), "note": "223", "state": "done"},
                    {"label": _say("排版 PDF", "Set as PDF"), "note": "138 / 223", "state": "now"},
                    {"label": _say("打包", "Pack"), "note": "ZIP", "state": "todo"},
                ],
                "people": [_say("周敏", "Maya Lindqvist"), _say("孙立群", "Ida Nilsson"), _say("王海涛", "Tomas Berg")],
                "zh": language == "zh-hans",
            },
        )
