"""The page of search results; what it shows is filled in by the reader's browser."""
