"""Loading the demo newsroom: all of it or nothing, once, and the same on every machine."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from articles.choices import (
    AppearanceKind,
    Certainty,
    CorrectionKind,
    DateBasis,
    Status,
    SuggestionState,
    Verdict,
)
from articles.demo.content import Chain, Content, Row, chain_of, demo_public_id, known_date, read
from articles.models import (
    Appearance,
    Article,
    Assessment,
    Claim,
    ClaimRelation,
    Correction,
    Mention,
    Outlet,
    OutletDomain,
    OutletName,
    Source,
    Term,
)
from articles.workflow import place_quote
from newsroom.text.dates import DatePrecision
from newsroom.text.languages import LANGUAGES
from people.models import Name, Organisation, Person, Position

# When everything that has no moment of its own was made.
FOUNDED_AT = datetime.datetime(2020, 8, 1, 9, tzinfo=datetime.UTC)

type Named = Person | Organisation | Outlet


@transaction.atomic
def load(*, by: Any = None) -> dict[type[models.Model], int]:
    """Load the demo content in the name of a user; returns how many records of each model were made.

    Where it was loaded before nothing happens, whatever has been edited or deleted in the meantime.
    """
    content = read()
    if _was_loaded(content):
        return {}
    return _Loader(content, by).load()


def _was_loaded(content: Content) -> bool:
    # The history remembers what was deleted since, which must not come back.
    ids = [demo_public_id("outlet", key) for key in content.outlets]
    return Outlet.history.filter(public_id__in=ids).exists()


class _Loader:
    def __init__(self, content: Content, by: Any) -> None:
        self.content = content
        self.by = by
        self.people: dict[str, Person] = {}
        self.organisations: dict[str, Organisation] = {}
        self.outlets: dict[str, Outlet] = {}
        self.articles: dict[str, Article] = {}
        self.claims: dict[str, Claim] = {}
        self.made: dict[type[models.Model], int] = {}

    def load(self) -> dict[type[models.Model], int]:
        for key, row in self.content.organisations.items():
            self._organisation(key, row)
        for key, row in self.content.people.items():
            self._person(key, row)
        for key, row in _parents_first(self.content.outlets, "parent"):
            self._outlet(key, row)
        for key, row in _parents_first(self.content.articles, "copy_of"):
            self._article(key, row)
        for key, row in self.content.claims.items():
            self._claim(key, row)
        for row in self.content.relations:
            self._relation(row)
        for key, row in self.content.terms.items():
            self._term(key, row)
        return self.made

    def _term(self, key: str, row: Row) -> None:
        term = Term(public_id=demo_public_id("term", key), note=row.get("note", ""))
        for language in LANGUAGES:
            preferred, *further = row[language]
            setattr(term, f"term_{language}", preferred)
            setattr(term, f"further_words_{language}", "\n".join(further))
        self._make(term)

    def _named(self, key: str) -> Named:
        return self.people.get(key) or self.organisations.get(key) or self.outlets[key]

    def _make[Record: models.Model](self, record: Record, *, at: datetime.datetime = FOUNDED_AT) -> Record:
        """Save a new record as if it had been saved at that moment, its history row too."""
        record._history_date = at
        record._history_user = self.by
        record.save()
        model = type(record)
        moments = {field.name for field in model._meta.fields} & {"created_at", "updated_at"}
        if moments:
            # save() has written today's date into both.
            model._base_manager.filter(pk=record.pk).update(**dict.fromkeys(moments, at))
        self.made[model] = self.made.get(model, 0) + 1
        return record

    def _organisation(self, key: str, row: Row) -> None:
        organisation = Organisation(kind=row["kind"], **_named_columns("organisation", key, row))
        self.organisations[key] = self._make(organisation)
        self._names(row, organisation=organisation)

    def _person(self, key: str, row: Row) -> None:
        person = Person(
            **_named_columns("person", key, row),
            **_texts(row, "biography"),
            **_date(row, "born"),
            **_date(row, "died"),
        )
        self.people[key] = self._make(person)
        self._names(row, person=person)
        for office in row.get("positions", []):
            position = Position(
                person=person,
                organisation=self.organisations.get(office.get("organisation", "")),
                **_texts(office, "title"),
                **_date(office, "started"),
                **_date(office, "ended"),
            )
            self._make(position)

    def _names(self, row: Row, **owner: Named) -> None:
        for kind, texts in row.get("names", {}).items():
            for language, names in texts.items():
                for text in names:
                    self._make(Name(text=text, language=language, kind=kind, **owner))

    def _outlet(self, key: str, row: Row) -> None:
        outlet = Outlet(
            kind=row["kind"],
            languages=row["languages"],
            homepage=row.get("homepage", ""),
            parent=self.outlets.get(row.get("parent", "")),
            **_named_columns("outlet", key, row),
        )
        self.outlets[key] = self._make(outlet)
        for language, names in row.get("names", {}).items():
            for text in names:
                self._make(OutletName(outlet=outlet, text=text, language=language))
        for domain in row.get("domains", []):
            self._make(OutletDomain(outlet=outlet, domain=domain))

    def _article(self, key: str, row: Row) -> None:
        corrections = row.get("corrections", [])
        at = _last(row.get("publish_at"), row.get("withdrawn_at"), *(each["made_at"] for each in corrections))
        article = Article(
            public_id=demo_public_id("article", key),
            external_id=f"demo/{key}",
            outlet=self.outlets.get(row.get("outlet", "")),
            copy_of=self.articles.get(row.get("copy_of", "")),
            **_article_columns(row),
        )
        self.articles[key] = self._make(article, at=at)
        for state, keys in row.get("mentions", {}).items():
            for mentioned in keys:
                named = self._named(mentioned)
                mention = Mention(article=article, state=SuggestionState(state))
                setattr(mention, _kind(named), named)
                self._make(mention)
        for correction in corrections:
            self._make(
                Correction(
                    article=article,
                    kind=CorrectionKind(correction["kind"]),
                    made_at=correction["made_at"],
                    made_by=self.by,
                    **_texts(correction, "text"),
                )
            )

    def _claim(self, key: str, row: Row) -> None:
        status = Status(row.get("status", Status.PUBLISHED))
        articles = [self.articles[telling["article"]] for telling in row["told"]]
        # A claim comes to the readers with the first article that tells it.
        publish_at = min((article.publish_at for article in articles if article.publish_at), default=None)
        assessed = sorted(row.get("assessed", []), key=lambda assessment: assessment["at"])
        at = _last(publish_at, *(assessment["at"] for assessment in assessed))
        claim = Claim(
            public_id=demo_public_id("claim", key),
            external_id=f"demo/{key}",
            original_language=_first_language(row, articles[0]),
            status=status,
            publish_at=publish_at if status == Status.PUBLISHED else None,
            verdict=Verdict(assessed[-1]["verdict"]) if assessed else Verdict.UNVERIFIED,
            **_texts(row, "statement"),
            **_texts(row, "context"),
            **_date(row, "occurred"),
        )
        self.claims[key] = self._make(claim, at=at)
        claim.people.set(self.people[person] for person in row.get("people", []))
        claim.organisations.set(self.organisations[body] for body in row.get("organisations", []))
        for telling, article in zip(row["told"], articles, strict=True):
            self._telling(claim, article, telling, at=at)
        for assessment in assessed:
            self._make(
                Assessment(
                    claim=claim,
                    verdict=Verdict(assessment["verdict"]),
                    assessed_by=self.by,
                    assessed_at=assessment["at"],
                    **_texts(assessment, "rationale"),
                )
            )

    def _telling(self, claim: Claim, article: Article, row: Row, *, at: datetime.datetime) -> None:
        language, quote = next(iter(row.get("quote", {}).items()), ("", ""))
        appearance = Appearance(
            claim=claim,
            article=article,
            kind=AppearanceKind(row.get("kind", AppearanceKind.PARAPHRASE)),
            certainty=Certainty(row.get("certainty", Certainty.REPORTED)),
            quote_language=language,
            quote_exact=quote,
        )
        place_quote(appearance, article)
        self._make(appearance, at=at)
        self._chain(appearance, chain_of(row), at=at)

    def _chain(self, appearance: Appearance, chain: Chain, *, at: datetime.datetime) -> None:
        for number, step in enumerate(chain, start=1):
            for row in step:
                source = Source(appearance=appearance, step=number, **_texts(row, "role"))
                if unnamed := self.content.sources.get(row["key"]):
                    for language in LANGUAGES:
                        setattr(source, f"description_{language}", unnamed[language])
                    source.is_document = unnamed.get("document", False)
                else:
                    named = self._named(row["key"])
                    setattr(source, _kind(named), named)
                self._make(source, at=at)

    def _relation(self, row: Row) -> None:
        self._make(
            ClaimRelation(
                claim=self.claims[row["claim"]],
                other=self.claims[row["other"]],
                type=row["type"],
                aspect=row.get("aspect", ""),
                state=SuggestionState(row.get("state", SuggestionState.CONFIRMED)),
                **_texts(row, "note"),
            )
        )


def _parents_first(rows: dict[str, Row], parent: str) -> Iterable[tuple[str, Row]]:
    """The rows, those that others lean on before the others; one step of leaning is all there is."""
    return sorted(rows.items(), key=lambda item: parent in item[1])


def _kind(named: Named) -> str:
    return named._meta.model_name or ""


def _named_columns(kind: str, key: str, row: Row) -> Row:
    return {
        "public_id": demo_public_id(kind, key),
        "country": row.get("country", ""),
        "wikidata_id": row.get("wikidata_id", ""),
        **_texts(row, "name"),
        **_texts(row, "description"),
    }


def _article_columns(row: Row) -> Row:
    published_at = row.get("published_at")
    return {
        "original_language": row["original_language"],
        "status": Status(row["status"]),
        "publish_at": row.get("publish_at"),
        "withdrawn_at": row.get("withdrawn_at"),
        **_texts(row, "withdrawal_reason"),
        "url": row.get("url", ""),
        "byline": row.get("byline", ""),
        "published_at": published_at,
        "published_precision": row.get("published_precision", DatePrecision.DAY) if published_at else "",
        "published_basis": row.get("published_basis", DateBasis.STATED) if published_at else "",
        **{
            f"{field}_{language}": row.get(language, {}).get(field, "")
            for language in LANGUAGES
            for field in ("headline", "standfirst", "body")
        },
    }


def _texts(row: Row, field: str) -> dict[str, str]:
    """Both language columns of the field, empty where the row has none."""
    return {f"{field}_{language}": row.get(f"{field}_{language}", "") for language in LANGUAGES}


def _date(row: Row, field: str) -> Row:
    day, precision = known_date(row.get(field, ""))
    return {f"{field}_on": day, f"{field}_precision": precision}


def _first_language(row: Row, article: Article) -> str:
    """The language of the first quote, or else of the first article."""
    return next(
        (language for telling in row["told"] for language in telling.get("quote", {})),
        article.original_language,
    )


def _last(*moments: datetime.datetime | None) -> datetime.datetime:
    """The latest of the moments; what lies beyond the demo's own years (an embargo) is none."""
    return max(
        (moment for moment in moments if moment and moment.year < 2030),
        default=FOUNDED_AT,
    )
