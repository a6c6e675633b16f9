from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_ocr.engine import load
from desktop_ocr.engine.load import from_array, load_page, load_pages, page_count, pictures
from desktop_ocr.errors import (
    DamagedFileError,
    EmptyFileError,
    FileNotReadableError,
    ImageTooLargeError,
    InputError,
    OutOfMemoryError,
    PasswordError,
    UnsupportedFormatError,
)


def colours() -> np.ndarray:
    """RGB with a different colour in each quarter: any exchange of axes or channels shows."""
    rgb = np.zeros((60, 80, 3), np.uint8)
    rgb[:30, :40], rgb[:30, 40:] = (200, 10, 20), (10, 180, 30)
    rgb[30:, :40], rgb[30:, 40:] = (20, 30, 220), (240, 230, 10)
    return rgb


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif", "webp", "jpg"])
def test_every_format_gives_the_same_bgr(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"张三 的 报告 é №1.{suffix}"
    extra = {"lossless": True} if suffix == "webp" else {"quality": 100, "subsampling": 0}
    Image.fromarray(colours()).save(path, **extra if suffix in ("webp", "jpg") else {})
    page = load_page(path)
    assert page.pixels.dtype == np.uint8
    difference = np.abs(page.pixels[..., ::-1].astype(int) - colours())
    assert difference.max() <= (12 if suffix == "jpg" else 0)
    assert (page.page, page.pages, page.file) == (1, 1, str(path))
    assert not page.pixels.flags.writeable
    assert page.sha256 == hashlib.sha256(b"(60, 80, 3)" + page.pixels.tobytes()).hexdigest()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_turned_upright_by_the_file_s_own_mark(
    tmp_path: Path, orientation: int, suffix: str
) -> None:
    upright = colours()
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    Image.fromarray(np.ascontiguousarray(stored)).save(path, exif=exif)
    found = load_page(path).pixels[..., ::-1].astype(int)
    assert found.shape == upright.shape
    assert np.abs(found - upright)[5:25, 5:35].max() <= 40
    assert np.abs(found - upright)[35:55, 45:75].max() <= 40


def test_one_bit_palette_grey_alpha_cmyk_and_sixteen_bits(tmp_path: Path) -> None:
    def read(image: Image.Image, name: str) -> np.ndarray:
        image.save(tmp_path / name)
        return load_page(tmp_path / name).pixels

    ramp = np.tile(np.arange(0, 256, 4, dtype=np.uint8), (8, 1))
    grey = Image.fromarray(ramp)
    assert (read(grey, "grey.png") == ramp[..., None]).all()
    bits = read(grey.point(lambda v: 255 * (v > 127)).convert("1"), "bits.tif")
    assert set(np.unique(bits)) == {0, 255}
    assert bits[0, 0, 0] == 0
    palette = read(Image.fromarray(colours()).quantize(4), "palette.png")
    assert (palette[..., ::-1] == colours()).all()
    clear = np.zeros((4, 4, 4), np.uint8)
    clear[:2, :, 3] = 255
    with_alpha = read(Image.fromarray(clear, "RGBA"), "alpha.png")
    assert (with_alpha[:2] == 0).all()
    assert (with_alpha[2:] == 255).all()
    grey_alpha = read(grey.convert("LA"), "la.png")
    assert (grey_alpha == ramp[..., None]).all()
    cmyk = read(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "cmyk.tif")
    assert tuple(cmyk[0, 0]) == (0, 0, 255)  # BGR of pure red ink
    deep = Image.fromarray(ramp.astype(np.uint16) * 257)
    assert (read(deep, "deep.png") == ramp[..., None]).all()
    floats = read(Image.fromarray(ramp.astype(np.float32) / 3), "floats.tif")
    assert floats[0, 0, 0] == 0
    assert floats[0, -1, 0] == 255


def test_twelve_bits_stored_in_sixteen_are_not_black(tmp_path: Path) -> None:
    Image.fromarray(np.full((4, 4), 4000, np.uint16)).save(tmp_path / "x.tif")
    assert load_page(tmp_path / "x.tif").pixels.min() > 240


def test_white_stored_as_zero(tmp_path: Path) -> None:
    pixels = np.full((4, 4), 65535, np.uint16)
    pixels[0, 0] = 0
    path = tmp_path / "x.tif"
    Image.fromarray(pixels).save(path)
    black_is_zero = struct.pack("<HHIH", 262, 3, 1, 1)
    content = path.read_bytes()
    assert black_is_zero in content
    path.write_bytes(content.replace(black_is_zero, struct.pack("<HHIH", 262, 3, 1, 0)))
    found = load_page(tmp_path / "x.tif").pixels
    assert found[0, 0, 0] == 255
    assert found[1, 1, 0] == 0


def test_fax_pixels_become_square(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    Image.new("L", (204, 98), 255).save(path, dpi=(204, 98))
    page = load_page(path)
    assert page.pixels.shape[:2] == (204, 204)
    assert page.dpi == pytest.approx(204)


@pytest.mark.parametrize(("said", "taken"), [(300, 300), (1, None), (72_000, None)])
def test_only_believable_resolutions(tmp_path: Path, said: int, taken: float | None) -> None:
    Image.new("L", (8, 8)).save(tmp_path / "x.tif", dpi=(said, said))
    dpi = load_page(tmp_path / "x.tif").dpi
    assert dpi is None if taken is None else dpi == pytest.approx(taken)


def test_tiff_of_200_pages_is_decoded_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.tif"
    frames = [Image.new("L", (16, 8), k) for k in range(200)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert page_count(path) == 200
    decoded = []
    real = pictures.to_bgr
    monkeypatch.setattr(pictures, "to_bgr", lambda image: decoded.append(1) or real(image))
    pages = load_pages(path)
    for k in range(3):
        page = next(pages)
        assert (page.page, page.pages, int(page.pixels[0, 0, 0])) == (k + 1, 200, k)
        assert len(decoded) == k + 1
    assert int(load_page(path, 200).pixels[0, 0, 0]) == 199
    with pytest.raises(DamagedFileError):
        load_page(path, 201)


def test_previews_and_animations_are_one_page(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), c) for c in ("red", "blue")]
    for name in ("x.webp", "x.png"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert page_count(tmp_path / name) == 1
    frames[0].save(tmp_path / "x.jpg", format="MPO", save_all=True, append_images=frames[1:])
    assert page_count(tmp_path / "x.jpg") == 1
    assert load_page(tmp_path / "x.jpg").pixels[0, 0, 2] > 200


def test_pdf_pages_at_the_resolution_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "中文.pdf"
    first, second = Image.new("RGB", (595, 842), "white"), Image.new("RGB", (421, 595), "red")
    first.save(path, save_all=True, append_images=[second], resolution=72)
    assert page_count(path) == 2
    one, two = load_pages(path)
    assert one.dpi == two.dpi == 250
    assert one.width == pytest.approx(595 / 72 * 250, abs=2)
    assert (two.page, two.pages) == (2, 2)
    b, g, r = two.pixels[100, 100]
    assert r > 230
    assert max(b, g) < 30
    assert load_page(path, 1, pdf_dpi=200).width == pytest.approx(595 / 72 * 200, abs=2)


def test_huge_pdf_page_is_drawn_at_a_lower_resolution(tmp_path: Path) -> None:
    path = tmp_path / "poster.pdf"
    Image.new("1", (2480, 3508), 1).save(path, resolution=72)  # size in points, as scanners err
    page = load_page(path)
    assert page.width * page.height <= 25_010_000
    assert page.dpi is not None
    assert 60 < page.dpi < 250


def huge_png(side: int) -> bytes:
    """A tiny file that says it holds side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def encrypted_pdf(password: bytes) -> bytes:
    """A one-page PDF that asks for a password (standard handler, revision 2, 40-bit RC4)."""

    def rc4(key: bytes, data: bytes) -> bytes:
        state, j, out = list(range(256)), 0, bytearray()
        for i in range(256):
            j = (j + state[i] + key[i % len(key)]) % 256
            state[i], state[j] = state[j], state[i]
        i = j = 0
        for byte in data:
            i = (i + 1) % 256
            j = (j + state[i]) % 256
            state[i], state[j] = state[j], state[i]
            out.append(byte ^ state[(state[i] + state[j]) % 256])
        return bytes(out)

    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded, identity, rights = (password + pad)[:32], b"0123456789abcdef", -4
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", rights) + identity).digest()[:5]
    user = rc4(key, pad)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), rights),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<%s><%s>] >>" % (
        (identity.hex().encode(),) * 2
    )
    return (
        body + b"xref\n0 5\n0000000000 65535 f \n" + table
        + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )  # fmt: skip


def jpeg() -> bytes:
    from io import BytesIO

    stream = BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    Image.fromarray(noise).save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.png", b"", EmptyFileError),
        ("empty.pdf", b"", EmptyFileError),
        ("text.png", "这不是图片".encode(), UnsupportedFormatError),
        ("text.pdf", b"just text", UnsupportedFormatError),
        ("sound.webp", b"RIFF\x24\0\0\0WAVEfmt ", UnsupportedFormatError),
        ("cut.jpg", jpeg()[:9000], DamagedFileError),
        ("head.jpg", jpeg()[:40], DamagedFileError),
        ("cut.png", huge_png(100), DamagedFileError),
        ("head.png", b"\x89PNG\r\n\x1a\n", DamagedFileError),
        ("cut.tif", b"II*\0\x08\0\0\0\xff\xff", DamagedFileError),
        ("cut.pdf", b"%PDF-1.7\n%\xff\xff\n1 0 obj", DamagedFileError),
        ("password.pdf", encrypted_pdf(b"secret"), PasswordError),
        ("large.png", huge_png(30_000), ImageTooLargeError),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_file_gets_its_own_error_and_sentence(
    tmp_path: Path, name: str, content: bytes, error: type[InputError]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        load_page(path)
    assert caught.type is error
    assert caught.value.path == path
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_large_picture_is_refused_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(huge_png(30_000))
    monkeypatch.setattr(pictures, "to_bgr", lambda image: pytest.fail("decoded"))
    with pytest.raises(ImageTooLargeError) as caught:
        load_page(path)
    assert (caught.value.width, caught.value.height) == (30_000, 30_000)
    assert caught.value.limit == load.MAX_PIXELS
    assert page_count(path) == 1  # counting decodes nothing either


def test_open_pdf_without_password_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    path.write_bytes(encrypted_pdf(b""))  # many devices encrypt with an empty password
    assert load_page(path).width == 250


def test_missing_file_folder_and_forbidden_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path / "missing.png", tmp_path, tmp_path / "a\0b.png"):
        with pytest.raises(FileNotReadableError):
            load_page(path)
        with pytest.raises(FileNotReadableError):
            page_count(path)
    locked = tmp_path / "locked.png"
    Image.new("L", (4, 4)).save(locked)
    real = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self == locked:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileNotReadableError):
        load_page(locked)


def test_memory_that_gives_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.png"
    Image.new("L", (4, 4)).save(path)

    def full(image: Image.Image) -> np.ndarray:
        raise MemoryError

    monkeypatch.setattr(pictures, "to_bgr", full)
    with pytest.raises(OutOfMemoryError):
        load_page(path)


def test_pillow_s_own_limit_stays_as_it_was(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    Image.new("L", (4, 4)).save(tmp_path / "x.png")
    load_page(tmp_path / "x.png")
    assert before == Image.MAX_IMAGE_PIXELS


def test_clipboard_pictures() -> None:
    grey = from_array(np.full((2, 3), 7, np.uint8), "clipboard")
    assert (grey.pixels == 7).all()
    assert grey.pixels.shape == (2, 3, 3)
    bgra = np.zeros((2, 2, 4), np.uint8)
    bgra[0] = (10, 20, 30, 255)
    bgra[1] = (0, 0, 0, 127)
    page = from_array(bgra, "clipboard")
    assert tuple(page.pixels[0, 0]) == (10, 20, 30)
    assert tuple(page.pixels[1, 0]) == (128, 128, 128)
    source = np.zeros((2, 2, 3), np.uint8)
    page = from_array(source, "clipboard")
    source[:] = 255
    assert (page.pixels == 0).all()
    with pytest.raises(ValueError, match="uint8"):
        from_array(np.zeros((2, 2)), "x")
    wide = np.broadcast_to(np.uint8(0), (20_000, 20_000))
    with pytest.raises(ImageTooLargeError):
        from_array(wide, "x")


def test_same_pixels_have_the_same_digest_and_other_shapes_another() -> None:
    pixels = np.zeros((2, 6, 3), np.uint8)
    assert from_array(pixels, "a").sha256 == from_array(pixels, "b").sha256
    assert from_array(pixels, "a").sha256 != from_array(pixels.reshape(6, 2, 3), "a").sha256
