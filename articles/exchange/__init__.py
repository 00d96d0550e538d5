"""Outlets and claims as tables."""
