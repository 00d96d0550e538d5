"""The editor's desk for outlets, articles, claims and what hangs on them. Importing it registers all of them."""

from articles.admin import articles, claims, lists, merging, outlets, queues, terms

__all__ = ["articles", "claims", "lists", "merging", "outlets", "queues", "terms"]
