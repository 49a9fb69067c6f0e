"""Giving files out: with which headers, as what, and not before the scanner agreed."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import delete

from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.scan_files import scan_files
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import files_by_id, preview_bytes, preview_variants
from talentsvc.files.refusals import not_ready_sentence
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from talentsvc.files.serving import file_response
from talentsvc.files.terms import ScanState
from tests.files import samples


@pytest.fixture
def serve(app, files_folder):
    """Answer a request with a file."""

    def answer(stored, variant=None):
        with app.test_request_context("/somewhere"):
            response = app.process_response(file_response(stored, variant))
            response.direct_passthrough = False
            return response

    return answer


def test_the_original_is_an_attachment_that_a_browser_may_not_open(serve, keep_clean):
    data = samples.pdf()
    response = serve(keep_clean(data, name="学位证书.pdf"))
    assert (response.status_code, response.data) == (200, data)
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert (
        "filename*=UTF-8''%E5%AD%A6%E4%BD%8D%E8%AF%81%E4%B9%A6.pdf"
        in headers["Content-Disposition"]
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "ETag" not in headers


@pytest.mark.parametrize(
    ("data", "variant", "size"),
    [
        (samples.pdf(pages=2), "page-1", (1000, 1500)),
        (samples.pdf(pages=2), "page-2", (1000, 1500)),
        (samples.pdf(pages=2), "preview", (1000, 1500)),
        (samples.pdf(pages=2), "thumbnail", (320, 480)),
        (samples.jpeg(1600, 1200), "view", (1000, 750)),
        (samples.jpeg(1600, 1200), "preview", (1000, 750)),
        (samples.jpeg(1600, 1200), "thumbnail", (320, 240)),
    ],
)
def test_previews_are_pictures_we_drew(serve, keep_clean, data, variant, size):
    response = serve(keep_clean(data), variant)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    with Image.open(io.BytesIO(response.data)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", size)


def test_a_kept_preview_is_not_drawn_again_and_a_lost_one_is(keep_clean, monkeypatch):
    stored, drawn = keep_clean(samples.pdf()), []

    def draw(*args):
        drawn.append(args[-1])
        return b"drawn"

    monkeypatch.setattr("talentsvc.files.queries.draw_preview", draw)
    assert preview_bytes(stored, "preview").startswith(b"\x89PNG")
    assert drawn == []
    with unit_of_work():
        db.session.execute(delete(StoredFile).where(StoredFile.parent_id == stored.id))
    assert preview_bytes(stored, "preview") == b"drawn"
    assert drawn == ["page-1"]


@pytest.mark.parametrize(
    "variant", ["page-3", "page-0", "page--1", "view", "../page-1", "", "page-1 "]
)
def test_a_preview_that_is_not_there_is_not_found(serve, keep_clean, variant):
    stored = keep_clean(samples.pdf(pages=2))
    with pytest.raises(NotFoundHere):
        serve(stored, variant)


@pytest.mark.parametrize("variant", [None, "thumbnail", "page-1", "preview"])
@pytest.mark.parametrize("state", [ScanState.WAITING, ScanState.UNAVAILABLE, ScanState.INFECTED])
def test_nothing_is_given_out_that_is_not_clean(app, serve, keep_clean, state, variant):
    stored = keep_clean(samples.pdf())
    stored.scan_state = state
    response = serve(stored, variant)
    assert response.status_code == 409
    assert b"%PDF" not in response.data
    assert b"PNG" not in response.data
    with app.test_request_context("/"):
        assert not_ready_sentence(state) in response.data.decode()
    assert preview_variants(stored) == []


def test_with_the_scanner_off_nothing_is_ever_given_out(serve, keep):
    stored = keep(samples.jpeg(), at=now() - timedelta(days=30))
    scan_files(None)
    db.session.refresh(stored)
    assert [serve(stored, variant).status_code for variant in (None, "view", "thumbnail")] == [
        409
    ] * 3


def test_a_preview_that_cannot_be_drawn_says_so(serve, keep_clean, monkeypatch):
    stored = keep_clean(samples.pdf(pages=2))

    def cannot_draw(*_args):
        raise RefusedFile(RefusalCode.TOO_COMPLEX)

    monkeypatch.setattr("talentsvc.files.queries.draw_preview", cannot_draw)
    assert serve(stored, "page-2").status_code == 409


def test_views_and_rows_of_several_files(keep_clean):
    document, picture = keep_clean(samples.pdf(pages=3)), keep_clean(samples.png())
    assert preview_variants(document) == ["page-1", "page-2", "page-3"]
    assert preview_variants(picture) == ["view"]
    assert files_by_id([document.id, picture.id]) == {document.id: document, picture.id: picture}
