"""Printed prose: reports of X-rays and ultrasound, discharge notes, pages of an archive."""

from __future__ import annotations

from desktop_ocr.training import grammar
from desktop_ocr.training.pages.draft import Draft, Kind, Kit
from desktop_ocr.training.pages.parts import begin, header, paper, paragraph, seal, signatures
from desktop_ocr.training.pages.texts import day, hospital
from desktop_ocr.training.samples.aged import old_paper
from desktop_ocr.training.samples.sheet import A4, points

_B5, _KAI = (1386, 1969), (1457, 2047)
_IMAGING = (
    ("X线检查报告单", ("影像所见", "影像表现", "检查所见"), ("影像诊断", "诊断意见", "印象")),
    ("彩色多普勒超声检查报告单", ("超声所见", "超声描述"), ("超声提示", "超声诊断")),
    ("CT诊断报告书", ("影像学表现", "检查所见"), ("影像学诊断", "诊断意见")),
    ("胃镜检查报告单", ("镜下所见", "内镜描述"), ("内镜诊断", "诊断")),
)
_DISCHARGE = (
    ("入院诊断", "diseases"), ("入院情况", ""), ("诊疗经过", ""), ("出院诊断", "diseases"),
    ("出院情况", ""), ("出院医嘱", "orders"),
)  # fmt: skip


def imaging_report(kit: Kit) -> Draft:
    """Draw a report: keys and values, what was seen, the diagnosis, signature, seal."""
    choose = kit.choose
    size = choose.choice((A4, A4, _B5))
    draft = begin(kit, size, points(choose.uniform(9.5, 13)), paper(kit, size))
    em = draft.size
    left, right = choose.randrange(90, 170), size[0] - choose.randrange(90, 170)
    title, seen, found = choose.choice(_IMAGING)
    top = choose.randrange(130, 190)
    if choose.random() < 0.5:
        draft.centred(top, hospital(choose), points(15), 4)
        top += round(em * 2.2)
        draft.centred(top, title, points(18), 6)
    else:
        draft.centred(top, hospital(choose) + title, points(17), 2)
    y = header(draft, left, right, top + em * 2.6, choose.randrange(6, 13))
    draft.line((left, y - em * 0.9, right, y - em * 0.9), choose.choice((2, 4)))
    pitch = em * choose.uniform(1.5, 2.1)
    foot = size[1] - choose.randrange(150, 240)
    y += em * 0.8
    draft.text(left, y, choose.choice(seen) + "：", Kind.LINE, bold=True)
    y += pitch
    for _ in range(choose.randrange(2, 5)):
        text = kit.texts.paragraph(choose, choose.randrange(40, 150))
        y = paragraph(draft, left, right, y, text, pitch, foot - 7 * pitch)
    y += em
    draft.text(left, y, choose.choice(found) + "：", Kind.LINE, bold=True)
    y += pitch
    for k in range(choose.randrange(1, 5)):
        text = f"{k + 1}. {kit.texts.word(choose, 'findings', 20)}" + choose.choice(
            ("。", "，建议随访复查。", "，请结合临床。")
        )
        draft.text(left + em, y, text)
        y += pitch
    y = max(y + em, foot - 3 * em) if choose.random() < 0.6 else y + 2 * em
    start = y
    end = signatures(draft, left, y, ("报告医师", "审核医师")[: choose.randrange(1, 3)])
    text = f"报告日期：{day(choose, clock=True)}"
    if end + draft.long(text) > right:
        y, end = y + em * 2, left
    draft.text(max(end, right - draft.long(text)), y, text, Kind.FIELD)
    y += em * 2
    note = "注：本报告仅供临床医师参考，不作法律依据。"
    small = round(em * 0.85)
    if draft.long(note, small) < right - left:
        draft.text(left, y, note, size=small)
    if choose.random() < 0.5:
        seal(draft, choose.uniform(size[0] * 0.4, size[0] * 0.8), start)
    return draft


