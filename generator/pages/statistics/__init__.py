"""Figures and where they come from; claims beside records; what is missing."""
