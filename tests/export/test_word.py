from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from desktop_ocr.document.geometry import Quad
from desktop_ocr.document.model import (
    Alternative,
    Cell,
    Char,
    Correction,
    Document,
    Line,
    LineStatus,
    Page,
    Provenance,
    Step,
)
from desktop_ocr.errors import OutputExistsError
from desktop_ocr.export import ExportFormat, Language, export_document
from desktop_ocr.export import word as word_module
from tests import strategies as own


def read_line(number: int, text: str, sure: dict[int, float] | None = None) -> Line:
    """A line as the machine read it; ``sure`` gives the confidence of single characters."""
    characters = tuple(
        Char(c, (sure or {}).get(k, 0.99), None, (Alternative("末", 0.21), Alternative("来", 0.1)))
        for k, c in enumerate(text)
    )
    quad = Quad.from_box(100, 100 + 60 * number, 100 + 30 * len(text), 140 + 60 * number)
    return Line(f"l{number}", quad, text, text, 0.9, characters)


def page(name: str, *lines: Line) -> Page:
    provenance = Provenance("crnn-7", (Step("grey"), Step("deskew", {"angle": 1.25})))
    return Page(name, name, 1, 1654, 2339, lines=list(lines), provenance=provenance)


def export(document: Document, path: Path, **options: Any) -> Any:
    export_document(document, path, ExportFormat.DOCX, **options)
    return docx.Document(str(path))


def body(word: Any) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs]


def highlighted(word: Any) -> list[str]:
    return [
        run.text
        for paragraph in word.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]


def test_title_lines_and_closing_note(tmp_path: Path) -> None:
    document = Document(
        [page("胸片.png", read_line(0, "未见异常"), read_line(1, "心影不大"))], title="周某 胸片"
    )
    word = export(document, tmp_path / "a.docx")
    texts = body(word)
    assert texts[:3] == ["周某 胸片", "未见异常", "心影不大"]
    assert word.paragraphs[0].style.name == "Title"
    assert word.core_properties.title == "周某 胸片"
    closing = "\n".join(texts[3:])
    assert "Desktop OCR" in closing
    assert "共 2 行，其中 2 行未经人工核对" in closing
    assert "胸片.png · 第 1 页：1654 × 2339 像素；模型 crnn-7" in closing
    assert "grey → deskew" in closing


def test_title_from_the_files(tmp_path: Path) -> None:
    one = Document([page("C:\\病人\\胸片 3.png", read_line(0, "甲"))])
    assert body(export(one, tmp_path / "1.docx"))[0] == "胸片 3"
    two = Document([page("/x/胸片.png"), page("化验.pdf")])
    assert body(export(two, tmp_path / "2.docx"))[0] == "胸片 等 2 个文件"
    assert body(export(Document(), tmp_path / "3.docx"))[0] == "未命名文档"


