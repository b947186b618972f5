"""One folder per page kind: `page.py`, its templates and its words. Page kinds never import each other."""
