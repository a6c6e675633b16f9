"""Two printed pages: an X-ray report and a laboratory sheet."""

from __future__ import annotations

import random

from desktop_ocr.training.samples.sheet import A4, Rectangle, Sheet, Type, points, set_paragraph

HOSPITAL = "青禾市第三人民医院"

SONG = Type.debian(
    "truetype/arphic-gbsn00lp/gbsn00lp.ttf", "truetype/arphic/uming.ttc",
    "opentype/noto/NotoSerifCJK-Regular.ttc", "truetype/dejavu/DejaVuSans.ttf",
)  # fmt: skip
HEI = Type.debian("truetype/wqy/wqy-zenhei.ttc", "opentype/noto/NotoSansCJK-Regular.ttc",
                  "truetype/dejavu/DejaVuSans.ttf")  # fmt: skip
HEADING = Type.debian("opentype/noto/NotoSerifCJK-Bold.ttc")
HEADING_HEI = Type.debian("opentype/noto/NotoSansCJK-Bold.ttc")

XRAY_HEADER = (
    (("姓名：周启明", 0), ("性别：男", 400), ("年龄：58岁", 680), ("检查号：DR20250312047", 990)),
    (("科别：呼吸内科", 0), ("床号：12", 400), ("住院号：0031846", 680),
     ("检查日期：2025-03-12", 990)),
    (("检查部位：胸部正侧位", 0), ("检查方法：数字摄影", 400), ("临床诊断：咳嗽、发热待查", 990)),
)  # fmt: skip
XRAY_FINDINGS = (
    (
        "胸廓对称，气管居中，纵隔无明显增宽。两肺纹理增多、增粗，右肺下野可见斑片状密度增高影，边界模糊，"
        "范围约3.2cm×2.5cm，其内密度不均匀，未见空洞及钙化。左肺野未见明确实变影。两侧肺门大小、形态未见异常。"
    ),
    "主动脉弓部见弧形钙化，心影不大，心胸比约0.48。两侧膈面光滑，左侧肋膈角锐利，右侧肋膈角略变钝。",
    "所示胸椎椎体边缘骨质增生，诸肋骨未见骨折征象。",
)
XRAY_DIAGNOSIS = (
    "1. 右肺下野斑片影，考虑炎症可能性大，建议抗感染治疗后复查，必要时行CT检查。",
    "2. 右侧胸腔少量积液不除外。",
    "3. 主动脉硬化；胸椎退行性变。",
)

LAB_HEADER = (
    (("姓名：周启明", 0), ("性别：男", 320), ("年龄：58岁", 555),
     ("标本种类：静脉血", 850), ("标本号：1047", 1160)),
    (("科别：呼吸内科", 0), ("床号：12", 320), ("住院号：0031846", 555),
     ("诊断：肺炎", 850), ("送检：沈若兰", 1160)),
)  # fmt: skip

# Name, result with its flag, unit, reference interval; absolute counts, indices and differences
# agree with each other. The flags follow from the intervals.
LAB_ROWS = (
    ("白细胞计数（WBC）", "12.36 ↑", "10^9/L", "3.50-9.50"),
    ("中性粒细胞百分比（NEUT%）", "84.2 ↑", "%", "40.0-75.0"),
    ("淋巴细胞百分比（LYMPH%）", "10.3 ↓", "%", "20.0-50.0"),
    ("单核细胞百分比（MONO%）", "4.7", "%", "3.0-10.0"),
    ("嗜酸性粒细胞百分比（EO%）", "0.6", "%", "0.4-8.0"),
    ("中性粒细胞绝对值（NEUT#）", "10.41 ↑", "10^9/L", "1.80-6.30"),
    ("红细胞计数（RBC）", "4.21 ↓", "10^12/L", "4.30-5.80"),
    ("血红蛋白（HGB）", "128 ↓", "g/L", "130-175"),
    ("红细胞压积（HCT）", "0.381 ↓", "L/L", "0.400-0.500"),
    ("平均红细胞体积（MCV）", "90.5", "fL", "82.0-100.0"),
    ("平均血红蛋白量（MCH）", "30.4", "pg", "27.0-34.0"),
    ("血小板计数（PLT）", "286", "10^9/L", "125-350"),
    ("C反应蛋白（CRP）", "46.8 ↑", "mg/L", "0.0-8.0"),
    ("丙氨酸氨基转移酶（ALT）", "62 ↑", "U/L", "9-50"),
    ("天门冬氨酸氨基转移酶（AST）", "48 ↑", "U/L", "15-40"),
    ("总胆红素（TBIL）", "14.2", "μmol/L", "≤26.0"),
    ("直接胆红素（DBIL）", "4.6", "μmol/L", "≤8.0"),
    ("总蛋白（TP）", "66.5", "g/L", "65.0-85.0"),
    ("白蛋白（ALB）", "37.4 ↓", "g/L", "40.0-55.0"),
    ("葡萄糖（GLU）", "6.85 ↑", "mmol/L", "3.90-6.10"),
    ("尿素（UREA）", "7.92", "mmol/L", "3.10-8.00"),
    ("肌酐（CREA）", "96", "μmol/L", "57-97"),
    ("尿酸（UA）", "446 ↑", "μmol/L", "208-428"),
    ("总胆固醇（TC）", "5.43 ↑", "mmol/L", "＜5.18"),
    ("甘油三酯（TG）", "1.92 ↑", "mmol/L", "＜1.70"),
    ("钾（K）", "3.62", "mmol/L", "3.50-5.30"),
    ("钠（Na）", "136.2 ↓", "mmol/L", "137.0-147.0"),
    ("氯（Cl）", "99.4", "mmol/L", "99.0-110.0"),
)
LAB_TIMES = (
    (("采样时间：2025-03-12 07:20", 0), ("接收时间：2025-03-12 08:05", 470),
     ("报告时间：2025-03-12 10:36", 940)),
)  # fmt: skip
LAB_COLUMNS = (("No.", 0), ("项目", 90), ("结果", 640), ("单位", 880), ("参考区间", 1110))


