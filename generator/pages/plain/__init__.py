"""Records as plain Markdown that any generator, and any forge, can show."""