def test_folders_of_the_person_stay_out_of_the_file(tmp_path: Path) -> None:
    export(Document([page("/home/liu/病人/王某/a.png", read_line(0, "甲"))]), tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as parts:
        assert not any("liu" in parts.read(n).decode("latin-1") for n in parts.namelist())


def test_east_asian_font_wins_over_the_theme(tmp_path: Path) -> None:
    word = export(Document([page("a.png", read_line(0, "甲"))]), tmp_path / "a.docx")
    for style, font in (("Normal", "宋体"), ("Title", "黑体")):
        fonts = word.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:ascii")) == "Times New Roman"
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert round(word.sections[0].page_width.cm, 1) == 21.0


def test_each_further_page_begins_on_a_new_one(tmp_path: Path) -> None:
    document = Document([page("a.png", read_line(0, "甲")), page("b.png", read_line(0, "乙"))])
    word = export(document, tmp_path / "a.docx")
    breaks = [p.text for p in word.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["b.png · 第 1 页"]
    assert body(word)[1:5] == ["a.png · 第 1 页", "甲", "b.png · 第 1 页", "乙"]


def test_doubtful_places_are_marked_with_their_other_readings(tmp_path: Path) -> None:
    line = read_line(0, "右肺未见异常", {2: 0.62, 3: 0.7, 5: 0.79})
    word = export(Document([page("a.png", line)]), tmp_path / "a.docx")
    assert highlighted(word) == ["未见", "常"]
    assert word.paragraphs[1].text == "右肺未见异常"
    comments = [comment.text for comment in word.comments]
    assert comments[0].splitlines()[0] == "“未”正确的概率 62%，其他读法：末（21%）、来（10%）"
    assert len(comments) == 2
    assert "标黄的 2 处正确的概率低于 80%" in "\n".join(body(word))


def test_what_a_person_confirmed_by_itself_is_not_marked(tmp_path: Path) -> None:
    line = read_line(0, "右肺未见异常", {2: 0.62, 5: 0.79})
    line = replace(line, second_text="右肺末见异常")
    characters = tuple(
        replace(c, confirmed="未" if i == 2 else "") for i, c in enumerate(line.characters)
    )
    confirmed = replace(line, characters=characters)
    assert highlighted(export(Document([page("a.png", line)]), tmp_path / "a.docx")) == ["未", "常"]
    word = export(Document([page("a.png", confirmed)]), tmp_path / "b.docx")
    assert highlighted(word) == ["常"]


def test_what_the_second_reader_read_differently_is_marked(tmp_path: Path) -> None:
    line = replace(read_line(0, "右肺下野阴彩CTT"), second_text="右肺下野阴影CT")
    word = export(Document([page("a.png", line)]), tmp_path / "a.docx")
    assert highlighted(word) == ["彩", "T"]
    comments = [comment.text.splitlines() for comment in word.comments]
    assert [lines[-1] for lines in comments] == ["第二识别器：“影”", "第二识别器：“无”"]
    reviewed = replace(line, status=LineStatus.REVIEWED)
    assert highlighted(export(Document([page("a.png", reviewed)]), tmp_path / "b.docx")) == []


def test_what_a_rule_corrected_is_just_text(tmp_path: Path) -> None:
    zero = Correction("digit", 1, "O", "0")
    line = replace(read_line(0, "5Omg"), text="50mg", corrections=(zero,), second_text="5Omg")
    word = export(Document([page("a.png", line)]), tmp_path / "a.docx")
    assert body(word)[1] == "50mg"
    assert highlighted(word) == []
    whole = replace(line, characters=(), confidence=0.4)
    assert highlighted(export(Document([page("a.png", whole)]), tmp_path / "b.docx")) == ["50mg"]


def test_thousands_of_doubtful_places_do_not_become_thousands_of_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_module, "MOST_COMMENTS", 2)
    line = read_line(0, "右肺未见异常", {0: 0.5, 2: 0.5, 4: 0.5})
    word = export(Document([page("a.png", line)]), tmp_path / "a.docx")
    assert highlighted(word) == ["右", "未", "异"]
    assert len(list(word.comments)) == 2


def test_the_threshold_decides(tmp_path: Path) -> None:
    line = read_line(0, "右肺", {0: 0.62})
    document = Document([page("a.png", line)])
    assert highlighted(export(document, tmp_path / "a.docx", doubt=0.6)) == []
    assert highlighted(export(document, tmp_path / "b.docx", doubt=0.63)) == ["右"]


def test_what_a_person_settled_is_not_marked(tmp_path: Path) -> None:
    doubtful = read_line(0, "右肺末见", {1: 0.3, 2: 0.3})
    reviewed = replace(doubtful, status=LineStatus.REVIEWED)
    word = export(Document([page("a.png", reviewed)]), tmp_path / "a.docx")
    assert highlighted(word) == []
    typed = replace(doubtful, text="右肺未见")  # the second doubtful place is left as it was
    word = export(Document([page("a.png", typed)]), tmp_path / "b.docx")
    assert highlighted(word) == ["肺"]


def test_an_illegible_line_is_a_box(tmp_path: Path) -> None:
    line = replace(read_line(0, "猜的", {0: 0.1}), status=LineStatus.ILLEGIBLE)
    word = export(Document([page("a.png", line)]), tmp_path / "a.docx")
    assert body(word)[1] == "□"
    assert highlighted(word) == []


def test_a_line_known_without_characters_is_marked_as_a_whole(tmp_path: Path) -> None:
    line = Line("l", Quad.from_box(0, 0, 90, 30), "右肺", "右肺", 0.5)
    assert highlighted(export(Document([page("a.png", line)]), tmp_path / "a.docx")) == ["右肺"]
    typed = replace(line, raw_text="")
    assert highlighted(export(Document([page("a.png", typed)]), tmp_path / "b.docx")) == []


def test_cells_of_a_row_share_a_paragraph_with_tab_stops(tmp_path: Path) -> None:
    def cell(name: str, left: int, top: int, text: str) -> Line:
        return Line(name, Quad.from_box(left, top, left + 20 * len(text), top + 30), text)

    table = page(
        "a.png",
        cell("a", 100, 0, "钾（K）"), cell("b", 500, 0, "3.62"), cell("c", 800, 0, "mmol/L"),
        cell("d", 100, 50, "钠（Na）"), cell("e", 503, 50, "136.2"), cell("f", 800, 50, "mmol/L"),
    )  # fmt: skip
    word = export(Document([table]), tmp_path / "a.docx")
    assert body(word)[1:3] == ["钾（K）\t3.62\tmmol/L", "钠（Na）\t136.2\tmmol/L"]
    stops = [
        [round(s.position.cm, 2) for s in p.paragraph_format.tab_stops]
        for p in word.paragraphs[1:3]
    ]
    assert stops[0] == stops[1]
    assert len(stops[0]) == 2
    assert stops[0] == sorted(stops[0])


def test_a_heading_is_centred(tmp_path: Path) -> None:
    heading = Line("h", Quad.from_box(400, 0, 600, 60), "检查报告")
    rest = [
        Line(f"l{k}", Quad.from_box(100, 100 + 50 * k, 900, 130 + 50 * k), "字") for k in range(4)
    ]
    word = export(Document([page("a.png", heading, *rest)]), tmp_path / "a.docx")
    centred = [p.text for p in word.paragraphs if p.alignment is not None]
    assert centred == ["检查报告"]
    assert word.paragraphs[1].style.name == "OCR Heading"
    assert word.styles["OCR Heading"].font.bold


def test_what_xml_cannot_hold_is_shown_as_lost(tmp_path: Path) -> None:
    line = replace(read_line(0, "甲"), text="甲\x00\x0b乙\ud800\ufffe丙\n丁\t戊")
    word = export(Document([page("a\x01.png", line)], title="题\x07"), tmp_path / "a.docx")
    assert body(word)[0] == "题\ufffd"
    assert body(word)[1] == "甲\ufffd 乙\ufffd\ufffd丙 丁 戊"


def test_notes_in_english(tmp_path: Path) -> None:
    document = Document([page("a.png", read_line(0, "甲", {0: 0.5}))])
    word = export(document, tmp_path / "a.docx", language=Language.ENGLISH)
    assert (
        next(iter(word.comments)).text
        == "“甲” is right with a probability of 50%, other readings: 末 (21%), 来 (10%)"
    )
    assert "1 lines, of which 1 were not reviewed" in "\n".join(body(word))


def test_an_empty_page_says_so(tmp_path: Path) -> None:
    word = export(Document([page("a.png")]), tmp_path / "a.docx")
    assert body(word)[1] == "（本页未识别出文字）"


def test_never_replaces_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    with pytest.raises(OutputExistsError):
        export(Document(), path)
    assert path.read_bytes() == b"old"
    assert body(export(Document(), path, overwrite=True))[0] == "未命名文档"


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(document=own.documents())
def test_any_document_opens_again(
    document: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("word") / "a.docx"
    word = export(document, path)
    assert len(word.paragraphs) > len(document.pages)


def test_a_table_stands_in_the_text_where_it_is_read(tmp_path: Path) -> None:
    texts = ("检验报告", "项目", "结果", "钾", "3.62", "↓", "钠", "审核：沈")
    cells = (None, Cell(0, 0, 0), Cell(0, 0, 2), Cell(0, 1, 0), Cell(0, 1, 2), Cell(0, 1, 2),
             Cell(0, 2, 0), None)  # fmt: skip
    lines = [
        replace(read_line(k, text, {0: 0.3} if text == "3.62" else {}), cell=cell)
        for k, (text, cell) in enumerate(zip(texts, cells, strict=True))
    ]
    word = export(Document([page("化验.png", *lines)]), tmp_path / "a.docx")
    parts = list(word.iter_inner_content())
    kinds = [type(part).__name__ for part in parts]
    table = parts[kinds.index("Table")]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["项目", "", "结果"], ["钾", "", "3.62 ↓"], ["钠", "", ""],
    ]  # fmt: skip
    assert parts[kinds.index("Table") - 1].text == "检验报告"
    assert parts[kinds.index("Table") + 1].text == "审核：沈"
    doubtful = [
        run.text
        for run in table.cell(1, 2).paragraphs[0].runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert doubtful == ["3"]


def test_halves_of_a_table_are_tables_of_their_own(tmp_path: Path) -> None:
    lines = [
        replace(read_line(k, f"{t}{r}{c}"), cell=Cell(t, r, c))
        for k, (t, r, c) in enumerate((t, r, c) for t in (0, 1) for r in (0, 1) for c in (0, 1))
    ]
    pages = [page("a.png", read_line(0, "首页")), page("b.png", *lines)]
    word = export(Document(pages), tmp_path / "a.docx")
    assert [[c.text for r in t.rows for c in r.cells] for t in word.tables] == [
        ["000", "001", "010", "011"], ["100", "101", "110", "111"],
    ]  # fmt: skip
    kinds = [type(part).__name__ for part in word.iter_inner_content()]
    assert "Table,Paragraph,Table" in ",".join(kinds)
