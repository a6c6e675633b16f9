"""Where the training data comes from, and under which licence; goes into every model.json."""

from __future__ import annotations

TRAINING_DATA: tuple[dict[str, str], ...] = (
    {"what": "PP-OCRv6 small recogniser (start of the convolutions, teacher)",
     "from": "PyPI rapidocr 3.10", "licence": "Apache-2.0"},
    {"what": "Ma Shan Zheng, Long Cang, Zhi Mang Xing, Liu Jian Mao Cao, ZCOOL KuaiLe, "
             "ZCOOL XiaoWei (Chinese handwriting and display faces)",
     "from": "npm @fontsource", "licence": "OFL-1.1"},
    {"what": "Architects Daughter, Caveat, Cedarville Cursive, Dancing Script, Gloria Hallelujah, "
             "Indie Flower, Kalam, La Belle Aurore, Nothing You Could Do, Patrick Hand, "
             "Reenie Beanie, Sacramento, Shadows Into Light, Zeyada (Latin handwriting)",
     "from": "npm @fontsource", "licence": "OFL-1.1"},
    {"what": "Bad Script, Covered By Your Grace, Gochi Hand, Handlee, Mansalva, Marck Script "
             "(Latin handwriting, second mix)",
     "from": "npm @fontsource", "licence": "OFL-1.1"},
    {"what": "Homemade Apple, Just Another Hand, Rock Salt, Schoolbell (Latin handwriting, "
             "second mix)",
     "from": "npm @fontsource", "licence": "Apache-2.0"},
    {"what": "Dawning of a New Day, Just Me Again Down Here, Kristi, Nanum Pen Script, Over the "
             "Rainbow, Sue Ellen Francisco, The Girl Next Door, Waiting for the Sunrise "
             "(Latin handwriting, third mix)",
     "from": "npm @fontsource", "licence": "OFL-1.1"},
    {"what": "Noto Sans CJK, Noto Serif CJK, Noto Mono", "from": "Debian", "licence": "OFL-1.1"},
    {"what": "WenQuanYi Zen Hei", "from": "Debian fonts-wqy-zenhei",
     "licence": "GPL-2.0 with font exception"},
    {"what": "WenQuanYi Micro Hei", "from": "Debian fonts-wqy-microhei",
     "licence": "Apache-2.0 or GPL-3.0 with font exception"},
    {"what": "AR PL UKai, UMing, SungtiL GB, KaitiM GB",
     "from": "Debian fonts-arphic-*", "licence": "Arphic Public License"},
    {"what": "LXGW WenKai", "from": "Debian fonts-lxgw-wenkai", "licence": "OFL-1.1"},
    {"what": "Droid Sans Fallback", "from": "Debian fonts-droid-fallback", "licence": "Apache-2.0"},
    {"what": "Liberation", "from": "Debian fonts-liberation", "licence": "OFL-1.1"},
    {"what": "DejaVu", "from": "Debian fonts-dejavu", "licence": "Bitstream Vera, public domain"},
    {"what": "centre lines of strokes", "from": "npm hanzi-writer-data",
     "licence": "Arphic Public License"},
    {"what": "ChineseBLUE texts (cEHRNER, cMedQANER, cMedQA, cMedTC, cMedIR, CMDD)",
     "from": "ChineseBLUE", "licence": "Apache-2.0"},
    {"what": "Chinese-medical-dialogue-data", "from": "toyhom", "licence": "MIT"},
    {"what": "TiDB documentation in Chinese", "from": "pingcap/docs-cn", "licence": "CC BY-SA 3.0"},
    {"what": "texts of ccks2017, CHIP CMeEE, MSRA news, Chinese literature",
     "from": "research sets", "licence": "none stated"},
    {"what": "THUOCL medical terms", "from": "THUNLP", "licence": "MIT"},
    {"what": "laboratory items, generic names of drugs, grammar of values, dates, doses and ids",
     "from": "this project", "licence": "Apache-2.0"},
)  # fmt: skip
