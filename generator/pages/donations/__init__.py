"""The ledger of gifts, and a page for each."""
