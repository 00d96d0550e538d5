"""Attribution: who stands behind a claim, how it travelled, and how to say so. Pure functions, free of the database."""

from articles.attribution.chain import Publication, Speaker, SpeakerKind, Stance, Telling
from articles.attribution.origins import Origin, Tally, origin_count, origins, tally
from articles.attribution.tree import Leaf, Node, attribution_tree

__all__ = [
    "Leaf",
    "Node",
    "Origin",
    "Publication",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Tally",
    "Telling",
    "attribution_tree",
    "origin_count",
    "origins",
    "tally",
]
