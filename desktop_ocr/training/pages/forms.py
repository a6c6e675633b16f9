"""Printed forms filled in by hand: prescriptions and outpatient notes."""

from __future__ import annotations

from desktop_ocr.training import grammar
from desktop_ocr.training.pages.draft import Draft, Kind, Kit
from desktop_ocr.training.pages.parts import INKS, begin, paper, seal
from desktop_ocr.training.pages.texts import fields, hospital
from desktop_ocr.training.samples.sheet import A4, Colour, points

_A5 = (1165, 1654)
_B5 = (1386, 1969)
_WAYS = ("0.5g tid po", "1片 bid 口服", "每日3次 饭后", "20mg qn", "1粒 每日1次",
         "2片 tid", "10ml tid")  # fmt: skip
_RULE = (120, 130, 140)


def prescription(kit: Kit) -> Draft:
    """Draw a prescription: printed keys, drugs and doses by hand, signatures at the foot."""
    choose = kit.choose
    size = choose.choice((_A5, _A5, _B5))
    draft = begin(kit, size, points(choose.uniform(9.5, 12)), paper(kit, size))
    em = draft.size
    ink = choose.choice(INKS)
    left, right = choose.randrange(70, 120), size[0] - choose.randrange(70, 120)
    title = hospital(choose) + choose.choice(("处方笺", "门诊处方", "处方"))
    draft.centred(120, title, points(16), 4)
    y = _filled(draft, left, right, 120 + em * 3, ink, choose.randrange(5, 9))
    draft.line((left, y - em * 0.6, right, y - em * 0.6), 3)
    y += em * 1.2
    draft.text(left, y, choose.choice(("Rp", "Rp.", "R：")), size=round(em * 1.4), bold=True)
    hand = em * choose.uniform(1.5, 1.9)
    y += hand * 1.6
    foot = size[1] - 6.5 * em
    number = 1
    while y < foot - hand * 2 and number < choose.randrange(3, 7):
        drug = kit.texts.word(choose, "drugs_zh", 9)
        amount = choose.choice(("0.25g×24片", "20mg×7片", "0.5g×12粒", "10ml×6支", "1盒", "5mg×14"))
        indent = left + em * choose.uniform(0.5, 2)
        # The dose stands well apart at the right, or follows the name.
        if choose.random() < 0.5:
            box = draft.write(indent, y, f"{number}. {drug}", hand, (right - left) * 0.55, ink=ink)
            if box:
                start = max(box[2] + hand * 1.2, left + (right - left) * 0.62)
                draft.write(start, y, amount, hand, right - start, ink=ink)
        else:
            text = f"{number}. {drug} {amount}"
            draft.write(indent, y, text, hand, right - indent, ink=ink)
        y += hand * choose.uniform(1.35, 1.7)
        way = f"Sig: {choose.choice(_WAYS)}" if choose.random() < 0.6 else choose.choice(_WAYS)
        start = left + em * choose.uniform(3, 6)
        draft.write(start, y, way, hand * 0.95, right - start, ink=ink)
        y += hand * choose.uniform(1.5, 2.1)
        number += 1
    y = foot + em
    draft.line((left, y - em * 1.5, right, y - em * 1.5), 2)
    y = _signed(draft, left, right, y + em * 0.4, ink, ("医师", "审核", "药费"))
    _signed(draft, left, right, y, ink, ("调配", "核对", "发药"))
    if choose.random() < 0.5:
        seal(draft, choose.uniform(left, right), size[1] - 7 * em)
    return draft


