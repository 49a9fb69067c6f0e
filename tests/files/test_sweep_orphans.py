"""Bytes that no row speaks for go after a day; bytes of another database never do."""

import os
from datetime import timedelta

import pytest

from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions import sweep_orphans as sweeping
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.actions.sweep_orphans import ORPHAN_AFTER, TooManyOrphans, sweep_orphans
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import file_bytes
from talentsvc.files.storage import DirectoryStorage
from talentsvc.files.vault import storage
from tests.files import samples

TOMORROW = ORPHAN_AFTER + timedelta(minutes=1)


def _keys():
    return {each.key for each in storage().iter_keys()}


def test_an_orphan_goes_after_a_day_and_a_file_with_a_row_stays(keep_clean):
    stored = keep_clean(samples.pdf())
    kept = _keys()
    orphan = storage().put(b"rolled back")
    assert sweep_orphans(at=now() + ORPHAN_AFTER - timedelta(minutes=1)) == 0
    assert orphan in _keys()
    assert sweep_orphans(at=now() + TOMORROW) == 1
    assert _keys() == kept
    assert file_bytes(stored) == samples.pdf()


def test_a_deletion_that_failed_is_made_up_for(keep, monkeypatch):
    stored = keep(samples.pdf())

    def out_of_reach(_self, _key):
        raise OSError("out of reach")

    with monkeypatch.context() as broken:
        broken.setattr(DirectoryStorage, "delete", out_of_reach)
        with unit_of_work():
            remove_file(db.session.get_one(StoredFile, stored.id), at=now())
    assert _keys() == {stored.storage_key}
    assert sweep_orphans(at=now() + TOMORROW) == 1
    assert _keys() == set()


def test_a_half_written_file_goes_too(files_folder):
    key = storage().put(b"half")
    path = files_folder / key[:2] / key[2:4] / key
    path.rename(path.with_name(f"{key}.part"))
    past = (now() - TOMORROW).timestamp()
    os.utime(path.with_name(f"{key}.part"), (past, past))
    assert sweep_orphans(at=now()) == 1
    assert _keys() == set()


def test_against_another_database_nothing_is_deleted(keep, monkeypatch):
    monkeypatch.setattr(sweeping, "SUSPICIOUS_COUNT", 2)
    keep(samples.pdf())
    for number in range(3):
        storage().put(b"%d" % number)
    before = _keys()
    with pytest.raises(TooManyOrphans):
        sweep_orphans(at=now() + TOMORROW)
    assert _keys() == before
