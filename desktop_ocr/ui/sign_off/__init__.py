"""Signing pages off: the reviewer's name, the commands, and how a signed page looks."""
