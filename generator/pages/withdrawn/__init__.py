"""Pages for what was withdrawn."""
