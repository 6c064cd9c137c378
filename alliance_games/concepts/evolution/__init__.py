"""Concepts about learning and evolution."""
