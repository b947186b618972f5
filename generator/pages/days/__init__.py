"""A page for every day, and for every period, on which something is recorded."""
