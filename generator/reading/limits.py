"""How much one untrusted file may ask of us; every number is far beyond any honest record."""

LONGEST_FILE = 512 * 1024  # bytes
DEEPEST_NESTING = 24  # collections within collections
MOST_NODES = 20_000  # per file, aliases counted as if written out
CHARACTERS_A_NODE = 64  # a long text counts as several nodes, so that aliases cannot multiply it
