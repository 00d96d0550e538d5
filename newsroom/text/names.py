"""Keys under which spellings of a name meet and lists of names sort."""

import re

from newsroom.text.fold import fold
from newsroom.text.tokens import tokenize

# "Abdul Rahman", "Abd al-Rahman" and "Abdelrahman" are one name; so are «عبد الرحمن» and «عبدالرحمن».
_SERVANT_LATIN = re.compile(r"\babd(?:[aeu]l?)?[\s-]*(?:[aeu][a-z]{1,2}[\s-]+)?(?=[a-z]{3})")
_SERVANT_ARABIC = re.compile(r"\bعبد\s+(?=ال)")
# The article before a sun letter is told from a word by its hyphen.
_LATIN_ARTICLE = re.compile(r"(?<![a-z])(?:(?:al|el|ul)[\s-]+|(?:a[dnrstz]|ash|ath|adh|es|er|en|ed|ez|esh)-)(?=[a-z])")
_GLUED_ARTICLE = re.compile(r"\b([AE]l)(?=[A-Z][a-z])")
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{3})")


def name_key(text: str) -> str:
    """The name without article, case, accents, hyphens and spelling habits: equal keys are the same written name."""
    folded = fold(_GLUED_ARTICLE.sub(r"\1-", text))
    folded = _LATIN_ARTICLE.sub("", _SERVANT_LATIN.sub("abd", folded))
    folded = _SERVANT_ARABIC.sub("عبد", folded)
    words = (token.text.replace("'", "").replace("`", "").replace(".", "") for token in tokenize(folded))
    return " ".join(_ARABIC_ARTICLE.sub("", word) for word in words if word)


def sort_key(text: str) -> str:
    """What to order a list of names by: the folded name without its leading article."""
    folded = _LATIN_ARTICLE.sub("", fold(text).strip(), count=1) if _LATIN_ARTICLE.match(fold(text).strip()) else fold(text)
    words = " ".join(token.text for token in tokenize(folded))
    return _ARABIC_ARTICLE.sub("", words)
