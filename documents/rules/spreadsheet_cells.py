"""Text that goes into a spreadsheet stays text: a name that begins like a formula must not become one.

Source: security reference, part 2, abuse 5; OWASP, CSV injection.
"""

# What spreadsheet programs begin a formula with, full-width forms too, and what they swallow before one.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIRST = frozenset(DANGEROUS)  # a long export asks a million times


def harmless(text: str) -> str:
    """The text for a CSV cell: an apostrophe before what would be read as a formula, anything else as it is."""
    return f"'{text}" if text[:1] in FIRST else text
