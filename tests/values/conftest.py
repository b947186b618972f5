"""Properties of values are checked without a stopwatch: the first use of a library is slow."""

from hypothesis import settings

settings.register_profile("values", deadline=None)
settings.load_profile("values")
