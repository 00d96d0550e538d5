"""Two people at one record, in any order of opening, typing, restoring and saving: no word goes unseen by its author."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from tests.builders import a_person, an_article
from tests.integration.desk.editor import Editor, Page, a_user
from tests.integration.desk.test_conflicts import change

pytestmark = pytest.mark.django_db

HEADLINE, BODY, ROW = "headline_en", "body_en", "row"
START = "start0.\n\nstart1.\n\nstart2."
MOVES = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["open", "type", "type", "type", "save", "save", "draft", "choose"]),
        st.sampled_from([HEADLINE, BODY, BODY, ROW]),
        st.integers(0, 2),
    ),
    min_size=5,
    max_size=14,
)
WORD = re.compile(r"(?:start|typed)\d+")


class Author:
    """One of the two: their page, what they typed into it, and every word that they were shown."""

    def __init__(self, name: str, article: Article) -> None:
        self.editor, self.article = Editor(a_user("editor", username=name)), article
        self.typed: dict[str, str] = {}
        self.seen: set[str] = set()
        self.show(self.editor.open(change(article)))

    def show(self, page: Page) -> None:
        self.page, self.form, self.typed = page, page.form, {}
        self.seen |= set(WORD.findall(html.unescape(re.sub("</?(?:ins|del)>", "", page.text))))

    def type(self, where: str, paragraph: int, word: str) -> None:
        """Set the headline, add a word to a paragraph of the body, or add a row."""
        if where == ROW:
            total = int(self.typed.get("mentions-TOTAL_FORMS", self.form["mentions-TOTAL_FORMS"]))
            person = a_person(name_en=word)
            row = {
                "TOTAL_FORMS": str(total + 1),
                f"{total}-person": str(person.pk),
                f"{total}-state": "confirmed",
            }
            self.typed |= {f"mentions-{name}": value for name, value in row.items()}
        elif where == HEADLINE:
            self.typed[HEADLINE] = word
        else:
            body = self.typed.get(BODY, self.form[BODY]).replace("\r\n", "\n").split("\n\n")
            place = min(paragraph, len(body) - 1)
            body[place] += f" {word}."
            self.typed[BODY] = "\n\n".join(body)

    def choose(self, where: str, which: int) -> None:
        """Press the button of a field in which two texts differ."""
        found = re.search('<script id="desk-settable" type="application/json">(.*?)</script>', self.page.text)
        choices = json.loads(found[1]).get(where, {}).get("choices", {}) if found else {}
        if values := choices.get(["mine", "theirs", "both"][which]):
            self.typed[where] = values[0]

    def send(self, **more: str) -> int:
        answer = self.editor.send(self.page, self.typed | more)
        if answer.status == 200 and not more:
            answer = self.editor.open(change(self.article))
            self.show(answer)
            return 200
        self.show(answer)
        return answer.status


def stored_words(article: Article) -> set[str]:
    stored = Article.objects.get(pk=article.pk)
    names = stored.mentions.values_list("person__name_en", flat=True)
    return set(WORD.findall(" ".join([stored.headline_en, stored.body_en, *names])))


def ever_stored(article: Article) -> set[str]:
    rows = article.history.values_list(HEADLINE, BODY)
    return set(WORD.findall(" ".join(text or "" for row in rows for text in row)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_order_of_opening_typing_and_saving_loses_a_word(moves, db):
    with transaction.atomic():
        article = an_article(headline_en="start9", body_en=START)
        play(article, [Author("mona", article), Author("karim", article)], moves)
        transaction.set_rollback(True)


def play(article: Article, authors: list[Author], moves: list[tuple[int, str, str, int]]) -> None:
    for number, (who, move, where, place) in enumerate(moves):
        author = authors[who]
        if move == "open" and not author.typed:
            author.show(author.editor.open(change(article)))
        elif move == "type":
            author.type(where, place, f"typed{number}")
        elif move == "choose" and where != ROW:
            author.choose(where, place)
        elif move in {"save", "draft"}:
            send(article, author, is_draft=move == "draft")


def send(article: Article, author: Author, *, is_draft: bool) -> None:
    before, seen = stored_words(article), set(author.seen)
    sent = dict(author.typed)
    status = author.send(**({"_restore_draft": "1", "desk_draft": "abcdefgh1234"} if is_draft else {}))
    after = stored_words(article)
    # What a save takes away was before the eyes of whoever took it away, and stays in the history.
    assert before - after <= seen
    if status == 409 or is_draft:
        # Nothing is written, and every word that was sent is in the form again, or shown beside it.
        assert after == before
        words = set(WORD.findall(" ".join(text for name, text in sent.items() if name in {HEADLINE, BODY})))
        assert words <= author.seen
        shown = " ".join(author.form.get(name, "") for name in (HEADLINE, BODY))
        assert words <= set(WORD.findall(shown))
        people = [value for name, value in sent.items() if name.endswith("-person")]
        assert set(people) <= {value for name, value in author.form.items() if name.endswith("-person")}
    else:
        assert status == 200
        words = set(WORD.findall(" ".join(text for name, text in sent.items() if name in {HEADLINE, BODY})))
        assert words <= after
        assert words <= ever_stored(article)
