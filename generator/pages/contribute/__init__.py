"""How to take part, and a form that writes a record in the reader's own browser."""
