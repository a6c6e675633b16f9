"""Two pages of another kind: an outpatient note written by hand and an old printed page."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image

from desktop_ocr.training.samples.printed import HEADING, HOSPITAL, SONG
from desktop_ocr.training.samples.sheet import A4, Rectangle, Sheet, Type, points, set_paragraph

MING = Type.debian("truetype/arphic/uming.ttc", "opentype/noto/NotoSerifCJK-Regular.ttc")

# Printed key, written value, left edge.
NOTE_HEADER = (
    (("姓名：", "林秋月", 0), ("性别：", "女", 470), ("年龄：", "46岁", 760),
     ("科别：", "消化内科", 1060)),
    (("门诊号：", "20250418063", 0), ("日期：", "2025年4月18日", 470),
     ("过敏史：", "青霉素", 1060)),
)  # fmt: skip
# Printed key or nothing, then what is written on the ruled line.
NOTE_BODY = (
    ("主诉：", "反复上腹部隐痛2周，加重3天。"),
    ("现病史：", "患者2周前进食辛辣食物后出现上腹部隐痛，"),
    ("", "餐后明显，伴反酸、嗳气，无呕血及黑便。自服铝碳酸"),
    ("", "镁后稍缓解。近3天疼痛加重，夜间痛醒，食欲差，"),
    ("", "体重无明显下降，大小便正常。"),
    ("既往史：", "高血压病5年，规律服药，血压控制尚可。"),
    ("查体：", "T 36.7℃  P 78次/分  R 18次/分  BP 138/86mmHg"),
    ("", "神志清楚，心肺听诊未见异常。腹平软，剑突下轻"),
    ("", "压痛，无反跳痛，肝脾肋下未触及，肠鸣音正常。"),
    ("初步诊断：", "1. 慢性胃炎？"),
    ("", "2. 高血压病2级"),
    ("处理：", "1. 查血常规、肝功能，预约胃镜检查。"),
    ("", "2. 奥美拉唑肠溶胶囊 20mg 每日2次 饭前服"),
    ("", "3. 铝碳酸镁片 1.0g 每日3次 嚼服"),
    ("", "4. 清淡饮食，忌烟酒，一周后复诊。"),
)

ARCHIVE_TITLE = "大叶性肺炎四十六例临床分析"
ARCHIVE_AUTHOR = "青禾县人民医院内科　顾长庚　陆蕴华"
# "# " marks a heading.
ARCHIVE_TEXT = (
    ("大叶性肺炎为冬春季节常见的急性疾病。本院内科自一九五九年一月至一九六二年十二月，共收治大叶性肺炎"
    "四十六例，均经临床及X线检查证实。现将有关资料加以整理，并就诊断与治疗中的几个问题作初步讨论。"),
    "# 一、临床资料",
    ("年龄与性别：男性三十一例，女性十五例，男女之比约为2∶1。年龄最小者十六岁，最大者六十七岁，"
    "其中二十至四十岁者共二十九例，占63.0％。"),
    ("发病季节：以十二月至次年三月为最多，共三十三例，占71.7％。发病前有受凉、淋雨或过度劳累史者"
    "二十四例，有上呼吸道感染史者十三例。"),
    ("症状：多数病人起病急骤，先有寒战，继以高热。体温在39℃以上者三十八例，呈稽留热型者二十七例。"
    "咳嗽四十五例，胸痛三十六例，咯铁锈色痰二十二例，气促十九例，口唇疱疹十四例，恶心呕吐八例，腹痛三例。"
    "腹痛的三例均在右上腹部，入院时曾误诊为急性胆囊炎，后经胸部透视始得确诊。"),
    ("体征：急性病容四十例，呼吸增快三十五例，紫绀九例。病变部位叩诊浊音三十四例，语颤增强三十例，"
    "闻及管状呼吸音二十六例，湿性罗音三十九例，胸膜摩擦音五例。血压低于90/60毫米汞柱者四例。"),
    "病变部位：右下叶十九例，左下叶十三例，右上叶七例，右中叶四例，左上叶三例。",
    ("化验检查：白细胞总数在10,000以下者六例，10,000至20,000者二十八例，20,000以上者十二例，中性"
    "多形核细胞多在80％以上，并有核左移。痰培养三十例，检出肺炎双球菌十七例。"),
    "# 二、治疗方法",
    ("一般治疗：卧床休息，给予流质或半流质饮食。高热者用物理降温，气促、紫绀者给氧吸入，失水者静脉"
    "滴注5％葡萄糖生理盐水。"),
    ("抗菌治疗：单用青霉素者二十六例，每日四十万至八十万单位，分次肌肉注射；青霉素与链霉素合用者"
    "十二例；单用磺胺嘧啶者八例，首剂4克，以后每四小时1克，同服等量碳酸氢钠，并多饮水。体温正常三天后停药。"),
    ("休克的处理：四例休克病人除加大青霉素用量外，并给予静脉补液、氢化可的松及升压药物，其中三例"
    "血压于十二小时内回升。"),
    "# 三、治疗结果",
    ("四十六例中治愈四十三例，好转二例，死亡一例，病死率2.2％。体温恢复正常的时间平均为2.8天，肺部阴影"
    "完全吸收的时间平均为14.6天。死亡的一例为六十七岁男性，发病第五日始来就诊，入院时已处于深度休克，"
    "经抢救无效。"),
    "# 四、讨论",
    ("本病的典型症状为寒战、高热、胸痛及咯铁锈色痰，诊断多无困难。但老年及体弱患者体温可不甚高，白细胞亦可"
    "不增多，容易漏诊。下叶肺炎刺激膈胸膜时可引起上腹部疼痛，须与急腹症鉴别，以免误作手术。"),
    ("青霉素仍为治疗本病的首选药物。我们体会，用药愈早，热退愈快；病后三日内用药者二十九例，均于四日内热退。"
    "热退后仍应继续用药二、三日，以防复发。对青霉素过敏者，可改用磺胺药物。"),
    ("休克是本病死亡的主要原因。凡面色苍白、四肢厥冷、脉搏细弱而体温反不升高者，应随时测量血压，及早补充"
    "血容量，并注意尿量的变化，不可单独依靠升压药物。"),
    "# 五、小结",
    ("本文报告大叶性肺炎四十六例，治愈率为93.5％。早期诊断、及时应用足量青霉素，以及积极处理休克，"
    "是降低病死率的关键。"),
)  # fmt: skip


def outpatient_note(rng: random.Random, hand: Type) -> Sheet:
    """Draw an outpatient note: a printed form filled in by hand on ruled lines."""
    sheet = Sheet.blank(A4, (252, 251, 246))
    left, right = 140, A4[0] - 130
    rule = (120, 130, 140)
    title = HOSPITAL + "门诊病历"
    x = (A4[0] - sheet.width(title, HEADING, points(18), 6)) / 2
    sheet.next_row()
    sheet.label(title, sheet.print(x, 190, title, HEADING, points(18), track=6))
    y = 300.0
    for row in NOTE_HEADER:
        sheet.next_row()
        ends = [x for _, _, x in row[1:]] + [right - left + 30]
        for (key, value, x), end in zip(row, ends, strict=True):
            printed = sheet.print(left + x, y, key, SONG, points(12))
            sheet.rule(printed[2] + 4, y + 12, left + end - 30, 2, rule)
            written = sheet.write(printed[2] + 14, y + 2, value, hand, 52, rng, close=0.94)
            sheet.label(key + value, printed, written)
        y += 84
    y += 34
    for key, value in NOTE_BODY:
        sheet.rule(left, y + 16, right, 2, rule)
        sheet.next_row()
        parts: list[Rectangle] = []
        x = left + 60
        if key:
            printed = sheet.print(left, y, key, SONG, points(12), bold=True)
            parts.append(printed)
            x = printed[2] + 16
        parts.append(sheet.write(x, y + 2, value, hand, 58, rng, close=0.94))
        sheet.label(key + value, *parts)
        y += 103
    sheet.rule(left, y + 16, right, 2, rule)
    y += 103
    sheet.next_row()
    printed = sheet.print(left + 800, y, "医师签名：", SONG, points(12))
    signed = sheet.write(printed[2] + 16, y + 4, "程一舟", hand, 66, rng)
    sheet.label("医师签名：程一舟", printed, signed)
    return sheet


def archive_page(rng: random.Random, _hand: Type) -> Sheet:
    """Draw a page of an old medical bulletin: two columns of Song type on yellowed paper."""
    size = (1457, 2047)  # 16 kai, 185 x 260 mm
    sheet = Sheet(old_paper(size, rng))
    ink = (52, 46, 40)
    left, right, gutter = 132, size[0] - 132, 48
    em = points(10.5)
    sheet.next_row()
    for text, share in (("· 27 ·", 0.0), ("青禾醫刊", 0.5), ("第三卷　第二期", 1.0)):
        spare = right - left - sheet.width(text, MING, points(9), 2)
        place = left + spare * share
        sheet.label(text, sheet.print(place, 120, text, MING, points(9), ink=ink, track=2))
    sheet.rule(left, 138, right, 2, ink)
    for text, face, big, baseline in (
        (ARCHIVE_TITLE, HEADING, points(16), 222), (ARCHIVE_AUTHOR, MING, em, 286),
    ):  # fmt: skip
        start = (size[0] - sheet.width(text, face, big, 3)) / 2
        sheet.next_row()
        sheet.label(text, sheet.print(start, baseline, text, face, big, ink=ink, track=3))

    column = (right - left - gutter) / 2
    pitch, top, bottom = 41, 352, size[1] - 118
    x, y = float(left), float(top)
    for paragraph in ARCHIVE_TEXT:
        heading = paragraph.startswith("# ")
        if heading:
            text = paragraph.removeprefix("# ")
            lines = [(text, (column - sheet.width(text, HEADING, em)) / 2, 0.0)]
            y += pitch / 3
        else:
            lines = set_paragraph(sheet, paragraph, MING, em, column)
        for line, indent, track in lines:
            if y > bottom:
                x, y = x + column + gutter, float(top)
            sheet.next_row()
            face = HEADING if heading else MING
            box = sheet.print(x + indent, y, line, face, em, ink=ink, track=track, uneven=rng)
            sheet.label(line, box)
            y += pitch * (4 / 3 if heading else 1)
    return sheet


def old_paper(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Return yellowed paper: darker towards the edges, a few faint spots; size: width, height."""
    width, height = size
    seeds = np.random.default_rng(rng.getrandbits(32))
    coarse = Image.fromarray(np.uint8(seeds.random((9, 7)) * 255))
    clouds = coarse.resize(size, Image.Resampling.BICUBIC)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    dark = 16 * np.exp(-edge / 90) + 7 * np.asarray(clouds, np.float32) / 255
    for _ in range(14):
        cx, cy, r = seeds.random() * width, seeds.random() * height, 5 + 16 * seeds.random()
        dark += 13 * seeds.random() * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r))
    # Whole steps of one shade, so that the picture stays a small palette.
    shade = np.round(dark)[..., None]
    paper = np.array([240, 228, 198]) - shade * np.array([0.8, 1.0, 1.35])
    return Image.fromarray(np.uint8(np.clip(paper, 0, 255)))