def discharge_note(kit: Kit) -> Draft:
    """Draw a note in one column: headings in bold, text beside or below them."""
    choose = kit.choose
    draft = begin(kit, A4, points(choose.uniform(10, 12.5)), paper(kit, A4))
    em = draft.size
    left, right = choose.randrange(120, 180), A4[0] - choose.randrange(120, 180)
    top = choose.randrange(140, 190)
    draft.centred(top, hospital(choose), points(16), 4)
    title = choose.choice(("出院记录", "出院小结", "入院记录", "病程记录", "死亡记录"))
    draft.centred(top + em * 2.2, title, points(18), 12)
    y = header(draft, left, right, top + em * 4.8, choose.randrange(6, 10))
    pitch = em * choose.uniform(1.55, 2.0)
    foot = A4[1] - choose.randrange(220, 300)
    y += em * 0.6
    for heading, lexicon in _DISCHARGE:
        if y > foot - 2 * pitch:
            break
        draft.text(left, y, heading + "：", Kind.LINE, bold=True)
        y += pitch
        if lexicon == "":
            text = kit.texts.paragraph(choose, choose.randrange(60, 190))
            y = paragraph(draft, left, right, y, text, pitch, foot)
            continue
        for k in range(choose.randrange(1, 5)):
            if y > foot:
                break
            text = kit.texts.word(choose, "diseases" if lexicon == "diseases" else "drugs_zh", 14)
            if lexicon == "orders":
                text += " " + grammar.dose(choose)
            draft.text(left + 2 * em, y, f"{k + 1}. {text}")
            y += pitch
    y += em * 1.2
    end = signatures(draft, left + (right - left) * 0.4, y, ("医师签名",))
    if end + em * 8 < right:
        draft.text(right - draft.long("2025-01-01"), y, day(choose), Kind.FIELD)
    page = f"第 {choose.randrange(1, 9)} 页"
    draft.text((A4[0] - draft.long(page)) / 2, A4[1] - 90, page)
    return draft


def archive_page(kit: Kit) -> Draft:
    """Draw a page of an old bulletin: head line, title, two columns, old paper."""
    choose = kit.choose
    draft = begin(kit, _KAI, points(choose.uniform(9, 10.8)), old_paper(_KAI, choose))
    em = draft.size
    draft.ink = choose.choice(((52, 46, 40), (66, 58, 50), (40, 38, 36)))
    left, right = choose.randrange(100, 150), _KAI[0] - choose.randrange(100, 150)
    gutter = em * choose.uniform(1.5, 2.6)
    head = round(em * 0.9)
    number = f"· {choose.randrange(1, 400)} ·"
    issue = f"第{choose.choice('一二三四五六')}卷 第{choose.choice('一二三四五六')}期"
    draft.text(left, 110, number, size=head)
    draft.text(right - draft.long(issue, head), 110, issue, size=head)
    draft.line((left, 128, right, 128), 2)
    y = 128 + em * 2.6
    if choose.random() < 0.7:
        disease = kit.texts.word(choose, "diseases", 9)
        cases = choose.randrange(12, 300)
        title = f"{disease}{cases}例{choose.choice(('临床分析', '治疗体会', '报告'))}"
        draft.centred(y, title, points(16), 3)
        y += em * 2
        author = f"{hospital(choose)}  {grammar.person(choose)} {grammar.person(choose)}"
        draft.text((_KAI[0] - draft.long(author)) / 2, y, author)
        y += em * 2.2
    column = (right - left - gutter) / 2
    pitch = em * choose.uniform(1.35, 1.6)
    foot = _KAI[1] - choose.randrange(80, 130)
    ruled = choose.random() < 0.3
    for k in range(2):
        x, row = left + k * (column + gutter), y
        while row <= foot:
            if choose.random() < 0.15 and row < foot - 3 * pitch:
                name = choose.choice(("临床资料", "治疗方法", "结果", "讨论", "病例介绍"))
                title = f"{choose.choice('一二三四五')}、{name}"
                wide = draft.long(title, face=draft.heading)
                draft.text(x + (column - wide) / 2, row + pitch / 4, title, face=draft.heading)
                row += pitch * 1.5
            text = kit.texts.paragraph(choose, choose.randrange(50, 220))
            row = paragraph(draft, x, x + column, row, text, pitch, foot)
    if ruled:
        middle = left + column + gutter / 2
        draft.line((middle, y - em, middle, foot), 1)
    return draft
