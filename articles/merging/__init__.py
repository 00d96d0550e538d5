"""Making one record of two that are one, with a preview and an undo.

preview(kept, merged)               what would move, be filled in, or differs
merge(kept, merged, by=, at=)       -> Merge
undo(merge, by=, at=)               -> the record that is there again
kept_in_place_of(model, public_id)  where the address of a merged record leads
"""

from articles.merging.merges import MODELS, MergeRefused, Preview, kept_in_place_of, merge, preview, undo

__all__ = ["MODELS", "MergeRefused", "Preview", "kept_in_place_of", "merge", "preview", "undo"]
