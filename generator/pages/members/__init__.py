"""The team, and a page for each of its members."""
