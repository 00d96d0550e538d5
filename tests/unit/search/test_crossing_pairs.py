"""Which words of two languages are taken for one: those nearer to each other than they are to anything."""

from articles.search import crossing
from articles.search.crossing import _pairs, _stems, sounding
from newsroom.text.arabic import without_prefix
from newsroom.text.skeleton import word_keys


def test_a_word_that_lies_near_everything_means_nothing():
    near = {
        "en": {0: [(0.9, 0), (0.2, 1)], 1: [(0.8, 0), (0.79, 1)]},
        "ar": {0: [(0.9, 0), (0.8, 1)], 1: [(0.79, 1), (0.8, 0)]},
    }

    pairs = _pairs(near)

    assert pairs["en"] == {0: [0]}


def test_what_is_far_in_itself_means_nothing_however_far_all_else_is():
    near = {"en": {0: [(0.4, 0), (0.0, 1)]}, "ar": {0: [(0.4, 0)], 1: [(0.0, 0)]}}

    assert _pairs(near) == {"en": {}, "ar": {}}


def test_a_stem_is_encoded_as_its_shortest_form_that_is_written_often():
    counts = {"المدرسة": 10, "مدرسة": 5, "والمدرسة": 7}

    assert list(_stems(counts, "ar").values()) == ["مدرسة"]


def test_short_words_have_no_sound_of_their_own():
    assert word_keys("nato") == frozenset()
    assert word_keys("fresno") & word_keys("فريسنو")


def test_what_sounds_much_less_like_a_word_than_the_likeliest_is_another_word(tmp_path, settings):
    in_use = ("الكاظمي", "للكاظمي", "قديم", "القدامى")
    heard: dict[str, list[str]] = {}
    for word in in_use:
        for key in word_keys(without_prefix(word)):
            heard.setdefault(key, []).append(word)
    settings.SEARCH_INDEX_DIR = tmp_path
    crossing._file.write("made up", {"meanings": {}, "heard": {"ar": heard}})

    assert set(sounding("kadhimi", "en")) == {"كاظم"}
