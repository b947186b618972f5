"""Open data: CSV and JSON of every kind, and the statistics with their provenance."""
