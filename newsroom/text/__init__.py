"""Language and text: folding, words, stems, highlights, dates and numbers. Free of models and of the database."""
