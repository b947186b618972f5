"""A fictional archive of any size, for newcomers to look at and for measurements."""
