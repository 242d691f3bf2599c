"""Tags and filters every template has without loading them: icons, states, people, pillars, dates, pages.

The small ones return markup from here; the larger ones are templates in templates/components/.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.template.defaultfilters import floatformat
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from config.templating.widgets import field_kind as kind_of_field

register = template.Library()

# State of a task, a deliverable or a step: (tone, icon, word). Source: design, "Colour", table of states.
STATES = {
    "locked": ("", "lock", gettext_lazy("Locked")),
    "open": ("", "circle", gettext_lazy("Not started")),
    "in_progress": ("", "half", gettext_lazy("In progress")),
    "submitted": ("is-wait", "clock", pgettext_lazy("state of work", "Waiting")),
    "in_review": ("is-wait", "clock", gettext_lazy("In review")),
    "returned": ("is-warn", "return", gettext_lazy("Returned")),
    "approved": ("is-ok", "check", gettext_lazy("Approved")),
    "agreed": ("is-ok", "check", gettext_lazy("Agreed")),
    "overdue": ("is-bad", "alert", gettext_lazy("Overdue")),
    "waived": ("", "minus", gettext_lazy("Waived")),
}
NOTE_ICONS = {"": "info", "ok": "check-circle", "warn": "return", "bad": "alert", "idle": "bell"}
WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)


# ── Icons and states ──


@lru_cache(maxsize=512)  # a page draws some forty, and the sprite's address is looked up for each
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """An icon of static/icons.svg. Beside text it is hidden from screen readers; alone it needs a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', f"i {classes}".strip(), said, static("icons.svg"), name)


register.simple_tag(icon, name="icon")


@register.simple_tag
def logo() -> SafeString:
    """The mark of the product."""
    return format_html('<svg class="logo" aria-hidden="true"><use href="{}#logo"/></svg>', static("icons.svg"))


@register.simple_tag
def tag(label: str, tone: str = "", icon: str = "") -> SafeString:
    """A label with a tone (ok, wait, warn, bad, brand, line) and an icon: colour never speaks alone."""
    drawn = _icon(icon) if icon else SafeString("")
    return format_html('<span class="{}">{}{}</span>', f"tag is-{tone}" if tone else "tag", drawn, label)


@register.simple_tag
def state_tag(state: str, label: str = "", overdue: bool = False) -> SafeString:
    """The tag of a state of work. `overdue` shows instead of what is not yet handed in; `label` replaces the word."""
    if overdue and state in {"open", "in_progress", "returned", "locked"}:
        state = "overdue"
    tone, drawn, word = STATES[str(state)]
    return format_html('<span class="{}">{}{}</span>', f"tag {tone}".strip(), _icon(drawn), label or word)


@register.simple_tag
def state_cell(state: str, overdue: bool = False) -> SafeString:
    """The cell of a state in the board: a colour and an icon to see, the word to hear."""
    classes, word, mark = _cell_look(state, overdue)
    return format_html('<span class="{}"><span class="sr">{}</span>{}</span>', classes, word, mark)


@register.simple_tag
def board_cells(cells: Iterable, slug: str) -> SafeString:
    """A row of the cohort board, the cells of one trainee: a board has a thousand, so they are joined here, each as few elements.

    Each links to its task for the mouse; by keyboard one goes through the trainee's name. `cells`: programs' `Cell`.
    """
    looks: dict[tuple[str, bool], tuple[str, str, str]] = {}
    drawn = []
    for cell in cells:
        look = looks.get((cell.state, cell.is_overdue))
        if look is None:
            look = looks[cell.state, cell.is_overdue] = tuple(map(conditional_escape, _cell_look(cell.state, cell.is_overdue)))
        classes, word, mark = look
        gap = " gap" if cell.begins_phase else ""
        key = conditional_escape(cell.key)
        if cell.work:
            href = f"/o/{conditional_escape(slug)}/tasks/{int(cell.work)}/"
            inner = f'<a class="{classes}" tabindex="-1" href="{href}" aria-label="{key} {word}">{mark}</a>'
        else:
            inner = f'<span class="{classes}"></span>'
        drawn.append(f'<td class="c{gap}">{inner}</td>')
    return mark_safe("".join(drawn))  # noqa: S308  every part was escaped above


