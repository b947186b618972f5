"""One folder per page kind: `page.py`, its templates and its words. None imports another."""
