"""Pictures drawn anew before they are kept: no place they were taken at, no second file behind their end."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from documents.rules import file_kinds

MOST_PIXELS = 24_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
SAVE_OPTIONS = {"png": {"optimize": False}, "jpg": {"quality": 90}, "webp": {"quality": 90}}


def redrawn(upload: File, kind: str) -> File:
    """The picture drawn anew, `kind` being a key of FORMATS.

    Raises:
        ValidationError: "too_many_pixels" or "broken".
    """
    try:
        with Image.open(upload, formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            upright = ImageOps.exif_transpose(picture)
            if kind == "jpg" and upright.mode not in ("RGB", "L"):
                upright = upright.convert("RGB")
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                clean.putpalette(upright.getpalette())
            clean.paste(upright)
            transparency = {"transparency": upright.info["transparency"]} if kind == "png" and "transparency" in upright.info else {}
            drawn = BytesIO()
            clean.save(drawn, FORMATS[kind], **SAVE_OPTIONS[kind], **transparency)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        message = _("This picture has too many pixels. Make it smaller; 24 million, 6000 × 4000, is the most.")
        raise ValidationError(message, code="too_many_pixels") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as broken:
        raise ValidationError(str(file_kinds.MESSAGES["broken"]), code="broken") from broken
    return ContentFile(drawn.getvalue())
