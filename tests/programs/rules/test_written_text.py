"""Texts of a template as paragraphs and lists."""

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.written_text import Block, blocks


def test_lines_with_a_dash_are_a_list_and_the_rest_paragraphs():
    assert blocks("Before\n- one\n-  two\n\nBetween\nAfter\n- three") == [
        Block(False, ("Before",)),
        Block(True, ("one", "two")),
        Block(False, ("Between",)),
        Block(False, ("After",)),
        Block(True, ("three",)),
    ]


@given(st.text())
def test_no_word_is_lost(text):
    said = " ".join(line for block in blocks(text) for line in block.lines)
    assert set(text.replace("-", " ").split()) == set(said.replace("-", " ").split())
