"""Bringing articles and claims in from files: decode, clean, recognise, check, write.

Each module stands on those named before it. Pure: `problems`, `decoding`, `paragraphs`, `chrome`, `cuts`, `headline`,
`hints`, `proposal`, `rows`, `pages`, `readers`, `folders`. On the database: `matching` and `loading`. In words: `told`.

For a form that takes a pasted text: `proposal.propose`, `paragraphs.body_from_raw` and `loading.import_text`.
"""
