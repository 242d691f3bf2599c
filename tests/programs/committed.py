"""The cast with everything committed: for tests in which another connection or process looks on."""

from tests.cast import Cast, make_cast


def committed_cast() -> Cast:
    """The people of tests/cast.py, for tests marked transactional. Open the tenant for each block of reads and writes."""
    return make_cast()
