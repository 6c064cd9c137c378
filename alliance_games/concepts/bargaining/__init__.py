"""Concepts about what is agreed on."""
