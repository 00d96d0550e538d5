from articles.models.article import Article, Correction, Mention
from articles.models.claim import Appearance, Assessment, Claim, ClaimRelation, Source
from articles.models.merge import Merge
from articles.models.outlet import Outlet, OutletDomain, OutletName
from articles.models.suggestion import SuggestionDecision
from articles.models.term import Term

__all__ = [
    "Appearance",
    "Article",
    "Assessment",
    "Claim",
    "ClaimRelation",
    "Correction",
    "Mention",
    "Merge",
    "Outlet",
    "OutletDomain",
    "OutletName",
    "Source",
    "SuggestionDecision",
    "Term",
]
