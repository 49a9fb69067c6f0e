"""The whole check of an upload: what is kept of it, and why it is refused."""

import io

import pytest
from PIL import Image

from talentsvc.files.rules import checks, parser
from talentsvc.files.rules.checks import (
    DOCUMENTS,
    InspectedFile,
    UploadLimits,
    check_portrait,
    fit_portrait,
    inspect_upload,
    render_pdf_page,
    thumbnail,
)
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from tests.files import samples

LIMITS = UploadLimits()


def inspect(data: bytes, name: str = "材料", limits: UploadLimits = LIMITS) -> InspectedFile:
    return inspect_upload(name, data, DOCUMENTS, limits)


def refusal(data: bytes, name: str = "材料", limits: UploadLimits = LIMITS) -> RefusedFile:
    with pytest.raises(RefusedFile) as refused:
        inspect(data, name, limits)
    return refused.value


def test_a_photo_is_kept_as_upright_pixels_without_place_device_or_comment():
    data = samples.photo_with_place()
    with Image.open(io.BytesIO(data)) as before:
        assert before.getexif().get_ifd(0x8825)
    kept = inspect(data, "IMG_2026.JPG")
    assert (kept.media_type, kept.safe_name) == ("image/jpeg", "IMG_2026.jpg")
    assert (kept.width, kept.height, kept.was_reencoded) == (400, 600, True)
    with Image.open(io.BytesIO(kept.cleaned)) as after:
        assert not after.getexif()
        assert "comment" not in after.info
    assert b"Invented" not in kept.cleaned
    assert b"invented" not in kept.cleaned
    above, below = samples.pixel(kept.cleaned, 200, 100), samples.pixel(kept.cleaned, 200, 500)
    assert above[2] > 200 > 60 > above[0]
    assert below[0] > 200 > 60 > below[2]


def test_what_phones_append_ends_with_the_encoding():
    kept = inspect(samples.jpeg() + b"motion photo" * 500)
    assert b"motion photo" not in kept.cleaned
    assert kept.cleaned.endswith(b"\xff\xd9")


def test_nothing_hides_in_transparency():
    kept = inspect(samples.png(mode="RGBA", colour=(255, 0, 0, 0)))
    assert kept.media_type == "image/png"
    assert samples.pixel(kept.cleaned, 10, 10) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("L", 128, (128, 128, 128)),
        ("1", 1, (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("LA", (90, 255), (90, 90, 90)),
        ("I;16", 40_000, (156, 156, 156)),
    ],
)
def test_every_kind_of_png_keeps_its_look(mode, colour, seen):
    kept = inspect(samples.png(mode=mode, colour=colour))
    assert samples.pixel(kept.cleaned, 5, 5) == seen


def test_a_cmyk_photo_becomes_rgb():
    out = io.BytesIO()
    Image.new("CMYK", (300, 300), (0, 255, 255, 0)).save(out, "JPEG")
    with Image.open(io.BytesIO(inspect(out.getvalue()).cleaned)) as kept:
        assert kept.mode == "RGB"


def test_broken_exif_does_not_make_a_photo_unreadable():
    data = samples.jpeg(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff garbage")
    assert inspect(data).width == 400


def test_a_picture_with_too_many_pixels_to_keep_is_halved():
    limits = UploadLimits(keep_pixels=60_000)
    for data in (samples.jpeg(800, 600), samples.png(800, 600)):
        kept = inspect(data, limits=limits)
        assert (kept.width, kept.height) == (200, 150)


def test_a_pdf_stays_as_it_came():
    data = samples.pdf(pages=3)
    kept = inspect(data, "合同.pdf")
    assert (kept.media_type, kept.pages, kept.was_reencoded) == ("application/pdf", 3, False)
    assert kept.cleaned == data


def test_a_pdf_that_only_its_owner_may_change_can_be_read():
    data = samples.locked_pdf(user_password=b"")
    assert inspect(data).pages == 1
    assert samples.pixel(render_pdf_page(data, 0, 100), 50, 50) == (255, 0, 0)


def test_links_forms_and_opening_on_a_page_are_no_active_content():
    link = (
        b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.cn)>>>>]"
    )
    catalogue = b"/OpenAction[3 0 R/Fit]/AcroForm<</Fields[]>>"
    assert inspect(samples.pdf(page=link, catalogue=catalogue)).pages == 1


