"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# No test is timed: a busy machine is no fault of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
