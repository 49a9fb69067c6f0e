"""Giving files out: the original as a download, previews as pictures we drew, and nothing unscanned."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file
from flask_babel import gettext as _

from talentsvc.extensions.errors import error_page
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import file_bytes, preview_bytes
from talentsvc.files.refusals import not_ready_sentence
from talentsvc.files.rules.readiness import FileNotReady
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.rules.structure import PNG

#: Even opened by itself, the answer may load nothing, run nothing and belongs to no origin.
POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def file_response(stored: StoredFile, variant: str | None = None) -> Response:
    """The original as an attachment, or a preview (`variant`) as an inline PNG.

    A file that the scanner has not called clean gives 409 with a sentence. The caller has checked
    who asks and has written down the look (`audit.access_log.note_look`) before. Errors: NotFoundHere.
    """
    try:
        data = file_bytes(stored) if variant is None else preview_bytes(stored, variant)
    except FileNotReady as error:
        return error_page(409, not_ready_sentence(error.scan_state))
    except RefusedFile:
        return error_page(409, _("This file cannot be shown as a picture. Download it instead."))
    return _guarded(
        send_file(
            BytesIO(data),
            mimetype=stored.media_type if variant is None else PNG,
            as_attachment=variant is None,
            download_name=stored.original_name if variant is None else f"{variant}.png",
            etag=False,
        )
    )


def _guarded(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cache-Control"] = "no-store"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
