"""The press: what comes out as PDF, and what never gets in."""

import ctypes
import http.server
import os
import re
import threading
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from documents import printing
from documents.actions.print_document import _style
from tests.documents.test_store_file import picture

PICTURE = picture("PNG")


def text_of(pdf: bytes) -> str:
    """What a reader copies out of it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


def printed(body: str, files: dict[str, bytes] | None = None) -> bytes:
    return printing.pdf(f'<html lang="zh-Hans"><title>纸</title><body>{body}</body></html>', _style(), files)


def test_chinese_text_can_be_copied_rare_names_too():
    text = text_of(printed("<h1>个人发展计划</h1><p>林予安、𠮷田喆堃、贾䶮：把缺货率降到 3% 以下。</p>"))

    assert "个人发展计划" in text
    assert "林予安、𠮷田喆堃、贾䶮：把缺货率降到 3% 以下。" in text


def test_fonts_are_embedded_and_none_of_the_machine_is_used():
    pdf = printed("<h1>计划</h1><p>正文 <b>bold</b> <i>italic</i> 𠮷</p>")

    fonts = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for thing in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font, name = raw.FPDFTextObj_GetFont(thing), ctypes.create_string_buffer(100)
            raw.FPDFFont_GetBaseFontName(font, name, 100)
            fonts.add((name.value.decode().partition("+")[2], raw.FPDFFont_GetIsEmbedded(font)))
    assert fonts == {("Trellis-Sans", 1), ("Trellis-Serif", 1), ("Trellis-Wide", 1)}


def test_it_says_what_it_is_to_readers_of_screens():
    pdf = printed("<h1>计划</h1><table><tr><th scope=col>目标</th></tr></table>")

    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title") == "纸"
        assert raw.FPDFCatalog_IsTagged(document) == 1


def test_pages_are_numbered():
    text = text_of(printed('<p>一</p><p class="new-page">二</p><p class="new-page">三</p>'))

    assert re.findall(r"\d / \d", text) == ["1 / 3", "2 / 3", "3 / 3"]


def printed_or_refused(body: str) -> bytes | None:
    """The PDF, or None where the page was refused whole."""
    try:
        return printed(body)
    except printing.PrintingFailed as problem:
        if problem.code != "layout":
            raise
        return None


WAYS = [
    '<link rel=stylesheet href="{0}"><link rel=attachment href="{0}"><a rel=attachment href="{0}">a</a>',
    '<style>@import url("{0}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{0}") }} .x {{ font-family: x; background: url("{0}") }}</style>',
    '<img src="{0}"><object data="{0}">o</object><embed src="{0}">',
    '<svg viewBox="0 0 9 9"><image href="{0}" width="9"/><use href="{0}#a"/></svg>',
]


@pytest.fixture
def listener():
    """A server on this machine that must never be asked for anything."""
    asked = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PICTURE)

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_from_the_network_or_the_disk(listener, tmp_path):
    host, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    (tmp_path / "secret.css").write_text("body::before { content: 'TOPSECRET' }")
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">TOPSECRET</text></svg>')
    addresses = [
        f"http://{host}/a.png",
        f"HTTP://{host}/b.png",
        f"http://user:word@{host}/c.png",
        f"http://{host}/%2e%2e/d.png",
        f"https://{host}/e.png",
        f"//{host}/f.png",
        f"ftp://{host}/g.png",
        f"file://{secret}",
        f"FILE://{secret}",
        f"file:{secret}",
        f"file://localhost{secret}",
        f"file://{tmp_path}/secret.svg",
        f"{secret}",
        "../../../../../../etc/passwd",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>TOPSECRET</text></svg>",
        "data:text/css,body::before{content:'TOPSECRET'}",
        "trellis:file/of-somebody-else",
        f"trellis:file:{secret}",
        f"trellis:http://{host}/h.png",
        "gopher://127.0.0.1/",
    ]
    for address in addresses:
        quoted = address.replace('"', "%22")
        for way in WAYS:
            pdf = printed_or_refused(f"<p class=x>left</p>{way.format(quoted)}")
            if pdf is None:
                continue
            assert "left" in text_of(pdf), (address, way)
            assert "TOPSECRET" not in text_of(pdf), (address, way)
            with pypdfium2.PdfDocument(pdf) as document:
                assert document.count_attachments() == 0, (address, way)
    assert (len(addresses), asked) == (20, [])


def test_a_picture_that_comes_with_the_page_is_shown():
    body = '<figure><img src="trellis:file/mine" alt="图"></figure>'

    with pypdfium2.PdfDocument(printed(body, {"trellis:file/mine": PICTURE})) as shown:
        assert len(list(shown[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))) == 1
    with pypdfium2.PdfDocument(printed(body)) as left_out:
        assert list(left_out[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])) == []


def test_a_page_that_cannot_be_laid_out_fails_alone():
    with pytest.raises(printing.PrintingFailed) as problem:
        printed("<style>@import url(nowhere)</style>")

    assert problem.value.code == "layout"
    assert "好" in text_of(printed("<p>好</p>"))


def test_a_page_without_end_is_stopped_by_the_clock_and_the_next_one_prints(monkeypatch):
    printed("<p>warm</p>")
    monkeypatch.setattr(printing, "SECONDS", 1)
    with pytest.raises(printing.PrintingFailed) as problem:
        printed("<p>" + "字" * 3_000_000)
    monkeypatch.undo()

    assert problem.value.code == "time"
    assert "好" in text_of(printed("<p>好</p>"))


def test_the_press_inherits_no_secret_and_its_memory_is_capped():
    printed("<p>warm</p>")
    press = printing._child.process.pid

    environment = Path(f"/proc/{press}/environ").read_bytes()
    assert {entry.partition(b"=")[0] for entry in environment.split(b"\0") if entry} == {b"PATH", b"HOME", b"TMPDIR", b"LANG"}
    limits = Path(f"/proc/{press}/limits").read_text()
    assert re.search(r"Max address space\s+1073741824\s", limits)
    assert os.environ["DATABASE_URL"].encode() not in environment
