"""A rule file as a ward would write it."""

from __future__ import annotations


def own_rule(*, safe: bool) -> str:
    """Return the file: 甲乙 becomes 甲丙, by itself or as a suggestion."""
    return f"""
[[rule]]
id = "ours"
zh = "本院写法"
en = "as this ward writes it"
pattern = '甲乙'
replacement = '甲丙'
safe = {str(safe).lower()}
change = [{{before = "甲乙", after = "甲丙"}}]
keep = [{{text = "甲丁"}}]
"""
