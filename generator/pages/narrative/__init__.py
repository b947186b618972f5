"""Expressions in hand-written pages: every figure, name and link in prose comes from a record."""
