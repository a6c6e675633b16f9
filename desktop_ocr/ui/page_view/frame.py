"""Which pixels the scene shows: those of the original page, or of its straightened copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_ocr.document.geometry import Point, Quad, Transform


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of what is shown, and the way to the original page and back.

    The document knows pixels of the original page only; everything in the scene (boxes, drags,
    the zoom) is in pixels of what is shown.

    Attributes:
        width: Of what is shown, in pixels.
        height: Of what is shown, in pixels.
        to_page: From pixels of what is shown to pixels of the original page; None where they are
            the same.
    """

    width: int = 0
    height: int = 0
    to_page: Transform | None = None
    _to_scene: Transform | None = field(init=False, default=None, compare=False)

    def __post_init__(self) -> None:
        if self.to_page is not None:
            object.__setattr__(self, "_to_scene", self.to_page.inverse())

    def shown(self, quad: Quad) -> Quad:
        """Return where a quad of the original page is shown."""
        return quad if self._to_scene is None else self._to_scene.quad(quad)

    def on_page(self, quad: Quad) -> Quad:
        """Return where a quad of the scene lies on the original page."""
        return quad if self.to_page is None else self.to_page.quad(quad)

    def point_shown(self, x: float, y: float) -> Point:
        """Return where a point of the original page is shown."""
        return Point(x, y) if self._to_scene is None else self._to_scene.point(x, y)

    def point_on_page(self, x: float, y: float) -> Point:
        """Return where a point of the scene lies on the original page."""
        return Point(x, y) if self.to_page is None else self.to_page.point(x, y)
