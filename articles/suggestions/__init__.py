"""What the desk may suggest of a text: who is named, on whose word it stands, what it shares and where it differs.

Rules and word lists only (`data/`), pure functions of their arguments; `records.py` alone knows the database. Everything
found here is a suggestion: a person accepts it, or it stays one.

    names = known_names()                                  records.py
    found = mentions(text, names)                          mentions.py
    unknown_names(text, found)                             unknown.py
    attributed_sentences(text, language, found)            attributed.py
    near_duplicates(article), overlap(text_a, text_b)      records.py, shared.py
    differences(text_a, text_b, names)                     differences.py
"""
