"""Settings every test shares."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The everyday run tries the same examples every time, on any machine: a failure is a change's
# fault, never the dice's. `make test-long` throws the dice.
settings.register_profile(
    "everyday",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
