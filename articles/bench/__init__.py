"""Measuring search: how good its order is, and how fast it is beside the plain PostgreSQL way."""
