"""Findings about the input, as values: what is wrong, where, and what to write instead."""