def xray_report(rng: random.Random, hand: Type) -> Sheet:
    """Draw an X-ray report: heading, patient, findings, diagnosis, signatures, seal."""
    sheet = Sheet.blank(A4)
    left, right = 150, A4[0] - 150
    _centred(sheet, 205, HOSPITAL, HEADING, points(19))
    _centred(sheet, 285, "X线检查报告单", HEADING, points(15))
    y = _header(sheet, left, 375, XRAY_HEADER, SONG, points(10.5), 54)
    sheet.rule(left, y - 22, right, 3)

    body = points(12)
    for title, paragraphs, gap in (
        ("检查所见：", XRAY_FINDINGS, 90), ("检查诊断：", XRAY_DIAGNOSIS, 0),
    ):  # fmt: skip
        y += 40
        sheet.next_row()
        sheet.label(title, sheet.print(left, y, title, HEI, body, bold=True))
        for paragraph in paragraphs:
            for line, x, track in set_paragraph(sheet, paragraph, SONG, body, right - left):
                y += 60
                sheet.next_row()
                box = sheet.print(left + x, y, line, SONG, body, track=track)
                sheet.label(line, box)
        y += gap

    y = 1960
    sheet.rule(left, y - 70, right, 2)
    small = points(10.5)
    sheet.next_row()
    for x, title, name in ((0, "报告医师：", "沈若兰"), (520, "审核医师：", "高鹏程")):
        printed = sheet.print(left + x, y, title, SONG, small)
        signed = sheet.write(printed[2] + 12, y + 6, name, hand, 54, rng, ink=(40, 40, 60))
        sheet.label(title + name, printed, signed)
    text = "报告时间：2025-03-12 15:42"
    sheet.label(text, sheet.print(left + 960, y, text, SONG, small))
    y += 75
    text = "注：本报告仅供临床医师参考，如与临床不符请及时与我科联系。电话：0000-8642135"
    sheet.next_row()
    sheet.label(text, sheet.print(left, y, text, SONG, points(9)))
    sheet.seal((1074, 1846), 150, HOSPITAL + "影像诊断专用章", HEADING, 9.0, rng)
    return sheet


def lab_sheet(rng: random.Random, hand: Type) -> Sheet:
    """Draw a laboratory sheet: patient, 28 rows of a ruled table, signatures."""
    sheet = Sheet.blank(A4)
    left, right = 140, A4[0] - 140
    _centred(sheet, 165, HOSPITAL + "检验报告单", HEADING_HEI, points(17))
    size = points(10)
    y = _header(sheet, left, 250, LAB_HEADER, HEI, size, 48)
    sheet.rule(left, y - 26, right, 4)
    y += 14
    sheet.next_row()
    for title, x in LAB_COLUMNS:
        sheet.label(title, sheet.print(left + x, y, title, HEI, size, bold=True))
    sheet.rule(left, y + 18, right, 3)
    for number, row in enumerate(LAB_ROWS, 1):
        y += 54
        sheet.next_row()
        for (_, x), cell in zip(LAB_COLUMNS, (str(number), *row), strict=True):
            sheet.label(cell, sheet.print(left + x, y, cell, HEI, size))
        last = number == len(LAB_ROWS)
        sheet.rule(left, y + 18, right, 4 if last else 1, (28, 28, 30) if last else (150, 150, 150))
    y += 68
    _header(sheet, left, y, LAB_TIMES, HEI, size, 48)
    y += 56
    sheet.next_row()
    for x, title, name in ((0, "检验者：", "贺云飞"), (470, "审核者：", "陶静")):
        printed = sheet.print(left + x, y, title, HEI, size)
        signed = sheet.write(printed[2] + 10, y + 6, name, hand, 48, rng, ink=(40, 40, 60))
        sheet.label(title + name, printed, signed)
    text = "本结果仅对该标本负责"
    sheet.label(text, sheet.print(left + 940, y, text, HEI, size))
    return sheet


def _centred(sheet: Sheet, baseline: float, text: str, face: Type, size: int) -> Rectangle:
    x = (sheet.image.width - sheet.width(text, face, size, 4)) / 2
    sheet.next_row()
    box = sheet.print(x, baseline, text, face, size, track=4)
    sheet.label(text, box)
    return box


def _header(
    sheet: Sheet, left: float, y: float, rows: tuple[tuple[tuple[str, int], ...], ...],
    face: Type, size: int, pitch: int,
) -> float:  # fmt: skip
    """Print rows of keys with their values; return where the next row would stand."""
    for row in rows:
        sheet.next_row()
        for text, x in row:
            sheet.label(text, sheet.print(left + x, y, text, face, size))
        y += pitch
    return y
