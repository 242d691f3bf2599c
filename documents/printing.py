"""HTML to PDF, by a child process (documents/press.py) with a clock and a cap on memory.

A child and not a limit on the job: pango and fonts are native code fed with people's text, layout can loop or swallow
memory, and the child holds no database connection, no secret and no network address. It stays for the next document.
"""

import atexit
import json
import logging
import os
import select
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

logger = logging.getLogger(__name__)

SECONDS = 60  # for one document; an IDP takes half a second
START_SECONDS = 30
MOST_PDF_BYTES = 50 * 1024 * 1024
MOST_PER_CHILD = 200  # then a fresh one, whatever the libraries have hoarded


class PrintingFailed(Exception):
    """No PDF came of it. `code`: unavailable (pango is missing), time, size (or memory), layout, ended (killed)."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code} {detail}".strip())
        self.code = code


class _Child:
    """One press process and the pipes to it."""

    def __init__(self):
        if os.geteuid() == 0:
            logger.warning("printing_as_root")  # fonts and layout are native code fed with people's text
        self.folder = tempfile.TemporaryDirectory(prefix="trellis-printing-", ignore_cleanup_errors=True)
        # No variable of ours goes along: neither secrets nor addresses of servers.
        environment = {"PATH": os.defpath, "HOME": self.folder.name, "TMPDIR": self.folder.name, "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).with_name("press.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=self.folder.name,
        )
        self.printed = 0
        try:
            self.answer(time.monotonic() + START_SECONDS)
        except PrintingFailed:
            self.end()
            raise

    def ask(self, html: str, css: str, files: dict[str, bytes]) -> bytes:
        """The PDF of one request."""
        end = time.monotonic() + SECONDS
        parts = [html.encode(), css.encode(), *files.values()]
        head = {"html": len(parts[0]), "css": len(parts[1]), "files": [[name, len(body)] for name, body in files.items()]}
        line = json.dumps(head).encode()
        self.printed += 1
        self._write(b"".join([struct.pack(">I", len(line)), line, *parts]), end)
        return self.answer(end)

    def answer(self, end: float) -> bytes:
        """The body of the next answer, or PrintingFailed with what it says."""
        (size,) = struct.unpack(">I", self._read(4, end))
        head = json.loads(self._read(size, end))
        if head["size"] > MOST_PDF_BYTES:
            raise PrintingFailed("size")
        body = self._read(head["size"], end)
        if head["problem"]:
            raise PrintingFailed(head["problem"], head.get("detail", ""))
        return body

    def _write(self, message: bytes, end: float) -> None:
        pipe, view = self.process.stdin.fileno(), memoryview(message)
        os.set_blocking(pipe, False)
        while view:
            _reads, ready, _errors = select.select([], [pipe], [], max(0, end - time.monotonic()))
            if not ready:
                raise PrintingFailed("time")
            try:
                view = view[os.write(pipe, view[:65536]) :]
            except BrokenPipeError:
                raise PrintingFailed("ended") from None

    def _read(self, size: int, end: float) -> bytes:
        pipe, parts = self.process.stdout.fileno(), []
        while size:
            ready, _writes, _errors = select.select([pipe], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise PrintingFailed("time")
            part = os.read(pipe, min(size, 1 << 20))
            if not part:
                raise PrintingFailed("ended")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """Kill it: it holds nothing that could be lost."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.folder.cleanup()


_lock = threading.Lock()
_child: _Child | None = None
_of_process: int | None = None  # a forked worker must not talk to the child of its parent


def _end_child() -> None:
    global _child
    if _child is not None and _of_process == os.getpid():
        _child.end()
    _child = None


atexit.register(_end_child)


def pdf(html: str, css: str, files: dict[str, bytes] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) of a page; `files` are what it may show, by their names `trellis:…`.

    Any other address in the page, of the disk or of the network, is left out.

    Raises:
        PrintingFailed: see its codes.
    """
    global _child, _of_process
    with _lock:
        if _of_process != os.getpid():
            _child, _of_process = None, os.getpid()
        if _child is not None and (_child.printed >= MOST_PER_CHILD or _child.process.poll() is not None):
            _end_child()
        try:
            if _child is None:
                _child = _Child()
            return _child.ask(html, css, files or {})
        except PrintingFailed as problem:
            if problem.code != "layout":
                _end_child()
            if problem.code == "unavailable":
                logger.error("PDF output needs pango: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
            raise