def test_a_stream_may_hold_any_bytes():
    data = samples.pdf(extra=(samples.stream(b"random /JS /Launch bytes"),))
    assert inspect(data).pages == 1


@pytest.mark.parametrize(
    "data",
    [
        samples.pdf(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert)>>"),
        samples.pdf(catalogue=b"/OpenAction<</S/J#61vaScript/#4a#53(app.alert)>>"),
        samples.pdf(
            catalogue=b"/Names<</JavaScript<</Names[(a)5 0 R]>>>>",
            extra=(b"<</S/JavaScript/JS 4 0 R>>",),
        ),
        samples.pdf(page=b"/AA<</O<</S/Launch/F(cmd.exe)>>>>"),
        samples.pdf(
            catalogue=b"/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>",
            extra=(b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>", samples.stream(b"MZ")),
        ),
        samples.pdf(
            catalogue=b"/AcroForm<</XFA 5 0 R/Fields[]>>", extra=(samples.stream(b"<xdp/>"),)
        ),
        samples.pdf(page=b"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]"),
        samples.pdf(page=b"/AA<</O<</S/SubmitForm/F(https://example.cn)>>>>"),
        samples.pdf_with_packed_script(),
    ],
    ids=["open", "disguised", "named", "launch", "embedded", "xfa", "media", "submit", "packed"],
)
def test_a_pdf_that_acts_is_refused(data):
    assert refusal(data).reason is RefusalCode.ACTIVE_CONTENT


def test_a_stream_cannot_swallow_the_object_behind_it():
    """Its body tells of an end and a new beginning, so that a careless search skips what follows."""
    trap = b"x\nendstream\nendobj\n9 0 obj\n<</Length 9>>stream\n"
    data = samples.pdf(
        extra=(samples.stream(trap), b"<</S/JavaScript/JS 4 0 R>>"), catalogue=b"/OpenAction 6 0 R"
    )
    assert refusal(data).reason is RefusalCode.ACTIVE_CONTENT


def test_a_pdf_with_a_password_is_refused():
    assert refusal(samples.locked_pdf(b"secret")).reason is RefusalCode.ENCRYPTED_PDF


def test_an_encrypted_pdf_that_opens_is_still_searched():
    locked = samples.locked_pdf(b"").replace(b"/MediaBox", b"/AA<</O<</S/Launch>>>>/MediaBox")
    assert refusal(locked).reason is RefusalCode.ACTIVE_CONTENT


def test_a_pdf_with_too_many_pages_is_refused_with_both_numbers():
    refused = refusal(samples.pdf(pages=4), limits=UploadLimits(max_pages=3))
    assert refused.reason is RefusalCode.TOO_MANY_PAGES
    assert refused.params == {"pages": 4, "max_pages": 3}


def test_a_pdf_bomb_meets_the_limit_of_memory_not_this_process():
    refused = refusal(samples.pdf_bomb(1500))
    assert refused.reason in {RefusalCode.TOO_COMPLEX, RefusalCode.DAMAGED}


def test_a_png_of_50000_by_50000_pixels_is_refused_without_being_opened(monkeypatch):
    monkeypatch.setattr(checks, "parse", None)
    assert (
        refusal(samples.png_of_claimed_size(50_000, 50_000)).reason is RefusalCode.TOO_MANY_PIXELS
    )


def test_a_jpeg_above_the_limit_is_refused_before_it_is_decoded():
    data = bytearray(samples.jpeg())
    frame = data.index(b"\xff\xc0") + 5
    data[frame : frame + 4] = b"\xff\xff\xff\xff"
    assert refusal(bytes(data)).reason is RefusalCode.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "data",
    [
        samples.jpeg(900, 900, quality=95)[:-3000],
        samples.png(900, 900)[:200],
        samples.png_of_claimed_size(3000, 3000),
        b"\xff\xd8\xff\xe0 not a picture",
        b"%PDF-1.7\nnot a document\n%%EOF",
        samples.pdf()[:150],
    ],
)
def test_damaged_files_are_refused(data):
    assert refusal(data).reason is RefusalCode.DAMAGED


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"", RefusalCode.EMPTY),
        ("a.svg", samples.png(), RefusalCode.SVG),
        ("a.zip", samples.archive(), RefusalCode.ARCHIVE),
        ("bomb.docx", samples.archive(b"\0" * 10_000_000), RefusalCode.ARCHIVE),
        ("a.txt", b"plain words", RefusalCode.TYPE_NOT_ALLOWED),
        ("a.pdf", samples.jpeg(), RefusalCode.TYPE_MISMATCH),
        ("a\0.jpg", samples.jpeg(), RefusalCode.NAME_CONTROL_CHARACTERS),
        ("a.jpg", samples.jpeg(comment=samples.pdf()), RefusalCode.POLYGLOT),
    ],
)
def test_refusals_by_kind(name, data, reason):
    assert refusal(data, name).reason is reason


