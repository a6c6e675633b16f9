"""A grammar of what medical papers hold and prose does not: values, units, ranges, dates, ids.

Every function takes a ``random.Random`` and gives one text. Nothing here is copied from a record;
names, numbers and dates are made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from desktop_ocr.training import drugs


def _words(text: str) -> list[str]:
    """Return the words of a table."""
    return text.split()


_UNITS = _words(
    "g/L mg/L μg/L ng/mL pg/mL mmol/L μmol/L umol/L nmol/L pmol/L U/L IU/L IU/mL mIU/L uIU/mL "
    "10^9/L 10^12/L ×10⁹/L ×10¹²/L ×10^9/L *10^9/L /HP /LP /uL % ‰ fL pg s sec mm/h mmHg kPa "
    "cmH₂O ℃ bpm 次/分 kg cm mm m² kg/m² ㎡ ㎎ ㎏ ㎜ ㎝ ml mL L mg g μg ug IU U mEq/L mg/dL S/CO "
    "COI Pa dB Hz mSv mg/kg ug/min ml/h mmol/24h g/24h cm² cm³ HU 岁 天 小时 分 滴/分"
)
_FORMS = _words("片 粒 支 瓶 袋 盒 丸 贴 包 滴 ml mg g 单位")
_WAYS = _words(
    "po iv im ih ivgtt qd bid tid qid q8h q12h q6h qn prn st. ac pc hs 口服 静滴 肌注 皮下注射 "
    "静脉滴注 雾化吸入 外用 含服 每日一次 每日三次 睡前 饭后 必要时 即刻"
)
_ARROWS = ("↑", "↓", "↑↑", "↓↓", "→", "H", "L", "*", "↑", "↓")
_HEADINGS = _words(
    "姓名 性别 年龄 科室 床号 住院号 门诊号 病历号 检验者 审核者 送检医师 标本类型 临床诊断 "
    "采样时间 报告时间 接收时间 检查日期 检查部位 检查所见 诊断意见 检查结论 影像表现 主诉 "
    "现病史 既往史 个人史 家族史 体格检查 辅助检查 初步诊断 处理意见 医嘱 医师签名 "
    "项目 结果 参考范围 单位 提示 序号 "
    "代号 参考值 条码号 样本号 申请科室 费别 联系电话 入院日期 出院日期 出院诊断 手术名称 麻醉方式"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩"
    "冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉"
    "兰红建国志文斌宇浩凯雪梅琳慧博欣怡子涵梓轩晨曦嘉懿翰璇"
)
_DEPARTMENTS = _words(
    "心内科 呼吸内科 消化内科 神经外科 骨科 普外科 妇产科 儿科 急诊科 肾内科 内分泌科 血液科 "
    "感染科 肿瘤科 眼科 耳鼻喉科 口腔科 皮肤科 中医科 康复科 ICU 检验科 放射科 超声科 病理科"
)
_BEFORE_DRUG = _words("Tab. Tab Cap. Cap Inj. Inj Syp. Syp T. C. Oint. Susp. Drops Cr.")
_AMOUNTS = _words(
    "0.1 0.25 0.5 1 2 2.5 4 5 10 12.5 15 20 25 30 40 50 60 75 80 100 120 125 150 200 250 300 400 "
    "500 600 625 650 750 1000 50/500 5/325 160/25"
)
_STRENGTHS = _words("mg mg mg g mcg ml IU %")
_TIMES = _words(
    "1-0-1 1+0+1 0-0-1 0+0+1 1-1-1 1+1+1 1-0-0 1+0+0 0-1-0 ½-0-½ 2-0-2 od bd tds qid hs sos stat "
    "OD BD TDS QID HS SOS STAT prn qds x/7 5/7 1/52 2/52 1/12"
)
_NOTES = _words(
    "CBC ESR CRP LFT RFT RBS FBS PPBS HbA1c TSH ECG CXR USG MRI CT EEG EMG BP PR RR SpO2 GCS NPO "
    "NKDA SOB DM HTN IHD COPD CKD UTI URTI LRTI GERD CVA TIA MI AF DVT PE ICU OPD IPD OT NAD WNL "
    "Rx Hx Dx Tx C/O O/E P/H R/O F/U w/o S/E PO IV IM SC PRN STAT Adv. Imp. Wt Ht LMP EDD G2P1 "
    "fever cough pain headache nausea vomiting diarrhea asthma anemia allergy abdomen abscess "
    "acute admission advice after before biopsy bleeding bladder blood breast breath bronchitis "
    "cardiac chest chronic clear complaint culture daily days dehydration dermatitis diabetes "
    "diagnosis discharge dizziness dose dressing duration eczema edema emergency examination "
    "exercise family fatigue follow fracture fluid gastritis glucose heart hepatitis hernia "
    "history hypertension infection injection injury itching jaundice kidney lesion liver lower "
    "lung lymph malaria meals migraine mild monitor month morning murmur negative neurology night "
    "normal oedema oral oxygen palpitation patient pelvis physiotherapy pneumonia positive "
    "pregnancy pressure prostate pulse rash reflux refer regular renal respiratory rest review "
    "right sensitive severe sinusitis skin sleep spine spleen stable stool sugar surgery swelling "
    "syrup tablet tender therapy throat thyroid tonsillitis twice ulcer ultrasound upper urine "
    "vaccine vertigo visit vitals vomit water weakness weeks weight wheeze wound"
)
_SHOP = _words(
    "TOTAL CASH CHANGE INVOICE TAX GST RECEIPT DATE TIME QTY ITEM PRICE AMOUNT DISCOUNT SUBTOTAL "
    "ROUNDING THANK YOU PLEASE COME AGAIN GOODS SOLD ARE NOT RETURNABLE TEL FAX NO LOT JALAN TAMAN "
    "STREET ROAD CENTRE SDN BHD COMPANY STORE MEMBER CARD CASHIER TABLE COUNTER BILL SERVICE "
    "CHARGE NET PAID BALANCE CREDIT VISA PCS PACK BOX HOSPITAL CLINIC PHARMACY WARD PATIENT"
)


@dataclass(frozen=True, slots=True)
class LabItem:
    """One row of ``lab_items.tsv``: a test with its abbreviation, unit and usual range."""

    name: str
    abbreviation: str
    unit: str
    reference: str


def number(rng: random.Random) -> str:
    """Draw a measured value."""
    kind = rng.random()
    if kind < 0.35:
        return str(rng.randrange(0, 10 ** rng.choice((1, 2, 2, 3, 3, 4, 5))))
    if kind < 0.9:
        whole = rng.randrange(0, 10 ** rng.choice((1, 1, 2, 2, 3)))
        return f"{whole}.{rng.randrange(0, 10 ** (d := rng.choice((1, 1, 2, 2, 3)))):0{d}d}"
    return f"{rng.choice('<>≤≥＜＞')}{rng.randrange(0, 100)}.{rng.randrange(0, 10)}"


def value(rng: random.Random) -> str:
    """Draw a value with its unit and perhaps an arrow."""
    space = rng.choice(("", "", " "))
    arrow = rng.choice(_ARROWS) if rng.random() < 0.3 else ""
    return f"{number(rng)}{space}{rng.choice(_UNITS)}{arrow}"


def raised(rng: random.Random) -> str:
    """Draw a value with raised or lowered signs: counts, areas, ions, formulae."""
    base = f"{rng.randrange(1, 100)}.{rng.randrange(10)}"
    return rng.choice(
        (
            f"{base}{rng.choice('××*x')}10{rng.choice(('⁹', '⁹', '⁶', '³', '¹²'))}/L",
            f"{base}×{rng.randrange(1, 100)}mm²",
            f"{base}{rng.choice(('m²', 'cm²', 'mm²', 'cm³', 'm³'))}",
            f"{rng.choice(('PaCO₂', 'PaO₂'))} {base}{rng.choice(('mmHg', 'kPa'))}",
            f"{rng.choice(('SpO₂', 'SaO₂', 'FiO₂'))} {base}%",
            f"{rng.choice(('Na⁺', 'K⁺', 'Ca²⁺', 'Cl⁻', 'HCO₃⁻'))} {base}mmol/L",
            f"BMI {base}kg/m²",
        )
    )


def reference_range(rng: random.Random) -> str:
    """Draw a reference range, with or without a unit."""
    low = rng.randrange(0, 200)
    high = low + rng.randrange(1, 300)
    digits = rng.choice((0, 0, 1, 2))
    join = rng.choice(("-", "--", "~", "～", "—", "-", "–", "to", "---"))
    left, right = (f"{bound / 10**digits:.{digits}f}" for bound in (low, high))
    unit = rng.choice(_UNITS) if rng.random() < 0.4 else ""
    text = f"{left}{join}{right}{unit}"
    return rng.choice(
        (text, text, text, f"({text})", f"（{text}）", f"[{text}]", f"<{right}{unit}")
    )


def date(rng: random.Random) -> str:
    """Draw a date, a time or both."""
    year, month, day = rng.randrange(1950, 2027), rng.randrange(1, 13), rng.randrange(1, 32)
    hour, minute, second = rng.randrange(24), rng.randrange(60), rng.randrange(60)
    kind = rng.randrange(8)
    if kind == 0:
        text = f"{year}年{month}月{day}日"
    elif kind == 1:
        text = f"{year}.{month}.{day}"
    elif kind == 2:
        text = f"{year % 100:02d}-{month:02d}-{day:02d}"
    elif kind == 3:
        text = f"{day:02d}/{month:02d}/{year}"
    elif kind == 4:
        text = f"{year}/{month:02d}/{day:02d}"
    else:
        text = f"{year}-{month:02d}-{day:02d}"
    if rng.random() < 0.5:
        colon = rng.choice((":", ":", ":", "："))
        text += f" {hour:02d}{colon}{minute:02d}"
        if rng.random() < 0.5:
            text += f"{colon}{second:02d}"
    return text


def identifier(rng: random.Random) -> str:
    """Draw an id: groups of digits and capitals, runs of equal digits among them."""

    def group() -> str:
        length = rng.choice((1, 2, 2, 3, 4, 4, 6, 7, 8))
        kind = rng.random()
        if kind < 0.2:
            return rng.choice("0123456789") * length
        if kind < 0.3:
            return "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=min(length, 4)))
        if kind < 0.4:
            return "X" * min(length, 4)
        return "".join(rng.choices("0123456789", k=length))

    join = rng.choice(("-", "-", "-", "", "/", " "))
    return join.join(group() for _ in range(rng.randrange(1, 7)))


def dose(rng: random.Random) -> str:
    """Draw a prescription line's dose."""
    amount = rng.choice(("0.5", "1", "2", "0.1", "0.25", "10", "20", "25", "50", "100", "250", "½"))
    unit = rng.choice(("g", "mg", "ml", "mg", "μg", "U", "万U", "片", "粒"))
    times = rng.choice(("×", "x", "*", "×"))
    text = f"{amount}{unit}{times}{rng.randrange(1, 100)}{rng.choice(_FORMS)}"
    ways = " ".join(rng.sample(_WAYS, rng.randrange(1, 3)))
    return rng.choice((f"{text} {ways}", f"{amount}{unit} {ways}", f"Sig: {amount}{unit} {ways}"))


