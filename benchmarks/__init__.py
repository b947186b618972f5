"""Measures this program beside others on the same content; nothing of the program imports it."""
