"""Checking characters of the same reading side by side, across the whole document."""
