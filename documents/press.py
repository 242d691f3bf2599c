"""The printing press: a process of its own that turns HTML into PDF. Run as a script; it knows no Django and no database.

It reads requests on standard input and answers on standard output, one after the other, until its input ends. What it
prints comes with the request: it opens no address, and no file but its fonts. Memory is capped, the caller holds the clock.
"""

import json
import os
import resource
import struct
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

MEMORY_BYTES = 1 << 30  # address space; an IDP takes a third of it
SCHEME = "trellis:"
# Family names of the style sheets, the files of the two font packages, and which face of a collection is Chinese.
FACES = (("Trellis Sans", "sans", None), ("Trellis Serif", "serif", None), ("Trellis Wide", "wide", 2))


def font_files() -> dict[str, Path]:
    """Where the font packages keep their files."""
    import noto_cjk_sans_otc
    import pylopdf_fonts_zh_cn

    return {
        "sans": Path(pylopdf_fonts_zh_cn.sans_path()),
        "serif": Path(pylopdf_fonts_zh_cn.serif_path()),
        "wide": Path(noto_cjk_sans_otc.FONT_PATH),
    }


def fonts_configuration(cache: Path) -> str:
    """A fontconfig of our own: the three faces under our names, and no font of the machine.

    Not by @font-face, which copies 40 MB of fonts into a temporary folder per process and cannot name one face of a collection.
    """
    files = font_files()
    folders = sorted({str(path.parent) for path in files.values()})
    matches = [
        '<match target="scan">'
        f'<test name="file" compare="eq"><string>{escape(str(files[key]))}</string></test>'
        + (f'<test name="index" compare="eq"><int>{face}</int></test>' if face is not None else "")
        + f'<edit name="family" mode="prepend"><string>{family}</string></edit></match>'
        for family, key, face in FACES
    ]
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        + "".join(f"<dir>{escape(folder)}</dir>" for folder in folders)
        + f"<cachedir>{escape(str(cache))}</cachedir>{''.join(matches)}</fontconfig>"
    )


def _read(stream, size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _answer(stream, head: dict, body: bytes = b"") -> None:
    line = json.dumps(head | {"size": len(body)}).encode()
    stream.write(struct.pack(">I", len(line)) + line + body)
    stream.flush()


class Press:
    """WeasyPrint with one font configuration, and each style sheet read once."""

    def __init__(self, folder: Path):
        configuration = folder / "fonts.conf"
        configuration.write_text(fonts_configuration(folder), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        import weasyprint  # here: it loads pango, which a machine may lack, and reads the font configuration made above
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class OnlyOurs(URLFetcher):
            """Answers names that came with the request; any address of the outside world or the disk is refused."""

            files: dict[str, bytes] = {}

            def fetch(self, url, headers=None):
                if not url.startswith(SCHEME) or url not in self.files:
                    raise ValueError("not ours")
                return URLFetcherResponse(url, self.files[url])

        self.weasyprint, self.fonts, self.fetcher, self.sheets = weasyprint, FontConfiguration(), OnlyOurs(), {}

    def sheet(self, css: str):
        """A style sheet, read once per process."""
        if css not in self.sheets:
            self.sheets[css] = self.weasyprint.CSS(string=css, font_config=self.fonts, url_fetcher=self.fetcher)
        return self.sheets[css]

    def print(self, html: str, css: str, files: dict[str, bytes]) -> bytes:
        """One PDF, tagged for readers of screens."""
        self.fetcher.files = files
        page = self.weasyprint.HTML(string=html, url_fetcher=self.fetcher, base_url=None)
        return page.write_pdf(stylesheets=[self.sheet(css)], font_config=self.fonts, pdf_variant="pdf/ua-1")


def serve(source, sink) -> None:
    """Answer requests until the input ends: a head (JSON: html, css, files with their sizes), then the bytes in that order."""
    with tempfile.TemporaryDirectory(prefix="trellis-press-", ignore_cleanup_errors=True) as folder:
        try:
            press = Press(Path(folder))
        except (ImportError, OSError):
            _answer(sink, {"problem": "unavailable"})
            return
        _answer(sink, {"problem": ""})
        _serve(press, source, sink)


def _serve(press: Press, source, sink) -> None:
    while True:
        try:
            (size,) = struct.unpack(">I", _read(source, 4))
            head = json.loads(_read(source, size))
            html, css = (_read(source, head[part]).decode() for part in ("html", "css"))
            files = {name: _read(source, length) for name, length in head["files"]}
        except EOFError:
            return
        try:
            pdf = press.print(html, css, files)
        except MemoryError:
            _answer(sink, {"problem": "size"})
            return
        except Exception as problem:
            _answer(sink, {"problem": "layout", "detail": type(problem).__name__})
        else:
            _answer(sink, {"problem": ""}, pdf)


def main() -> None:
    """Keep standard output for answers: libraries that print something speak to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
