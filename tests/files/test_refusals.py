"""The sentences for refused files: one for every reason, filled in."""

import pytest
from flask_babel import force_locale

from talentsvc.files.refusals import not_ready_sentence, refusal_sentence
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from talentsvc.files.terms import ScanState

PARAMS: dict[RefusalCode, dict[str, object]] = {
    RefusalCode.TOO_LARGE: {"max_megabytes": 20},
    RefusalCode.TYPE_NOT_ALLOWED: {"found": "image/gif", "accepted": "JPEG, PDF, PNG"},
    RefusalCode.TYPE_MISMATCH: {"claimed": "exe", "found": "jpg"},
    RefusalCode.TOO_MANY_PIXELS: {"max_pixels": 60_000_000},
    RefusalCode.TOO_MANY_PAGES: {"pages": 80, "max_pages": 60},
    RefusalCode.PORTRAIT_TOO_SMALL: {"width": 358, "height": 441},
    RefusalCode.PORTRAIT_RATIO: {"width": 358, "height": 441},
}


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_reason_has_a_sentence_in_each_language(app, code, language):

    with app.test_request_context("/"), force_locale(language):
        sentence = refusal_sentence(RefusedFile(code, **PARAMS.get(code, {})))
    assert len(sentence) > 8
    assert "%(" not in sentence


def test_every_state_that_keeps_a_file_closed_has_a_sentence(app):
    with app.test_request_context("/"):
        sentences = {
            not_ready_sentence(state) for state in ScanState if state is not ScanState.CLEAN
        }
    assert len(sentences) == 3


def test_a_refused_upload_names_both_numbers_in_its_sentence(app):
    with app.test_request_context("/"):
        refused = RefusedFile(RefusalCode.TOO_MANY_PAGES, pages=80, max_pages=60)
        sentence = refusal_sentence(refused)
    assert "80" in sentence
    assert "60" in sentence
