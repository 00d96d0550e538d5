"""Public search: one narrow seam over an index that is a disposable copy of PostgreSQL."""
