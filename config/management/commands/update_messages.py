"""`make messages`: the lists of texts follow code and templates. With Babel alone, so that nothing but Python is needed."""

from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

APPS = [
    *("config", "home", "assessments", "projects", "effectiveness", "mentorship"),
    *("programs", "documents", "notifications", "organizations"),
]
# Without dates and names: the file changes only when a text does.
HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plurals};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], (1,)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}


def _sources() -> list[Path]:
    python = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    templates = [path for suffix in ("html", "txt") for path in (settings.BASE_DIR / "templates").rglob(f"*.{suffix}")]
    return sorted(python) + sorted(templates)


def found() -> Catalog:
    """Every text of code and templates, with where it stands (the file alone: line numbers change with every edit)."""
    catalog = Catalog(charset="utf-8")
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is left of a template is no Python: without its indents the tokenizer reads it all the same.
            text = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
        place = [(str(path.relative_to(settings.BASE_DIR)), 0)]
        source = BytesIO(text.encode())
        for _line, message, comments, context in extract("python", source, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}):
            strings = message if isinstance(message, tuple) else (message,)
            if not strings[0]:
                continue
            flags = ["python-brace-format"] if "{" in strings[0] else []
            catalog.add(message, None, place, flags, comments, context=context)
    return catalog


def _is_translated(message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) and not message.fuzzy


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8", fuzzy=False)
    return read_po(StringIO(path.read_text(encoding="utf-8")), locale=locale)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, catalog, width=0, sort_output=True, include_lineno=False, omit_header=True)
    header = HEADER.format(locale=catalog.locale, plurals=catalog.plural_forms.rstrip(";"))
    path.write_text(header + text.getvalue().decode(), encoding="utf-8")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


class Command(BaseCommand):
    help = "Brings locale/*/LC_MESSAGES/django.po up to date and compiles it; --check only says what lacks a translation."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; fail where a text is missing or not translated")
        parser.add_argument("--take", nargs="+", default=[], metavar="PO", help="take translations that are still missing from these files")

    def handle(self, *args, check=False, take=(), **options):
        template, missing = found(), []
        # English texts are their own translation and need no list.
        for locale in [to_locale(code) for code, _name in settings.LANGUAGES if code != "en"]:
            path = settings.BASE_DIR / "locale" / locale / "LC_MESSAGES" / "django.po"
            catalog = _read(path, locale)
            catalog.update(template, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            for source in take:
                self._take(catalog, _read(Path(source), locale))
            missing += [f"{locale}: {message.id}" for message in catalog if message.id and not _is_translated(message)]
            if not check:
                _write(path, catalog)
        for line in missing:
            self.stdout.write(line)
        if missing and check:
            raise CommandError(f"{len(missing)} texts have no translation.")

    @staticmethod
    def _take(catalog: Catalog, source: Catalog) -> None:
        for message in catalog:
            other = source.get(message.id, message.context) if message.id else None
            if other and not _is_translated(message) and _is_translated(other):
                message.string = other.string
