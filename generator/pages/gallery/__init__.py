"""The gallery of all photographs, and a page for each."""
