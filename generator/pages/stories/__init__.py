"""Residents' stories, and a page for each."""
