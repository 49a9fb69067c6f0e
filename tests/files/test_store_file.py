"""Taking files in: what is kept, that it rests sealed, and what a refusal leaves behind."""

import hashlib
from uuid import uuid4

import pytest
from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.crypto import CannotDecrypt, KeyRing
from talentsvc.extensions.database import db, keyring
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.store_file import QUEUE, SCAN_TASK, store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import file_bytes
from talentsvc.files.rules.checks import DOCUMENTS, UploadLimits
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import open_sealed
from tests.files import samples


def _on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def _rows():
    return db.session.execute(select(StoredFile)).scalars().all()


def test_a_pdf_is_kept_sealed_and_waits_for_the_scanner(keep, files_folder):
    data, person, account = samples.pdf(pages=2), uuid4(), uuid4()
    stored = keep(
        data,
        name="C:\\fakepath\\劳动合同.pdf",
        holder_person_id=person,
        holder_account_id=account,
        is_sensitive=True,
    )
    db.session.expire_all()
    (row,) = _rows()
    assert row.id == stored.id
    assert (row.original_name, row.media_type, row.page_count) == (
        "劳动合同.pdf",
        "application/pdf",
        2,
    )
    assert (row.holder_person_id, row.holder_account_id, row.is_sensitive) == (
        person,
        account,
        True,
    )
    assert (row.byte_size, row.sha256) == (len(data), hashlib.sha256(data).digest())
    assert (row.scan_state, row.scan_attempts, row.key_id) == (
        ScanState.WAITING,
        0,
        keyring().current_key_id,
    )
    assert row.next_scan_at == row.created_at
    (file,) = _on_disk(files_folder)
    assert file.name == row.storage_key
    assert b"PDF" not in file.read_bytes()
    assert open_sealed(row.id, row.storage_key) == data


def test_the_hash_and_size_are_those_of_the_cleaned_picture(keep):
    stored = keep(samples.photo_with_place())
    kept = open_sealed(stored.id, stored.storage_key)
    assert (stored.byte_size, stored.sha256) == (len(kept), hashlib.sha256(kept).digest())
    assert (stored.width, stored.height, stored.original_name) == (400, 600, "材料.jpg")
    assert b"Invented" not in kept


def test_a_portrait_is_cut_to_its_shape(keep):
    stored = keep(samples.png(900, 1200), purpose=FilePurpose.PORTRAIT, name="自拍.png")
    assert (stored.width, stored.height, stored.media_type) == (358, 441, "image/jpeg")


def test_a_refused_file_leaves_neither_row_nor_bytes(keep, files_folder):
    with pytest.raises(RefusedFile):
        keep(samples.pdf_with_packed_script())
    assert _rows() == []
    assert _on_disk(files_folder) == []


def test_a_rollback_leaves_no_row(files_folder):
    def store_then_fail():
        with unit_of_work():
            store_file(
                purpose=FilePurpose.EVIDENCE,
                holder_person_id=None,
                name="a.pdf",
                data=samples.pdf(),
                accepts=DOCUMENTS,
                limits=UploadLimits(),
                is_sensitive=False,
                at=now(),
            )
            raise RuntimeError("something later went wrong")

    with pytest.raises(RuntimeError):
        store_then_fail()
    assert _rows() == []


def test_the_worker_is_woken_after_the_commit(keep, valkey):
    keep(samples.pdf())
    (message,) = valkey.lrange(QUEUE, 0, -1)
    assert SCAN_TASK.encode() in message


def test_another_key_does_not_open_a_file(app, keep_clean, monkeypatch):
    stored = keep_clean(samples.pdf())
    monkeypatch.setitem(app.extensions, "talentsvc.keyring", KeyRing.generate())
    with pytest.raises(CannotDecrypt):
        file_bytes(stored)


def test_one_rows_bytes_do_not_open_under_another_row(keep_clean):
    first, second = keep_clean(samples.pdf()), keep_clean(samples.jpeg())
    with pytest.raises(CannotDecrypt):
        open_sealed(first.id, second.storage_key)


def test_a_file_still_opens_after_the_key_was_changed(app, keep_clean, monkeypatch):
    stored = keep_clean(samples.pdf())
    ring = KeyRing.from_json(keyring().to_json())
    ring.rotate()
    monkeypatch.setitem(app.extensions, "talentsvc.keyring", ring)
    assert file_bytes(stored) == samples.pdf()
    assert ring.current_key_id != stored.key_id
