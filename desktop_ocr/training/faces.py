"""The type faces that training lines are drawn with.

Printed faces come from Debian packages, Chinese and Latin handwriting from the npm packages
``@fontsource/…`` (all under open licences, listed in docs/model-card.md). Faces that are not
installed are skipped; a run says which it used.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

DEBIAN_FONTS = Path("/usr/share/fonts")


class FaceKind(Enum):
    """How a face looks and what it can write."""

    CHINESE_PRINT = "chinese print"
    CHINESE_HAND = "chinese hand"
    LATIN_PRINT = "latin print"
    LATIN_HAND = "latin hand"


# Paths below the fonts folder, index in the collection, and how often a face comes.
_PRINT: tuple[tuple[str, int, float], ...] = (
    *(
        (f"opentype/noto/NotoSansCJK-{w}.ttc", 2, f)
        for w, f in (
            ("Light", 1),
            ("DemiLight", 1),
            ("Regular", 3),
            ("Medium", 1.5),
            ("Bold", 1.5),
            ("Black", 0.3),
        )
    ),
    *(
        (f"opentype/noto/NotoSerifCJK-{w}.ttc", 2, f)
        for w, f in (
            ("ExtraLight", 0.3),
            ("Light", 1),
            ("Regular", 3),
            ("SemiBold", 1),
            ("Bold", 1),
        )
    ),
    ("truetype/wqy/wqy-zenhei.ttc", 0, 2),
    ("truetype/wqy/wqy-microhei.ttc", 0, 2),
    ("truetype/arphic/ukai.ttc", 0, 2),
    ("truetype/arphic/uming.ttc", 0, 4),
    ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, 4),
    ("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, 2),
    ("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0, 0.7),
    ("truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, 0.7),
    ("truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 0, 0.4),
    ("truetype/droid/DroidSansFallbackFull.ttf", 0, 1),
)
_LATIN: tuple[tuple[str, int, float], ...] = (
    *(
        (f"truetype/liberation/Liberation{n}.ttf", 0, f)
        for n, f in (
            ("Sans-Regular", 3),
            ("Sans-Bold", 1.5),
            ("Serif-Regular", 3),
            ("Serif-Bold", 1),
            ("Serif-Italic", 0.7),
            ("Sans-Italic", 0.5),
            ("Mono-Regular", 3),
            ("Mono-Bold", 1.5),
            ("SansNarrow-Regular", 1.5),
            ("SansNarrow-Bold", 1),
        )
    ),
    *(
        (f"truetype/dejavu/DejaVu{n}.ttf", 0, f)
        for n, f in (
            ("Sans", 1),
            ("Sans-Bold", 0.7),
            ("SansCondensed", 1.5),
            ("SansCondensed-Bold", 0.7),
            ("SansMono", 2),
            ("SansMono-Bold", 1),
            ("Serif", 0.7),
            ("SerifCondensed", 0.7),
        )
    ),
    ("truetype/noto/NotoMono-Regular.ttf", 0, 1),
)
_HAND = (
    ("MaShanZheng", 1.5),
    ("LongCang", 3),
    ("ZhiMangXing", 3),
    ("LiuJianMaoCao", 1.5),
    ("ZCOOLKuaiLe", 0.3),
    ("ZCOOLXiaoWei", 0.3),
)


_PROOF = 40
"""Size in pixels at which a glyph must leave ink."""
_IDEOGRAPHS, _FORMS = "\u3400", "\uf900"


@dataclass(frozen=True)
class Face:
    """One face of a font file.

    Attributes:
        path: The file (TTF, OTF, TTC or WOFF).
        index: Position in a collection.
        weight: How often the face comes relative to others of its kind.
    """

    path: Path
    index: int
    weight: float

    @cached_property
    def covers(self) -> frozenset[str]:
        """The characters the face can draw: some faces list signs whose glyphs are empty."""
        with TTFont(self.path, fontNumber=self.index, lazy=True) as font:
            listed = map(chr, font.getBestCmap())
        face = self.at(_PROOF)
        return frozenset(
            character
            for character in listed
            # Ideographs and hangul are never empty, and there are tens of thousands of them.
            if _IDEOGRAPHS <= character < _FORMS or face.getmask(character).getbbox()
        )

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the face at a size in pixels an em."""
        return _sized(str(self.path), self.index, size)


@lru_cache(maxsize=800)
def _sized(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index, layout_engine=ImageFont.Layout.BASIC)


@dataclass
class FaceSet:
    """The faces at hand, by kind.

    Attributes:
        faces: Faces by kind; a kind may be empty.
    """

    faces: dict[FaceKind, list[Face]] = field(default_factory=dict)

    @classmethod
    def load(
        cls, handwriting: Path, latin_handwriting: Path, debian: Path = DEBIAN_FONTS
    ) -> FaceSet:
        """Find the faces.

        Args:
            handwriting: Folder of the Chinese handwriting and display TTF files.
            latin_handwriting: Folder searched for WOFF files of Latin handwriting.
            debian: Folder of the Debian font packages.
        """

        def of(folder: Path, table: tuple[tuple[str, int, float], ...]) -> list[Face]:
            return [
                Face(folder / name, index, weight)
                for name, index, weight in table
                if (folder / name).is_file()
            ]

        hand = tuple((f"{name}-Regular.ttf", 0, weight) for name, weight in _HAND)
        woff = sorted(latin_handwriting.rglob("*-latin-*-normal.woff"))
        weights = Counter(path.parent for path in woff)  # A package of four weights is one hand.
        return cls(
            {
                FaceKind.CHINESE_PRINT: of(debian, _PRINT),
                FaceKind.LATIN_PRINT: of(debian, _LATIN),
                FaceKind.CHINESE_HAND: of(handwriting, hand),
                FaceKind.LATIN_HAND: [Face(path, 0, 1 / weights[path.parent]) for path in woff],
            }
        )

    def pick(self, rng: random.Random, kind: FaceKind) -> Face | None:
        """Draw a face of a kind, or None where none is installed."""
        faces = self.faces.get(kind, [])
        if not faces:
            return None
        return rng.choices(faces, weights=[face.weight for face in faces])[0]