def test_the_size_limit_is_named_in_megabytes():
    refused = refusal(b"x" * (2 * 1024 * 1024 + 1), limits=UploadLimits(max_bytes=2 * 1024 * 1024))
    assert refused.reason is RefusalCode.TOO_LARGE
    assert refused.params == {"max_megabytes": 2}


def test_a_kind_that_is_not_asked_for_is_refused_with_those_that_are():
    with pytest.raises(RefusedFile) as refused:
        inspect_upload("a.pdf", samples.pdf(), frozenset({"image/jpeg", "image/png"}), LIMITS)
    assert refused.value.reason is RefusalCode.TYPE_NOT_ALLOWED
    assert refused.value.params["accepted"] == "JPEG, PNG"


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(parser, "WAIT_SECONDS", 0.01)
    assert refusal(samples.pdf()).reason is RefusalCode.TOO_COMPLEX


def test_a_process_that_meets_its_memory_limit_refuses(monkeypatch):
    monkeypatch.setattr(parser, "MEMORY_BYTES", 60 * 1024 * 1024)
    assert refusal(samples.png(6000, 6000)).reason is RefusalCode.TOO_COMPLEX


def test_pages_are_drawn_with_what_is_filled_into_their_form():
    green = samples.stream(
        b"0 1 0 rg 0 0 200 300 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 300]"
    )
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[0 0 200 300]/AP<</N 5 0 R>>/P 3 0 R>>"
    )
    data = samples.pdf(
        extra=(green, field), page=b"/Annots[6 0 R]", catalogue=b"/AcroForm<</Fields[6 0 R]>>"
    )
    drawn = render_pdf_page(data, 0, 100)
    assert samples.pixel(drawn, 50, 75) == (0, 255, 0)


def test_a_page_is_drawn_at_the_width_asked_for():
    with Image.open(io.BytesIO(render_pdf_page(samples.pdf(pages=2), 1, 320))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (320, 480))


def test_a_page_like_a_ribbon_stays_within_bounds():
    data = samples.pdf().replace(b"[0 0 200 300]", b"[0 0 9 9000]")
    with Image.open(io.BytesIO(render_pdf_page(data, 0, 1000))) as drawn:
        assert drawn.height <= 4001


def test_a_page_that_is_not_there_is_refused():
    with pytest.raises(RefusedFile):
        render_pdf_page(samples.pdf(), 1, 100)


def test_a_thumbnail_is_a_small_png():
    with Image.open(io.BytesIO(thumbnail(samples.jpeg(1600, 1200), 320))) as small:
        assert (small.format, small.size) == ("PNG", (320, 240))


def test_a_thumbnail_never_grows():
    with Image.open(io.BytesIO(thumbnail(samples.png(100, 100), 320))) as small:
        assert small.size == (100, 100)


@pytest.mark.parametrize(
    ("size", "reason"),
    [((357, 441), RefusalCode.PORTRAIT_TOO_SMALL), ((600, 600), RefusalCode.PORTRAIT_RATIO)],
)
def test_a_portrait_has_size_and_shape(size, reason):
    with pytest.raises(RefusedFile) as refused:
        check_portrait(*size)
    assert refused.value.reason is reason


def test_a_portrait_of_the_right_shape_passes():
    check_portrait(358, 441)
    check_portrait(716, 885)


def test_a_phones_photo_is_cut_to_a_portrait():
    cut = fit_portrait(inspect(samples.png(1200, 1600), "自拍.png"))
    assert (cut.width, cut.height) == (358, 441)
    assert (cut.media_type, cut.safe_name) == ("image/jpeg", "自拍.jpg")
    with Image.open(io.BytesIO(cut.cleaned)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (358, 441))


def test_a_small_picture_is_no_portrait():
    with pytest.raises(RefusedFile) as refused:
        fit_portrait(inspect(samples.jpeg(300, 400)))
    assert refused.value.reason is RefusalCode.PORTRAIT_TOO_SMALL
