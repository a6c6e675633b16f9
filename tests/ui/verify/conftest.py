from __future__ import annotations

from tests.ui.projects.conftest import save_as, saved, sessions, stored

__all__ = ["save_as", "saved", "sessions", "stored"]
