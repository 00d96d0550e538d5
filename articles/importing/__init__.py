"""Bringing articles and claims in from files: decode, clean, recognise, check, write.

Pure, from left to right: `decoding` → `paragraphs` → `cuts` → `headline` → `proposal`, and `readers` → `rows`.
Only `matching` and `loading` touch the database.
"""
