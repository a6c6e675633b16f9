"""Where lines lie to each other; pages may be photographed askew or lie on their side."""

from __future__ import annotations

from desktop_ocr.document.geometry import Box, Quad


def seen_from(quad: Quad, other: Quad) -> Box:
    """Return where another line lies, seen along the text of a line.

    Args:
        quad: The line; its top left corner becomes the origin, its text runs to the right.
        other: The other line.

    Returns:
        Pixels of the page; pages may lie on their side.
    """
    tl, tr, _br, bl = quad.points
    width, height = max(quad.width, 1e-6), max(quad.height, 1e-6)
    ux, uy = (tr.x - tl.x) / width, (tr.y - tl.y) / width
    vx, vy = (bl.x - tl.x) / height, (bl.y - tl.y) / height
    us = [(p.x - tl.x) * ux + (p.y - tl.y) * uy for p in other.points]
    vs = [(p.x - tl.x) * vx + (p.y - tl.y) * vy for p in other.points]
    # Of a slanted line the middle of each side counts, not the outermost corner.
    left, right = (us[0] + us[3]) / 2, (us[1] + us[2]) / 2
    top, bottom = (vs[0] + vs[1]) / 2, (vs[2] + vs[3]) / 2
    return Box(left, top, right, bottom)
