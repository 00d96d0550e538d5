"""Records for tests: valid with nothing given, so that a test names only the facts that matter."""

import datetime
from itertools import count
from typing import Any

from articles.choices import DateBasis, QuoteState, Status
from articles.models import Appearance, Article, Claim, Outlet, Source, Term
from articles.quotes import anchor
from newsroom.text.dates import DatePrecision
from people.models import Organisation, Person

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
ONE_SECOND = datetime.timedelta(seconds=1)

_number = count(1)


def an_outlet(**facts: Any) -> Outlet:
    return Outlet.objects.create(**{"name_ar": f"صحيفة {next(_number)}", **facts})


def a_person(**facts: Any) -> Person:
    return Person.objects.create(**{"name_ar": f"شخص {next(_number)}", **facts})


def an_organisation(**facts: Any) -> Organisation:
    return Organisation.objects.create(**{"name_ar": f"هيئة {next(_number)}", **facts})


def an_article(*, outlet: Outlet | None = None, **facts: Any) -> Article:
    """A draft in Arabic; a date of the outlet's is taken as stated to the day."""
    if facts.get("published_at"):
        facts = {"published_precision": DatePrecision.DAY, "published_basis": DateBasis.STATED, **facts}
    return Article.objects.create(
        **{
            "outlet": outlet,
            "headline_ar": f"عنوان {next(_number)}",
            "body_ar": "فقرة أولى.\n\nفقرة ثانية.",
            **facts,
        }
    )


def a_claim(**facts: Any) -> Claim:
    return Claim.objects.create(**{"statement_ar": f"قول {next(_number)}", **facts})


def a_term(arabic: str = "", english: str = "", **facts: Any) -> Term:
    """A term of the glossary: the first line of each language is the term, those below are its further words."""
    words = {"ar": arabic or f"مصطلح {next(_number)}", "en": english or f"term {next(_number)}"}
    for language, lines in words.items():
        facts[f"term_{language}"], _line, facts[f"further_words_{language}"] = lines.partition("\n")
    return Term.objects.create(**facts)


def a_public_article(**facts: Any) -> Article:
    """An article any reader may open from noon on."""
    return an_article(**{"status": Status.PUBLISHED, "publish_at": NOON, **facts})


def a_public_claim(**facts: Any) -> Claim:
    """A claim any reader may open from noon on."""
    return a_claim(**{"status": Status.PUBLISHED, "publish_at": NOON, **facts})


def a_telling(
    claim: Claim, article: Article, *chain: Any, quote: str = "", language: str = "ar", **facts: Any
) -> Appearance:
    """An appearance of the claim; each item of the chain is a step: a source, or a list of sources side by side.

    A source is an outlet, a person, an organisation, or a text, which describes an unnamed one in Arabic.
    """
    if quote:
        place = anchor(getattr(article, f"body_{language}"), quote)
        assert place.state == QuoteState.ANCHORED, f"“{quote}” is not in the body"
        facts = {
            "quote_language": language,
            "quote_exact": quote,
            "quote_prefix": place.prefix,
            "quote_suffix": place.suffix,
            "quote_start": place.start,
            "quote_state": place.state,
            **facts,
        }
    appearance = Appearance.objects.create(claim=claim, article=article, **facts)
    for number, step in enumerate(chain, start=1):
        for source in step if isinstance(step, list) else [step]:
            named = (
                {"description_ar": source} if isinstance(source, str) else {source._meta.model_name: source}
            )
            Source.objects.create(appearance=appearance, step=number, **named)
    return appearance
