"""Pixels in, lines of text out: no Qt. Heavy libraries are imported where they are used."""
