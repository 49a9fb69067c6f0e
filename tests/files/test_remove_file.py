"""Deleting bytes: after the commit, with the previews, and the row stays."""

import pytest
from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import file_bytes, preview_bytes, preview_variants
from tests.files import samples


def _on_disk(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_the_bytes_of_a_file_and_its_previews_go_and_the_rows_stay(keep_clean, files_folder):
    stored, other = keep_clean(samples.pdf()), keep_clean(samples.pdf(pages=2))
    assert len(_on_disk(files_folder)) == 6
    at, digest = now(), stored.sha256
    with unit_of_work():
        remove_file(db.session.get_one(StoredFile, stored.id), at=at)
    db.session.expire_all()
    rows = db.session.execute(select(StoredFile).where(StoredFile.removed_at == at)).scalars().all()
    assert {each.variant for each in rows} == {None, "thumbnail", "page-1"}
    assert stored.sha256 == digest
    assert len(_on_disk(files_folder)) == 3
    assert file_bytes(other) == samples.pdf(pages=2)


def test_a_removed_file_is_found_nowhere(keep_clean):
    stored = keep_clean(samples.pdf())
    with unit_of_work():
        remove_file(db.session.get_one(StoredFile, stored.id), at=now())
    for read in (lambda: file_bytes(stored), lambda: preview_bytes(stored, "thumbnail")):
        with pytest.raises(NotFoundHere):
            read()
    assert preview_variants(stored) == []


def test_a_rollback_keeps_the_bytes(keep_clean):
    stored = keep_clean(samples.pdf())

    def remove_then_fail():
        with unit_of_work():
            remove_file(stored, at=now())
            raise RuntimeError("something later went wrong")

    with pytest.raises(RuntimeError):
        remove_then_fail()
    db.session.refresh(stored)
    assert stored.removed_at is None
    assert file_bytes(stored) == samples.pdf()


def test_removing_twice_keeps_the_first_moment(keep):
    stored, at = keep(samples.pdf()), now()
    for moment in (at, now()):
        with unit_of_work():
            remove_file(db.session.get_one(StoredFile, stored.id), at=moment)
    db.session.refresh(stored)
    assert stored.removed_at == at