@register.simple_tag
def board_legend() -> SafeString:
    """What the cells of the board mean."""
    states = [("approved", False), ("submitted", False), ("in_progress", False), ("returned", False), ("open", True), ("open", False)]
    looks = [_cell_look(state, overdue) for state, overdue in states]
    rows = ((f"{classes} is-key", mark, word) for classes, word, mark in looks)
    return format_html_join("", '<li><span class="{}">{}</span>{}</li>', rows)


def _cell_look(state: str, overdue: bool) -> tuple[str, str, SafeString]:
    """Classes, word and mark of a state in the board."""
    if overdue and state in {"open", "in_progress", "returned"}:
        state = "overdue"
    tone, drawn, word = STATES[str(state)]
    look = {"in_progress": "is-doing", "locked": "is-off"}.get(state, tone)
    return f"cell {look}".strip(), str(word), SafeString("") if state in {"open", "locked"} else _icon(drawn)


def _icon(name: str, classes: str = "") -> SafeString:
    return icon(name, classes)


@register.filter
def note_icon(tone: str) -> str:
    """The icon that goes with the tone of a note."""
    return NOTE_ICONS.get(tone or "", "info")


# ── People ──


def initials(name: str) -> str:
    """What an avatar shows: the family name of a Chinese name, two initials of another."""
    words = str(name).split()
    if not words:
        return "?"
    if ord(words[0][0]) > 0x2E7F:
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A round mark for a person; always the same colour for the same name. Size: sm or lg."""
    tone = "abcd"[crc32(str(name).encode()) % 4]
    classes = f"avatar is-{tone} is-{size}" if size else f"avatar is-{tone}"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials(name))


@register.simple_tag
def organization_mark(name: str, size: str = "") -> SafeString:
    """A square mark for an organization."""
    tone = ("", " is-a", " is-c")[crc32(str(name).encode()) % 3]
    large = " is-lg" if size == "lg" else ""
    return format_html('<span class="avatar is-org{}{}" aria-hidden="true">{}</span>', tone, large, initials(name)[0])


@register.simple_tag
def who(name: str, note: str = "", size: str = "") -> SafeString:
    """A person: mark, name and, under it, who they are here."""
    if note:
        return format_html('<span class="who">{}<span>{}<small>{}</small></span></span>', avatar(name, size), name, note)
    return format_html('<span class="who">{}{}</span>', avatar(name, size or "sm"), name)


# ── Pillars ──


@register.simple_tag
def pillar(number: int, label: str = "") -> SafeString:
    """The mark of a pillar: circle, diamond, triangle. Without a label beside it, say one."""
    return format_html('<span class="pl is-{}">{}</span>', number, label)


@register.simple_tag
def pillar_bar(weights: Iterable[int], names: Iterable[str] = (), classes: str = "") -> SafeString:
    """Weights of the three pillars as one bar; they add up to 100. `names` says them to a screen reader."""
    parts, x = [], 0
    weights = [int(w) for w in weights]
    for number, weight in enumerate(weights, start=1):
        # A hair of ground between two colours, so that they are told apart without colour.
        parts.append((number, x, max(weight - 0.6, 0) if weight else 0))
        x += weight
    said = _(", ").join(f"{name} {weight}" for name, weight in zip(names, weights, strict=False)) or " · ".join(map(str, weights))
    return format_html(
        '<svg class="{}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        f"bar {classes}".strip(),
        said,
        format_html_join("", '<rect class="f-pl{}" x="{}" width="{}" height="8"/>', parts),
    )


@register.inclusion_tag("components/balance.html")
def balance(pillars: Iterable, sentence: str = "") -> dict:
    """Earned against planned by today, a bar for each pillar; `sentence` says what makes up the gap.

    Each pillar has number, name, earned, planned and total (points).
    """
    bars = []
    for pillar in pillars:
        total = float(pillar.total) or 1.0
        bars.append(
            {
                "pillar": pillar,
                "earned": round(min(float(pillar.earned) / total, 1) * 400, 1),
                "planned": round(min(float(pillar.planned) / total, 1) * 398, 1),
            }
        )
    return {"bars": bars, "sentence": sentence}


# ── Time: days and hours as each language says them, in the zone in force ──


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _today() -> date:
    return timezone.localdate()


@register.filter
def day(value: date | datetime | None) -> str:
    """9月18日 周五, Fri 18 Sep; with the year when it is not this one."""
    if not value:
        return ""
    value = _local(value)
    if value.year == _today().year:
        said = date_format(value, pgettext("format of a day, see Django's date filter", "j M"))
    else:
        said = date_format(value, pgettext("format of a day with year, see Django's date filter", "j M Y"))
    return _("%(weekday)s %(day)s") % {"weekday": WEEKDAYS[value.weekday()], "day": said}


@register.filter
def short_day(value: date | datetime | None) -> str:
    """9月18日, 18 Sep; with the year when it is not this one."""
    if not value:
        return ""
    value = _local(value)
    if value.year == _today().year:
        return date_format(value, pgettext("format of a day, see Django's date filter", "j M"))
    return date_format(value, pgettext("format of a day with year, see Django's date filter", "j M Y"))


@register.filter
def clock(value: datetime | None) -> str:
    """15:00."""
    return date_format(_local(value), "H:i") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """9月18日 周五 15:00, Fri 18 Sep, 15:00; today and yesterday by name."""
    if not value:
        return ""
    distance = (_today() - _local(value).date()).days
    said = {"time": clock(value)}
    if distance == 0:
        return _("today %(time)s") % said
    if distance == 1:
        return _("yesterday %(time)s") % said
    return _("%(day)s, %(time)s") % (said | {"day": day(value)})


@register.filter
def days_left(value: date | None) -> SafeString | str:
    """How far away a deadline is: 2 days left, today, 3 days late. Late is red, three days or fewer amber."""
    if not value:
        return ""
    left = (_local(value) - _today()).days if not isinstance(value, datetime) else (_local(value).date() - _today()).days
    if left < 0:
        words = ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
        return format_html('<span class="is-late">{}</span>', words)
    if left == 0:
        return format_html('<span class="is-soon">{}</span>', _("due today"))
    words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return format_html('<span class="is-soon">{}</span>', words) if left <= 3 else words


# ── Numbers ──


@register.filter
def amount(value: Decimal | int | None, decimals: str = "0") -> str:
    """A number with a comma after every third digit, in both languages: 1,200,000. `decimals` as floatformat takes them."""
    if value is None:
        return "—"
    whole, point, rest = floatformat(value, f"{decimals}u").partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0", "") else f"{whole}{point}{rest}"


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A number as it was measured: a comma after every third digit, no zeros at its end. 1.9, 0.33, 1,200."""
    if value is None:
        return "—"
    whole, point, rest = format(Decimal(value), ",f").partition(".")
    return f"{whole}{point}{rest}".rstrip("0").rstrip(".") if point else whole


