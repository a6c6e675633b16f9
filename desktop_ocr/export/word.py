"""The document as a Word file (DOCX)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from desktop_ocr import __version__
from desktop_ocr.document.align import aligned_characters, confirmed_characters
from desktop_ocr.document.compare import disagreements
from desktop_ocr.document.model import Char, Document, Line, LineStatus, Page
from desktop_ocr.export.rows import Placed, Table, blocks
from desktop_ocr.export.text import line_text, one_line
from desktop_ocr.export.word_frame import CELLS, HEADING, MARGIN_CM, NOTE, Frame
from desktop_ocr.export.word_review import add_reviews, last_reviewer
from desktop_ocr.export.word_text import WORDS, Language, clean

if TYPE_CHECKING:  # python-docx takes long to import: it is imported where it is used
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

EAST_ASIAN_FONT = "宋体"
EAST_ASIAN_HEADING_FONT = "黑体"
LATIN_FONT = "Times New Roman"
MOST_IN_A_COMMENT = 12
MOST_COMMENTS = 1000
"""Further doubtful places are highlighted without a comment: with thousands of them Word crawls."""


def word_bytes(
    document: Document, *, doubt: float, language: Language, reviews: bool = True
) -> bytes:
    """Return the document as the bytes of a DOCX file.

    Args:
        document: What to write.
        doubt: Confidence (0–1) below which characters of unreviewed lines are marked; what the
            second reader read differently is marked too.
        language: Of title, comments and closing notes that the program adds.
        reviews: Tell at the end who reviewed what and when, where anybody did.
    """
    return _Writer(document, doubt, language, reviews=reviews).bytes()


@dataclass(frozen=True, slots=True)
class _Doubted:
    """What the machine says about a doubtful run.

    Attributes:
        characters: What it read there.
        second: What the second reader has in the places where it differs.
    """

    characters: Sequence[Char]
    second: Sequence[str]


class _Writer:
    """Builds one file."""

    def __init__(
        self, document: Document, doubt: float, language: Language, *, reviews: bool
    ) -> None:
        import docx

        self._document = document
        self._doubt = doubt
        self._language, self._words = language, WORDS[language]
        self._reviews = reviews
        self._doubtful = 0
        self._comments = 0
        self._style_ids: dict[str, str] = {}
        self._word: WordDocument = docx.Document()
        self._prepare()

    def bytes(self) -> bytes:
        self._word.add_paragraph(clean(one_line(self._title())), style="Title")
        pages = self._document.pages
        for number, page in enumerate(pages):
            first = True
            if len(pages) > 1:
                caption = self._note(self._page_name(page))
                caption.paragraph_format.page_break_before = number > 0
                first = False
            self._page(page, break_before=number > 0 and first)
        self._closing()
        buffer = io.BytesIO()
        self._word.save(buffer)
        return buffer.getvalue()

    def _prepare(self) -> None:
        """Set paper, fonts and properties; python-docx's template is made for US letters."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        section = self._word.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(MARGIN_CM)
        section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
        normal, title = self._word.styles["Normal"], self._word.styles["Title"]
        _set_font(normal, EAST_ASIAN_FONT, 10.5)
        _set_font(title, EAST_ASIAN_HEADING_FONT, 16)
        title.font.color.rgb = RGBColor(0, 0, 0)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.25
        title.paragraph_format.space_after = Pt(12)
        # Cells are set smaller, so that they fit their tab stops.
        for name, size in ((CELLS, 9), (HEADING, 14), (NOTE, 8)):
            style = self._word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.font.size = Pt(size)
            self._style_ids[name] = style.style_id
        self._word.styles[HEADING].font.bold = True
        note = self._word.styles[NOTE]
        note.font.color.rgb = RGBColor(0x60, 0x60, 0x60)
        note.paragraph_format.line_spacing = 1.0
        for border in title.element.pPr.findall(qn("w:pBdr")):
            title.element.pPr.remove(border)
        for language in self._word.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        properties = self._word.core_properties
        now = datetime.now(UTC)  # python-docx writes it down as UTC, whatever it is
        properties.title = clean(one_line(self._title()))
        properties.author = f"Desktop OCR {__version__}"
        reviewer = last_reviewer(self._document) if self._reviews else ""
        properties.last_modified_by = clean(reviewer) or properties.author
        properties.comments = ""
        properties.created = properties.modified = now

    def _title(self) -> str:
        if self._document.title:
            return self._document.title
        files = list(dict.fromkeys(page.file for page in self._document.pages))
        if not files:
            return self._words["untitled"]
        title = PureWindowsPath(files[0]).stem
        if len(files) == 1:
            return title
        return self._words["more"].format(title=title, count=len(files))

    def _page_name(self, page: Page) -> str:
        # PureWindowsPath knows both kinds of slash: a folder may be named after a patient.
        name = PureWindowsPath(page.file).name
        return self._words["page"].format(file=name, page=page.page)

    def _page(self, page: Page, *, break_before: bool) -> None:
        if not page.lines:
            note = self._note(self._words["empty"])
            note.paragraph_format.page_break_before = break_before
            return
        parts = blocks(page.lines)
        rows = [row for part in parts if not isinstance(part, Table) for row in part]
        frame = Frame(rows) if rows else None
        before: object = None
        for part in parts:
            if isinstance(part, Table):
                if isinstance(before, Table):
                    self._note("")  # Word would show two tables without text between as one
                self._table(part, break_before=break_before)
            elif frame is not None:
                self._rows(part, frame, break_before=break_before)
            before, break_before = part, False

    def _rows(self, rows: list[list[Placed]], frame: Frame, *, break_before: bool) -> None:
        for row in rows:
            paragraph = self._word.add_paragraph()
            if style := frame.style(row):
                # By id: python-docx looks a name up among all styles for each paragraph.
                paragraph._p.style = self._style_ids[style]
            if break_before:
                paragraph.paragraph_format.page_break_before = True
                break_before = False
            frame.lay_out(paragraph, row)
            for k, placed in enumerate(row):
                if k:
                    paragraph.add_run("\t")
                self._line(paragraph, placed.line)

    def _table(self, table: Table, *, break_before: bool) -> None:
        """Add a table with all its cells, also those that are empty on the paper."""
        columns = len(table.rows[0])
        made = self._word.add_table(len(table.rows), columns, style="Table Grid")
        made.autofit = True
        cells = iter(made._cells)  # table.cell() walks over all cells for each
        for row in table.rows:
            for lines in row:
                paragraph = next(cells).paragraphs[0]
                paragraph._p.style = self._style_ids[CELLS]
                if break_before:
                    paragraph.paragraph_format.page_break_before = True
                    break_before = False
                for k, line in enumerate(lines):
                    if k:
                        paragraph.add_run(" ")
                    self._line(paragraph, line)

    def _line(self, paragraph: Paragraph, line: Line) -> None:
        """Add a line's text; places that nobody reviewed and the machine doubts are marked."""
        from docx.enum.text import WD_COLOR_INDEX

        for text, doubted in self._runs(line):
            run = paragraph.add_run(clean(one_line(text)))
            if doubted is None:
                continue
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            self._doubtful += 1
            comment = self._comment(doubted)
            if comment and self._comments < MOST_COMMENTS:
                self._comments += 1
                self._word.add_comment(run, comment, author="Desktop OCR", initials="OCR")

    def _runs(self, line: Line) -> Iterator[tuple[str, _Doubted | None]]:
        """Cut a line into runs; a doubtful one comes with what the machine says about it."""
        text = line_text(line)
        if line.status is not LineStatus.UNREVIEWED:
            yield text, None
            return
        if not line.characters and line.raw_text and line.text == line.machine_text:
            yield text, _Doubted([], []) if line.confidence < self._doubt else None
            return
        aligned = aligned_characters(line)
        confirmed = confirmed_characters(line)
        differing = disagreements(line)
        doubtful = [
            char is not None
            and not character.isspace()
            and not confirmed[i]
            and (char.confidence < self._doubt or any(d.covers(i) for d in differing))
            for i, (character, char) in enumerate(zip(text, aligned, strict=True))
        ]
        for doubted, group in groupby(range(len(text)), key=doubtful.__getitem__):
            places = list(group)
            part = text[places[0] : places[-1] + 1]
            # A class of several code points stands behind each of them: name it once.
            chars = {id(char): char for char in (aligned[i] for i in places) if char is not None}
            others = [d.other for d in differing if any(map(d.covers, places))]
            yield part, _Doubted(list(chars.values()), others) if doubted else None

    def _comment(self, doubted: _Doubted) -> str:
        chars = doubted.characters
        lines = []
        for char in chars[:MOST_IN_A_COMMENT]:
            text = self._words["sure"].format(text=char.text, confidence=char.confidence)
            others = [
                self._words["other"].format(text=a.text, confidence=a.confidence)
                for a in char.alternatives
            ]
            if others:
                text += self._words["others"].format(others=self._words["and"].join(others))
            lines.append(clean(one_line(text)))
        if len(chars) > MOST_IN_A_COMMENT:
            lines.append(self._words["rest"].format(count=len(chars) - MOST_IN_A_COMMENT))
        lines += [
            clean(one_line(self._words["second"].format(text=other or self._words["none"])))
            for other in doubted.second[:MOST_IN_A_COMMENT]
        ]
        return "\n".join(lines)

    def _closing(self) -> None:
        """Add how the text came about and how much of it nobody has looked at."""
        from docx.oxml.ns import nsdecls
        from docx.oxml.parser import parse_xml

        lines = [line for page in self._document.pages for line in page.lines]
        date = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        first = self._note(self._words["made"].format(version=__version__, date=date))
        first.paragraph_format.space_before = 240_000  # EMU, about 19 pt
        first.paragraph_format.keep_with_next = True
        first._p.get_or_add_pPr().insert_element_before(
            parse_xml(
                f"<w:pBdr {nsdecls('w')}>"
                '<w:top w:val="single" w:sz="4" w:space="6" w:color="A6A6A6"/></w:pBdr>'
            ),
            "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr",
        )  # fmt: skip
        self._note(
            self._words["open"].format(
                lines=len(lines),
                open=sum(line.status is LineStatus.UNREVIEWED for line in lines),
                illegible=sum(line.status is LineStatus.ILLEGIBLE for line in lines),
                doubtful=self._doubtful,
                doubt=self._doubt,
            )
        )
        if self._reviews:
            add_reviews(self._word, self._document, self._language)
        for page in self._document.pages:
            steps = " → ".join(step.name for step in page.provenance.steps)
            self._note(
                self._words["source"].format(
                    page=self._page_name(page),
                    width=page.width,
                    height=page.height,
                    model=page.provenance.model_id or self._words["none"],
                    steps=steps or self._words["none"],
                )
            )

    def _note(self, text: str) -> Paragraph:
        return self._word.add_paragraph(clean(one_line(text)), style=NOTE)


def _set_font(style: ParagraphStyle, east_asian: str, size: float) -> None:
    """Set a style's fonts; fonts of the theme, which would win, are taken away."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = LATIN_FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), east_asian)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
