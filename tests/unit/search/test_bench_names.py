"""The bench of names: what it reads, and what it says of names that sound alike and of those that do not."""

import pytest

from articles.bench.names import BadNamesFile, measure, read_names


def test_names_are_read_without_their_heading(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text("english\tarabic\nMerkel\tميركل\n\nObama\tأوباما\n", encoding="utf-8")

    assert read_names(file) == [("Merkel", "ميركل"), ("Obama", "أوباما")]


def test_a_line_that_is_no_pair_is_named(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text("Merkel\tميركل\nObama\n", encoding="utf-8")

    with pytest.raises(BadNamesFile, match="line 2"):
        read_names(file)


def test_each_direction_is_measured():
    pairs = [("Merkel", "ميركل"), ("Obama", "أوباما"), ("Chirac", "غيره")]

    for report in measure(pairs):
        assert report.names == len(report.seconds) == 3
        assert report.recall_at_1 == report.compared == pytest.approx(2 / 3)
