"""Meaning: one vector for each article and each statement of a claim, nearest neighbours, and how they join the words."""
