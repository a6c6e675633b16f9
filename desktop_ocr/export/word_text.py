"""What the program itself writes into a Word file, and what such a file can hold."""

from __future__ import annotations

import re
from enum import StrEnum

# What XML 1.0 cannot hold: control characters, lone surrogates, two non-characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Language(StrEnum):
    """The language of the notes that the program adds."""

    CHINESE = "zh"
    ENGLISH = "en"


WORDS: dict[Language, dict[str, str]] = {
    Language.CHINESE: {
        "untitled": "未命名文档",
        "more": "{title} 等 {count} 个文件",
        "page": "{file} · 第 {page} 页",
        "empty": "（本页未识别出文字）",
        "sure": "“{text}”正确的概率 {confidence:.0%}",
        "second": "第二识别器：“{text}”",
        "others": "，其他读法：{others}",
        "other": "{text}（{confidence:.0%}）",
        "and": "、",
        "rest": "以及后面 {count} 个字",
        "made": "由 Desktop OCR {version} 于 {date} 导出。",
        "open": "共 {lines} 行，其中 {open} 行未经人工核对，{illegible} 行无法辨认（□）；"
        "标黄的 {doubtful} 处正确的概率低于 {doubt:.0%}，或第二识别器的结果不同，请对照原件核对。",
        "source": "{page}：{width} × {height} 像素；模型 {model}；步骤 {steps}",
        "none": "无",
    },
    Language.ENGLISH: {
        "untitled": "Untitled document",
        "more": "{title} and others, {count} files",
        "page": "{file} · page {page}",
        "empty": "(No text was recognised on this page.)",
        "sure": "“{text}” is right with a probability of {confidence:.0%}",
        "second": "second reader: “{text}”",
        "others": ", other readings: {others}",
        "other": "{text} ({confidence:.0%})",
        "and": ", ",
        "rest": "and {count} characters more",
        "made": "Exported by Desktop OCR {version} on {date}.",
        "open": "{lines} lines, of which {open} were not reviewed by a person and {illegible} are "
        "illegible (□); {doubtful} highlighted places are right with a probability below "
        "{doubt:.0%} or were read differently by the second reader: check them against the "
        "original.",
        "source": "{page}: {width} × {height} pixels; model {model}; steps {steps}",
        "none": "none",
    },
}


def clean(text: str) -> str:
    """Replace what XML cannot hold by U+FFFD, so that its loss is seen."""
    return _NOT_XML.sub("\ufffd", text)
