"""What the tests of answers share: an imported article, what is suggested of it, and an answer."""

from articles.importing.cuts import find_cuts
from articles.importing.paragraphs import body_from_raw
from articles.suggestions.gathered import gather
from tests.builders import an_article

RAW = "شارك المقال:\nقالت سلمى الكاتبي إن الجسر القديم أغلق مساء الثلاثاء.\nنشر في 3.4.2019\nوعاد العمال إلى الجسر صباحاً.\nزر الذهاب إلى الأعلى"


def an_imported_article(**facts):
    cuts = find_cuts(RAW)
    return an_article(
        raw_text=RAW, cuts=[cut.as_json() for cut in cuts], body_ar=body_from_raw(RAW, cuts), **facts
    )


def suggested(article, kind, user=None):
    return gather(article, user=user).of(kind)


def answer(how, article, one, user, **more):
    article.refresh_from_db()
    return how(article, one.key, version=article.version, by=user, **more)
