"""Fixtures that every kind of test may use. The database is set up in tests/postgres.py."""
