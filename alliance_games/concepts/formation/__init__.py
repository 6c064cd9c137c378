"""Concepts about which coalitions form."""
