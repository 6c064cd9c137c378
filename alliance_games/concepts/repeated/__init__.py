"""Concepts about long relationships."""