def drug_name(rng: random.Random) -> str:
    """Draw a drug's name, known or made up, at times with its form before or its strength after.

    Returns:
        ASCII letters, digits and signs (with a half of a tablet now and then), one to four words.
    """
    kind = rng.random()
    if kind < 0.35:
        name = drugs.generic(rng)
    else:
        name = drugs.invented(rng) if kind < 0.8 else drugs.syllables(rng)
    name = _letter_case(rng, name)
    kind = rng.random()
    if kind < 0.08:
        name += rng.choice("- ") + rng.choice(("D", "XR", "SR", "Plus", "M", "CR", "500", "20"))
    elif kind < 0.16:
        name = f"{name} {strength(rng)}"
    elif kind < 0.2:
        name = f"{name} {rng.choice(_TIMES)}"
    if rng.random() < 0.1:
        name = _before_drug(rng) + name
    return name


def _letter_case(rng: random.Random, word: str) -> str:
    kind = rng.random()
    return word.capitalize() if kind < 0.68 else word if kind < 0.9 else word.upper()


def _before_drug(rng: random.Random) -> str:
    """Return a form or a number as it stands before a drug's name, with its space."""
    if rng.random() < 0.3:
        return f"{rng.randrange(1, 13)}{rng.choice(('. ', ') ', '.'))}"
    form = rng.choice(_BEFORE_DRUG)
    return form if form.endswith(".") and rng.random() < 0.3 else f"{form} "


