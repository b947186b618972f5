"""From files to documents: bytes, text, YAML 1.2 values, and where each value stands."""
