"""Keys under which spellings of a name meet and lists of names sort."""

import re
from collections.abc import Iterator

from newsroom.text.fold import fold
from newsroom.text.tokens import tokenize

# "Abdul Rahman", "Abd al-Rahman" and "Abdelrahman" are one name; so are «عبد الرحمن» and «عبدالرحمن».
_SERVANT_LATIN = re.compile(
    r"\babd(?:[aeu]l?)?[\s\u2010-\u2015-]*(?:(?:a[dlnrstz]|ash|[eu][lnrs])[\s\u2010-\u2015-]+|al(?=lah\b))?(?=[a-z]{3})"
)
_SERVANT_ARABIC = re.compile(r"\bعبد\s+(?=ال)")
# Before a sun letter the article is told from a word (as, an, at) by its hyphen.
_LATIN_ARTICLE = re.compile(
    r"(?<![\w'])(?:(?:al|el|ul)[\s\u2010-\u2015-]+|(?:a[dnrstz]|ash|ath|adh|e[dnrsz]|esh)-)(?=[^\W\d_])"
)
_GLUED_LATIN_ARTICLE = re.compile(r"\b([AE]l)(?=[A-Z][a-z])")
_ENGLISH_ARTICLE = re.compile(r"^the\s+(?=\w)")
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{3})")


def name_key(text: str) -> str:
    """The name without article, case, accents, hyphens and spelling habits: equal keys are one written name."""
    folded = fold(_GLUED_LATIN_ARTICLE.sub(r"\1-", text)).strip()
    folded = _LATIN_ARTICLE.sub("", _SERVANT_LATIN.sub("abd", _ENGLISH_ARTICLE.sub("", folded)))
    folded = _SERVANT_ARABIC.sub("عبد", folded)
    return " ".join(_ARABIC_ARTICLE.sub("", word) for word in _words(folded))


def sort_key(text: str) -> str:
    """What to order a list of names by: the folded name without its leading article."""
    folded = _ENGLISH_ARTICLE.sub("", fold(text).strip())
    leading = _LATIN_ARTICLE.match(folded)
    words = " ".join(_words(folded[leading.end() :] if leading else folded))
    return _ARABIC_ARTICLE.sub("", words)


def _words(folded: str) -> Iterator[str]:
    for token in tokenize(folded):
        if word := token.text.replace("'", "").replace("`", "").replace(".", ""):
            yield word