def outpatient_note(kit: Kit) -> Draft:
    """Draw a note on ruled lines: printed keys, everything else by hand."""
    choose = kit.choose
    size = choose.choice((A4, _B5))
    draft = begin(kit, size, points(choose.uniform(10.5, 12.5)), paper(kit, size))
    em = draft.size
    ink = choose.choice(INKS)
    left, right = choose.randrange(90, 150), size[0] - choose.randrange(90, 150)
    draft.centred(170, hospital(choose) + "门诊病历", points(17), 5)
    y = _filled(draft, left, right, 170 + em * 3, ink, choose.randrange(5, 9))
    pitch = em * choose.uniform(2.2, 3.0)
    hand = pitch * choose.uniform(0.52, 0.66)
    ruled = choose.choice(("all", "all", "none", "dotted"))
    y += pitch
    foot = size[1] - 170
    keys = ["主诉", "现病史", "既往史", "查体", "诊断", "处理"]
    while y < foot:
        x = left + em * 1.5
        if ruled != "none":
            draft.line((left, y + hand * 0.22, right, y + hand * 0.22), 2, _RULE,
                       dash=8 if ruled == "dotted" else 0)  # fmt: skip
        key = None
        if keys and (len(keys) == 6 or choose.random() < 0.4):
            name = keys.pop(0) + "："
            box = draft.stamp(left, y, name, bold=True)
            key, x = (name, box), box[2] + em * 0.4
        if key and key[0] == "查体：":
            text = grammar.vital_signs(choose).removeprefix("查体：")
        elif not keys and choose.random() < 0.5:
            text = f"{kit.texts.word(choose, 'drugs_zh', 8)} {choose.choice(_WAYS)}"
        else:
            text = kit.texts.paragraph(choose, 60)[: choose.randrange(5, 34)]
        if draft.write(x, y, text, hand, right - x, ink=ink, key=key) is None and key:
            draft.note(key[1], y, em, key[0], Kind.FIELD)
        y += pitch
        if not keys and choose.random() < 0.12:
            break
    signed = left + (right - left) * 0.55
    _signed(draft, signed, right, min(y + em, size[1] - 70), ink, ("医师签名",))
    return draft


def _filled(draft: Draft, left: float, right: float, y: float, ink: Colour, count: int) -> float:
    """Print keys with a rule behind each and write the values; return the next row's foot."""
    kit, em = draft.kit, draft.size
    pairs = [(key, value) for key, value in fields(kit.choose, kit.texts, count) if value]
    x = left
    for key, value in pairs:
        wide = draft.long(key + "：") + max(len(value) * em * 0.95, em * 2.5) + em
        if x > left and x + wide > right:
            x, y = left, y + em * 2.1
        wide = min(wide, right - x)
        box = draft.stamp(x, y, f"{key}：")
        draft.line((box[2] + 2, y + em * 0.3, x + wide - em * 0.5, y + em * 0.3), 1, _RULE)
        room = max(em, x + wide - em * 0.6 - box[2])
        size = em * kit.choose.uniform(1.15, 1.5)
        if draft.write(box[2] + 6, y, value, size, room, ink=ink, key=(f"{key}：", box)) is None:
            draft.note(box, y, em, f"{key}：", Kind.FIELD)
        x += wide + em * 0.4
    return y + em * 2.1


def _signed(
    draft: Draft, left: float, right: float, y: float, ink: Colour, keys: tuple[str, ...]
) -> float:  # fmt: skip
    """Print keys side by side and sign after some; return where the next row would stand."""
    kit, em = draft.kit, draft.size
    step = (right - left) / len(keys)
    for k, key in enumerate(keys):
        box = draft.stamp(left + k * step, y, f"{key}：")
        text = grammar.person(kit.choose)
        if key == "药费":
            text = f"{kit.choose.randrange(5, 400)}.{kit.choose.randrange(100):02d}"
        room = step - (box[2] - box[0]) - em
        done = None
        if kit.choose.random() < 0.7 and room > em:
            size = em * kit.choose.uniform(1.3, 1.7)
            done = draft.write(box[2] + 4, y, text, size, room, ink=ink, key=(f"{key}：", box))
        if done is None:
            draft.note(box, y, em, f"{key}：", Kind.FIELD)
    return y + em * 2.2
