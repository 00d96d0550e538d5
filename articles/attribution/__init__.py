"""Attribution: who stands behind a claim, how it travelled, and how to say so. Pure functions, free of the database."""

from articles.attribution.chain import Publication, Speaker, SpeakerKind, Stance, Telling
from articles.attribution.origins import Origin, Tally, origin_count, origins, tally
from articles.attribution.sentence import Phrase, chain_phrases, chain_sentence
from articles.attribution.summary import summary_sentence
from articles.attribution.tree import Leaf, Node, attribution_tree

__all__ = [
    "Leaf",
    "Node",
    "Origin",
    "Phrase",
    "Publication",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Tally",
    "Telling",
    "attribution_tree",
    "chain_phrases",
    "chain_sentence",
    "origin_count",
    "origins",
    "summary_sentence",
    "tally",
]