def strength(rng: random.Random) -> str:
    """Draw how much of a drug a tablet or a dose holds."""
    amount = rng.choice(_AMOUNTS)
    if rng.random() < 0.2:
        return amount
    return amount + rng.choice(("", "", " ")) + rng.choice(_STRENGTHS)


def times(rng: random.Random) -> str:
    """Draw when a drug is taken, or how much of it: what stands alone beside a name."""
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(_TIMES)
    if kind < 0.7:
        return strength(rng)
    if kind < 0.85:
        return rng.choice("-+").join(rng.choices("0011½2", k=3))
    return f"{rng.choice('x×/')} {rng.randrange(1, 31)} {rng.choice(('days', 'd', '/7', 'wk'))}"


def prescription(rng: random.Random) -> str:
    """Draw a line of a prescription in English: form, name, strength, times, days."""
    name = drugs.generic(rng) if rng.random() < 0.5 else drugs.invented(rng)
    parts = [_letter_case(rng, name)]
    if rng.random() < 0.75:
        parts.append(strength(rng))
    if rng.random() < 0.75:
        parts.append(rng.choice(_TIMES))
    if rng.random() < 0.35:
        parts.append(f"x {rng.randrange(1, 31)}{rng.choice((' days', 'd', '/7', ' wks'))}")
    before = _before_drug(rng) if rng.random() < 0.7 else ""
    return before + " ".join(parts)


