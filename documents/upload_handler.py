"""Receiving files: never more on disk than the largest kind may have, however much is sent."""

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from documents.rules.file_kinds import LARGEST

# Of all files of one request together. Beyond it nothing more is read.
MOST_BYTES = 4 * LARGEST


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps one byte more than any kind may have, enough to say "too big", and drops the rest as it comes."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        room = LARGEST + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int):
        return super().file_complete(min(file_size, LARGEST + 1))
