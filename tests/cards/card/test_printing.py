"""The card on paper: true size, every character of a name, a code that scans, the same bytes again."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import segno
import zxingcpp

from talentsvc.cards.printing import fonts as fonts_module
from talentsvc.cards.printing.codes import check_code, nonce_as_typed, verify_url
from talentsvc.cards.printing.document import CardFace, MissingGlyphs, card_pdf
from talentsvc.cards.printing.fonts import FontFace, FontSet, fonts_in
from talentsvc.cards.printing.glyphs import coverage, families_for, missing_glyphs
from talentsvc.core.ids import CROCKFORD, short_code
from talentsvc.core.qr import qr_data_uri
from tests.files.samples import jpeg

MILLIMETRE = 72 / 25.4
FACE = CardFace(
    zone_zh="石家庄高新区",
    zone_en="Shijiazhuang High-tech Zone",
    name="欧阳䶮",
    employer="河北示例生物科技有限公司",
    tier="C",
    number="GXC-2026-004217-3",
    reference="GXS-2026-00318-2",
    valid_from=date(2026, 11, 24),
    valid_until=date(2031, 11, 23),
    issued_on=date(2026, 11, 24),
    nonce="0123456789ABCDEFGHJK",
    base_url="https://talent.example.cn",
    is_example=True,
    photo=jpeg(358, 441),
)
LONG_LATIN = "Maximiliana Anastasia Konstantinopoulou-Featherstonehaugh"
LONG_CHINESE = "买买提·阿卜杜热合曼·艾力江·吐尔逊"
LONG_EMPLOYER = "中国示例石家庄高新技术产业开发区生物医药产业研究院股份有限公司河北雄安第一分公司"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return fonts_in()


def opened(face: CardFace, fonts: FontSet) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(card_pdf(face, fonts)))


def words(page: pypdfium2.PdfPage) -> str:
    """The text layer without its line breaks."""
    return "".join(page.get_textpage().get_text_range().split())


def test_two_faces_in_true_size_and_a_sheet_of_a4(fonts):
    sizes = [page.get_size() for page in opened(FACE, fonts)]
    millimetres = [(round(w / MILLIMETRE, 1), round(h / MILLIMETRE, 1)) for w, h in sizes]
    assert millimetres == [(85.6, 54.0), (85.6, 54.0), (210.0, 297.0)]


@pytest.mark.parametrize("page", [0, 2])
@pytest.mark.parametrize("dots_per_inch", [150, 300])
def test_the_code_is_read_by_another_library(fonts, page, dots_per_inch):
    picture = opened(FACE, fonts)[page].render(scale=dots_per_inch / 72).to_pil()
    found = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert found == {"https://talent.example.cn/v/0123456789ABCDEFGHJK"}


@pytest.mark.parametrize(
    "name",
    [
        "欧阳䶮",
        "𠮷田示例",
        "㑇龘㛃㸃𬭎𫖯䜣𬱖䒟㙓",
        "Amara Okafor",
        "Nguyễn Thị Ánh",
        LONG_LATIN,
        LONG_CHINESE,
    ],
)
def test_every_character_of_a_name_is_in_the_text_layer(fonts, name):
    document = opened(replace(FACE, name=name, employer=LONG_EMPLOYER), fonts)
    for page in (document[0], document[2]):
        assert "".join(name.split()) in words(page).replace("\ufffe", "-")
        assert LONG_EMPLOYER in words(page)


@pytest.mark.parametrize("name", [LONG_LATIN, LONG_CHINESE])
def test_a_long_name_does_not_reach_into_the_code(fonts, name):
    page = opened(replace(FACE, name=name, employer=LONG_EMPLOYER), fonts)[0]
    text = page.get_textpage()
    _, high = page.get_size()
    rects = [text.get_rect(i) for i in range(text.count_rects())]
    code_left, code_top = (85.6 - 4.6 - 17) * MILLIMETRE, (4.4 + 17) * MILLIMETRE
    assert not [r for r in rects if r[2] > code_left and r[1] < code_top]
    assert not [r for r in rects if r[0] < 0 or r[2] > 85.6 * MILLIMETRE or r[3] > high]


def test_markup_in_a_name_is_only_text(fonts):
    odd = '#import "x": * $x$ <b> \\ "quoted" #sys.inputs [a](b) `c`'
    assert "".join(odd.split()) in words(opened(replace(FACE, employer=odd), fonts)[2])


def test_the_same_card_gives_the_same_bytes(fonts):
    first = card_pdf(FACE, fonts)
    assert card_pdf(replace(FACE, number="GXC-2026-004218-1"), fonts) != first
    assert card_pdf(FACE, fonts) == first


def test_the_paper_says_when_the_rules_are_an_example(fonts):
    marked = opened(FACE, fonts)
    unmarked = opened(replace(FACE, is_example=False), fonts)
    assert all("示例政策" in words(page) for page in marked)
    assert not any("示例政策" in words(page) for page in unmarked)


def test_the_paper_has_what_a_checker_types(fonts):
    back = words(opened(FACE, fonts)[1])
    assert "0123-4567-89AB-CDEF-GHJK" in back
    assert "talent.example.cn/verify" in back


def test_no_card_with_a_hole(fonts):
    with pytest.raises(MissingGlyphs) as refused:
        card_pdf(replace(FACE, name="欧阳\U00030000", employer="नमूना"), fonts)
    assert refused.value.characters[0] == "\U00030000"
    assert "न" in refused.value.characters


def test_the_profile_refuses_what_the_check_let_through(fonts, monkeypatch):
    # The second lock, should the fonts' tables and the typesetter ever disagree.
    from talentsvc.cards.printing import document

    monkeypatch.setattr(document, "missing_glyphs", lambda text, fonts: [])
    with pytest.raises(Exception, match="could not be displayed"):
        card_pdf(replace(FACE, name="欧阳\U00030000"), fonts)


def test_missing_glyphs_are_named_once_and_in_order(fonts):
    assert missing_glyphs("欧阳䶮𠮷 Amara-O’Neil·李", fonts) == []
    assert missing_glyphs("न\U00030000欧न", fonts) == ["न", "\U00030000"]
    assert missing_glyphs("", fonts) == []


def test_a_letter_and_its_mark_are_judged_as_one(fonts):
    # NFD, as some phones send it; the letter itself is in every font.
    assert missing_glyphs("Nguye\u0302\u0303n", fonts) == []


def test_a_set_without_fonts_prints_nothing():
    empty = FontSet((), ())
    assert missing_glyphs("欧", empty) == ["欧"]


def test_a_latin_name_is_set_in_one_family(fonts):
    chinese, latin = fonts.families[0], fonts.families[-1]
    assert families_for("欧阳䶮", fonts)[0] == chinese
    if latin == chinese:
        pytest.fail("this machine lacks a Latin fallback: install fonts-dejavu-core")
    assert missing_glyphs("Łukasz Żółć", fonts) == []
    assert families_for("Łukasz Żółć", fonts)[0] in fonts.families[1:]


def test_a_family_covers_only_what_all_its_weights_cover(fonts):
    faces = fonts.faces_of("Noto Sans CJK SC")
    together = coverage(faces)
    assert ord("䶮") in together
    assert together <= coverage(faces[:1])


def test_the_zones_own_folder_comes_first(tmp_path, fonts):
    own = next(face for face in fonts.faces if face.family == fonts.families[-1])
    (tmp_path / "own.ttf").write_bytes(Path(own.path).read_bytes())
    found = fonts_in(str(tmp_path))
    assert found.families[0] == own.family
    assert str(tmp_path) in found.folders
    assert missing_glyphs("欧阳䶮", found) == []


def test_the_packaged_font_serves_a_machine_without_any(monkeypatch):
    monkeypatch.setattr(fonts_module, "SYSTEM_FOLDERS", ())
    found = fonts_in.__wrapped__("")
    assert found.families == ("Noto Sans CJK SC",)
    assert all(isinstance(face, FontFace) for face in found.faces)
    assert missing_glyphs("欧阳䶮𠮷", found) == []
    assert "欧阳䶮" in words(opened(FACE, found)[0])


def test_the_code_says_the_address_and_bears_scratches():
    url = verify_url("https://talent.example.cn", short_code(96))
    assert url.startswith("https://talent.example.cn/v/")
    assert segno.make(url, error="q").error in ("Q", "H")
    assert qr_data_uri(url).startswith("data:image/svg+xml")


@pytest.mark.parametrize(
    "typed", ["0123-4567-89ab", " o123 4567 89AB ", "0i23—4567".replace("—", "-") + "89ab"]
)
def test_a_code_is_read_as_people_type_it(typed):
    assert nonce_as_typed(typed) == "0123456789AB"


def test_grouping_loses_nothing():
    assert check_code(CROCKFORD).replace("-", "") == CROCKFORD
    assert nonce_as_typed(check_code(CROCKFORD)) == CROCKFORD
