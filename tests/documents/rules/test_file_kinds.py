import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.rules import archives
from documents.rules.file_kinds import BY_EXTENSION, KINDS, MEGABYTE, Kind, Refusal, identify, safe_display_name, sniff


def office(part="word/document.xml", **parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def png():
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


SAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF",
    "docx": office(),
    "pptx": office("ppt/presentation.xml"),
    "xlsx": office("xl/workbook.xml"),
    "png": png(),
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 40,
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\0" * 40,
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\0" * 40,
    "txt": "三个关键数字".encode(),
    "csv": "项目,金额\n课程,1200\n".encode(),
}


def taken(content, name):
    found = identify(io.BytesIO(content), name)
    return found.key if isinstance(found, Kind) else found.code


def test_every_kind_is_taken_under_its_own_names():
    assert set(SAMPLES) == {kind.key for kind in KINDS}
    for kind in KINDS:
        for extension in kind.extensions:
            assert taken(SAMPLES[kind.key], f"成果.{extension.upper()}") == kind.key


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS])
def test_every_wrong_pair_of_name_and_content_is_refused(kind):
    lies = {extension: taken(SAMPLES[kind], f"x.{extension}") for extension in BY_EXTENSION}
    # A table of values is a text as well: only the name can tell these two apart.
    own = {"txt", "csv"} if kind in ("txt", "csv") else set(BY_EXTENSION[kind].extensions)
    assert {extension for extension, answer in lies.items() if answer == BY_EXTENSION[extension].key} == own
    assert all(lies[extension] in ("name_lies", "not_utf8") for extension in lies.keys() - own)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00", "a.exe", "unknown_kind"),
        (SAMPLES["pdf"], "handbook", "unknown_kind"),
        (b"PK\x03\x04", "a.zip", "unknown_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "markup"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "markup"),
        (b"\n <!DOCTYPE html><script>alert(1)</script>", "a.txt", "markup"),
        ("<html></html>".encode("utf-16"), "a.txt", "markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "a.csv", "markup"),
        (b"<html>", "a", "markup"),
        ("金额,1200".encode("gb18030"), "a.csv", "not_utf8"),
        (b"a\0b", "a.txt", "not_utf8"),
        ("一".encode()[:2], "a.txt", "not_utf8"),
        (b"junk %PDF-1.7", "a.pdf", "name_lies"),
        (b"MZ\x90\x00", "a.pdf", "name_lies"),
        (b"GIF89a" + b"\0" * 20, "a.png", "name_lies"),
        (SAMPLES["docx"][:-40], "a.docx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx", "locked"),
        (office(word__vbaProject="x", **{"word__vbaProject.bin": "x"}), "a.docx", "macros"),
        (office(**{"..__..__etc__passwd": "x"}), "a.docx", "bad_entry"),
        (office(__etc__passwd="x"), "a.docx", "bad_entry"),
        (office(**{"WORD__document.xml": "x"}), "a.docx", "bad_entry"),
        (office(word__big="\0" * (30 * MEGABYTE)), "a.docx", "bomb"),
        (office("other/part.xml"), "a.docx", "name_lies"),
    ],
)
def test_hostile_and_mistaken_files_are_refused_by_name(content, name, code):
    assert taken(content, name) == code


def test_a_file_just_over_its_limit_is_refused_and_just_under_it_taken():
    limit = BY_EXTENSION["txt"].largest
    assert identify(io.BytesIO(b"a" * (limit + 1)), "a.txt") == Refusal("too_big", "txt", 40)
    assert taken(b"a" * limit, "a.txt") == "txt"


def test_a_sheet_of_ordinary_size_is_no_bomb():
    rows = "".join(f"<row r='{n}'><c><v>{n * 37 % 1000}</v></c></row>" for n in range(200_000))
    assert taken(office("xl/workbook.xml", xl__worksheets__sheet1=rows), "a.xlsx") == "xlsx"


def test_an_archive_that_lies_about_a_size_is_broken():
    content = bytearray(office(word__big="x" * 100_000))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    assert taken(bytes(content), "a.docx") == "broken"


def test_entries_that_share_their_bytes_are_a_bomb():
    content = bytearray(office(word__media="0123456789" * 5000))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 20, len(content) + 1)
    assert taken(bytes(content), "a.docx") == "bomb"


def test_too_many_entries_are_a_bomb():
    parts = {f"p{n}": "" for n in range(archives.MOST_ENTRIES)}
    assert taken(office(**parts), "a.docx") == "bomb"


def test_a_locked_entry_is_said():
    content = bytearray(office())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.rindex(mark)
        content[at + offset] |= 1
    assert taken(bytes(content), "a.docx") == "locked"


@given(content=st.binary(max_size=400), extension=st.sampled_from([*BY_EXTENSION, "svg", ""]))
@settings(max_examples=300)
def test_any_bytes_get_an_answer_and_the_file_is_left_at_its_beginning(content, extension):
    stream = io.BytesIO(content)
    found = identify(stream, f"x.{extension}")
    assert isinstance(found, Kind | Refusal)
    assert stream.tell() == 0
    if isinstance(found, Kind):
        assert found == BY_EXTENSION[extension]


@given(st.integers(0, 2000), st.integers(0, 255), st.sampled_from(["docx", "pptx", "xlsx"]))
def test_a_flipped_byte_never_makes_an_office_file_crash_us(place, byte, kind):
    content = bytearray(SAMPLES[kind])
    content[place % len(content)] = byte
    assert isinstance(identify(io.BytesIO(bytes(content)), f"x.{kind}"), Kind | Refusal)


def test_the_first_bytes_tell_pictures_and_films_apart():
    assert [kind and kind.key for kind in map(sniff, (SAMPLES["png"], SAMPLES["mp4"], SAMPLES["docx"], b"text"))] == [
        "png",
        "mp4",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("业务手册 第2版.pdf", "业务手册 第2版.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\zhou\\访谈.docx", "访谈.docx"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("  .hidden.txt. ", "hidden.txt"),
        ("\0\0", "file"),
        ("..", "file"),
        ("长" * 200 + ".docx", "长" * 115 + ".docx"),
        ("长" * 200, "长" * 120),
    ],
)
def test_a_name_is_shown_without_tricks(name, shown):
    assert safe_display_name(name) == shown


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_is_safe_and_stays_so(name):
    shown = safe_display_name(name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\r\n\u202e")
    assert safe_display_name(shown) == shown
