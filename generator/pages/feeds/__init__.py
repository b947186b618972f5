"""Feeds of what is new."""
