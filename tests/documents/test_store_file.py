"""Taking in files: what is kept, what is refused, and whose it becomes."""

import hashlib
import io
import re
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.actions import store_file
from documents.models import StoredFile
from organizations.models import AuditEvent
from organizations.vocabulary import SubjectKind

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b6b50").save(out, kind, **options)
    return out.getvalue()


def docx(part: str = "word/document.xml", text: bytes = b"<w/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, text)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-lies")


def bytes_of(file: StoredFile) -> bytes:
    with default_storage.open(file.key) as content:
        return content.read()


def test_a_file_keeps_its_bytes_under_a_random_name_in_its_organizations_folder(cast):
    file = store_file.store(upload("../培训\r\n方案.pdf", PDF), about=cast.organization, by=cast.trainee)

    assert bytes_of(file) == PDF
    assert re.fullmatch(rf"{cast.organization.pk}/[A-Za-z0-9_-]{{32}}", file.key)
    assert (file.name, file.kind, file.size, file.sha256) == ("培训 方案.pdf", "pdf", len(PDF), hashlib.sha256(PDF).hexdigest())
    assert (file.subject_kind, file.subject_id, file.uploaded_by) == (SubjectKind.ORGANIZATION, cast.organization.pk, cast.trainee)
    assert [(e.action, e.subject_label) for e in AuditEvent.objects.all()] == [("file_uploaded", "培训 方案.pdf")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leer.pdf", b"", "empty"),
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", "markup"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "markup"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "markup"),
        ("page.html", b"<p>hello", "markup"),
        ("report.docx", PDF, "name_lies"),
        ("report.pdf", picture(), "name_lies"),
        ("report.pdf", docx(), "name_lies"),
        ("photo.png", picture("JPEG"), "name_lies"),
        ("sheet.xlsx", docx(), "name_lies"),
        ("tool.exe", b"MZ" + b"\0" * 100, "unknown_kind"),
        ("noname", PDF, "unknown_kind"),
        ("notes.txt", "笔记".encode("gbk"), "not_utf8"),
        ("photo.jpg", picture()[:200], "broken"),
        ("report.docx", docx()[:60], "broken"),
        ("bomb.docx", docx(text=b"\0" * 60_000_000), "bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of a zip hold the time: names would differ between workers
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(cast, name, content, code):
    with pytest.raises(ValidationError) as refusal:
        store_file.take_in(upload(name, content), by=cast.trainee)

    assert refusal.value.code == code
    assert StoredFile.objects.count() == 0
    assert not default_storage.exists(str(cast.organization.pk)) or default_storage.listdir(str(cast.organization.pk))[1] == []


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(cast):
    big = io.BytesIO()
    Image.new("1", (9000, 9000)).save(big, "PNG")

    with pytest.raises(ValidationError) as refusal:
        store_file.take_in(upload("big.png", big.getvalue()), by=cast.trainee)

    assert (refusal.value.code, len(big.getvalue()) < 20_000) == ("too_many_pixels", True)


def test_a_picture_is_drawn_anew_without_where_it_was_taken_or_what_hides_behind_it(cast):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6  # lies on its side
    sent = picture("JPEG", exif=exif, comment=b"secret") + b"<script>alert(1)</script>"

    kept = bytes_of(store_file.take_in(upload("photo.jpg", sent), by=cast.trainee))

    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((20, 40), {})
    assert not any(trace in kept for trace in (b"secret", b"script", b"home"))


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "L", "1", "I;16"])
def test_pictures_of_every_kind_of_colour_are_kept(cast, mode):
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")

    kept = bytes_of(store_file.take_in(upload("p.png", out.getvalue()), by=cast.trainee))

    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (8, 8)


def test_a_form_that_is_saved_takes_its_files_over(cast):
    first = store_file.take_in(upload("a.pdf", PDF), by=cast.trainee)
    second = store_file.take_in(upload("b.pdf", PDF), by=cast.trainee)
    assert (first.subject_kind, first.subject_id) == (SubjectKind.MEMBER, cast.trainee.pk)

    attached = store_file.attach([second.code, first.code], about=cast.organization, by=cast.trainee)

    assert [(file.name, file.subject_kind) for file in attached] == [("b.pdf", "organization"), ("a.pdf", "organization")]
    # Whoever saves the same row again, a colleague perhaps, keeps what is there.
    again = store_file.attach([first.code], about=cast.organization, by=cast.mentor)
    assert [file.pk for file in again] == [first.pk]


def test_a_file_of_a_submission_stays_with_it(cast):
    file = store_file.take_in(upload("a.pdf", PDF), by=cast.trainee)
    StoredFile.objects.update(subject_kind=SubjectKind.SUBMISSION, subject_id=7)

    attached = store_file.attach([file.code], about=cast.organization, by=cast.trainee)

    assert [(each.subject_kind, each.subject_id) for each in attached] == [("submission", 7)]


def test_nobody_attaches_a_strangers_file(cast):
    file = store_file.take_in(upload("a.pdf", PDF), by=cast.peer)

    for code in (file.code, "no-such-code"):
        with pytest.raises(ValidationError) as refusal:
            store_file.attach([code], about=cast.organization, by=cast.trainee)
        assert refusal.value.code == "unknown_file"
