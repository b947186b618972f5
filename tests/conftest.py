"""What all tests share: properties are checked the same way every time, and without a stopwatch."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "chronicle",
    deadline=None,  # the first use of a library is slow
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("chronicle")
