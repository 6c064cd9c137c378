"""Concepts about what coalitions are worth."""
