"""Concepts about choices that are numbers."""