# ── Sentences ──


@register.simple_tag
def gap() -> str:
    """What stands between two sentences of one paragraph: a space, and in Chinese nothing."""
    return "" if (get_language() or "").startswith("zh") else " "


# ── Forms and pages ──


@register.filter
def field_kind(field) -> str:
    """What a bound field looks like: input, select, textarea, check, switch, choices, file, pair."""
    return kind_of_field(field)


@register.simple_tag
def attributes(attrs: dict, besides: str = "") -> SafeString:
    """Attributes of an input: True stands by its name alone, False is left out, and so is the one named `besides`."""
    said = [(name, value) for name, value in attrs.items() if value is not False and name != besides]
    return SafeString("".join(format_html(" {}", n) if v is True else format_html(' {}="{}"', n, v) for n, v in said))


@register.inclusion_tag("components/form_errors.html")
def form_errors(*forms) -> dict:
    """The summary on top of a form that was not accepted: takes the focus and links to every field."""
    wrong = [form for form in forms if form and form.errors]
    return {
        "general": [error for form in wrong for error in form.non_field_errors()],
        "fields": [field for form in wrong for field in form if field.errors and not field.is_hidden],
        "hidden": [error for form in wrong for field in form.hidden_fields() for error in field.errors],
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page: Page, name: str = "page") -> dict:
    """Where one is in a long list, and the way on; keeps the rest of the query string."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{name}={number}"
        query[name] = number
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def extension(name: str) -> str:
    """PPTX for a file called 课件.pptx: the mark beside a file."""
    return Truncator(str(name).rpartition(".")[2].upper() if "." in str(name) else "").chars(4, truncate="")


@register.filter
def extension_tone(name: str) -> str:
    """The colour that goes with a kind of file."""
    tones = {"is-p": ("PPT", "PPTX", "KEY"), "is-w": ("DOC", "DOCX"), "is-x": ("XLS", "XLSX", "CSV"), "is-f": ("PDF",)}
    kind = extension(name)
    return next((tone for tone, kinds in tones.items() if kind in kinds), "")
