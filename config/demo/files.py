"""The few files that people in the demo hand in: drawn, so that each opens and shows what it says."""

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

PAPER, INK, FAINT, ACCENT = "#fbfaf7", "#23211d", "#6e6a61", "#2f6f62"
WIDE = (960, 540)
DOCX = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    spec = find_spec("pylopdf_fonts_zh_cn")
    path = Path(spec.submodule_search_locations[0]) / "NotoSansSC-Regular.otf" if spec else None
    return ImageFont.truetype(path, size) if path and path.exists() else ImageFont.load_default(size)


def _page(title: str, lines: tuple[str, ...], foot: str = "") -> Image.Image:
    page = Image.new("RGB", WIDE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 12, WIDE[1]), fill=ACCENT)
    draw.text((64, 64), title, fill=INK, font=_font(36))
    for number, line in enumerate(lines):
        draw.text((64, 160 + number * 52), line, fill=INK, font=_font(22))
    draw.text((64, WIDE[1] - 48), foot, fill=FAINT, font=_font(14))
    return page


@cache
def _deck(title: str, pages: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
    drawn = [_page(title, (), ""), *(_page(heading, lines, title) for heading, lines in pages)]
    out = BytesIO()
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], title=title)
    return out.getvalue()


@cache
def _drawing(title: str, lines: tuple[str, ...]) -> bytes:
    out = BytesIO()
    _page(title, lines).save(out, "PNG")
    return out.getvalue()


@cache
def _guide(title: str, lines: tuple[str, ...]) -> bytes:
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>' for line in (title, *lines))
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in DOCX.items():
            archive.writestr(name, text)
        body = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def make(kind: str, name: str, title: str, pages: list[list]) -> ContentFile:
    """A slide deck (PDF), a facilitator's guide (DOCX) or a drawing (PNG). A page is a heading and its lines."""
    fixed = tuple((heading, tuple(lines)) for heading, lines in pages)
    flat = tuple(line for heading, lines in fixed for line in (heading, *lines))
    content = {"deck": lambda: _deck(title, fixed), "guide": lambda: _guide(title, flat), "drawing": lambda: _drawing(title, flat[:7])}[
        kind
    ]()
    return ContentFile(content, name=name)