def note(rng: random.Random) -> str:
    """Draw English words and abbreviations of a ward's notes."""
    count = rng.choice((1, 1, 1, 2, 2, 3))
    words = [
        word if any(c.isupper() for c in word) else _letter_case(rng, word)
        for word in rng.choices(_NOTES, k=count)
    ]
    return " ".join(words)


def vital_signs(rng: random.Random) -> str:
    """Draw the signs that open an examination."""
    return rng.choice(("", "查体：")) + (
        f"T{rng.choice(('', ':', ' '))}{rng.randrange(350, 410) / 10}℃"
        f"{rng.choice((' ', ',', '，'))}P{rng.choice(('', ':', ' '))}{rng.randrange(50, 140)}次/分"
        f"{rng.choice((' ', ',', '，'))}R {rng.randrange(12, 30)}次/分"
        f"{rng.choice((' ', ',', '，'))}BP {rng.randrange(80, 200)}/{rng.randrange(40, 110)}mmHg"
    )


def person(rng: random.Random) -> str:
    """Draw a made-up name."""
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))


def heading(rng: random.Random) -> str:
    """Draw a form's label with what stands after it."""
    label = rng.choice(_HEADINGS)
    after: Callable[[random.Random], str] = rng.choice(
        (date, identifier, person, lambda r: r.choice(_DEPARTMENTS), number, lambda _: "")
    )
    space = rng.choice(("", "", " ", "  "))
    return f"{label}{rng.choice(('：', ':', '', ' '))}{space}{after(rng)}".strip()


def lab_row(rng: random.Random, items: list[LabItem]) -> str:
    """Draw a row of a laboratory sheet, or some of its cells side by side."""
    item = rng.choice(items)
    cells = [
        rng.choice(
            (item.abbreviation or item.name, item.name, f"{item.name}({item.abbreviation})")
        ),
        item.name,
        number(rng) + (rng.choice(_ARROWS) if rng.random() < 0.3 else ""),
        item.reference.replace("-", rng.choice(("-", "--", "~", "～", "—")))
        or reference_range(rng),
        item.unit or rng.choice(_UNITS),
    ]
    if rng.random() < 0.3:
        cells.insert(0, str(rng.randrange(1, 60)))
    first = rng.randrange(0, len(cells) - 1)
    last = rng.randrange(first + 1, len(cells) + 1)
    wide = rng.choice((" ", "  ", "   ", "     "))
    return wide.join(cell for cell in cells[first:last] if cell)


def receipt(rng: random.Random) -> str:
    """Draw capitals, prices and codes as tills print them."""
    kind = rng.random()
    words = rng.sample(_SHOP, rng.randrange(1, 5))
    if kind < 0.35:
        return " ".join(words)
    if kind < 0.5:
        return f"{words[0]}: {identifier(rng)}"
    if kind < 0.65:
        return f"{' '.join(words[:2])}   {rng.randrange(1, 400)}.{rng.randrange(100):02d}"
    if kind < 0.75:
        return f"RM {rng.randrange(1, 400)}.{rng.randrange(100):02d}"
    if kind < 0.85:
        house, street = rng.randrange(1, 200), " ".join(words).title()
        return f"NO.{house}, {street} {rng.randrange(1, 99)}/{rng.randrange(1, 99)},"
    if kind < 0.93:
        return (
            f"{rng.randrange(1, 10)} x {rng.randrange(1, 90)}.{rng.randrange(100):02d} {words[0]}"
        )
    stars = rng.choice("*-=") * rng.randrange(2, 6)
    return f"{stars} {words[0]} {stars}"


def charset_run(rng: random.Random, characters: str) -> str:
    """Draw characters without a language, so that looks alone must decide."""
    text = "".join(rng.choices(characters, k=rng.randrange(1, 15)))
    return " ".join(text) if rng.random() < 0.1 else text
