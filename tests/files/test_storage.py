"""Sealed bytes in a directory: whole or absent, private, and only under keys we made."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from talentsvc.files.storage import DirectoryStorage, NoSuchFile


@pytest.fixture
def storage(tmp_path):
    return DirectoryStorage(tmp_path / "files")


def _files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_put_is_given_back_under_a_random_key(storage):
    first, second = storage.put(b"sealed"), storage.put(b"sealed")
    assert first != second
    assert storage.get(first) == storage.get(second) == b"sealed"


def test_only_the_services_user_can_read(storage, tmp_path):
    storage.put(b"sealed")
    for path in (tmp_path / "files").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.is_dir()
    (file,) = _files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_deleted_key_is_gone_and_deleting_again_is_no_error(storage):
    key = storage.put(b"sealed")
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(NoSuchFile):
        storage.get(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "A" * 32, "ab/" + "0" * 29, "0" * 31])
def test_a_key_of_another_shape_leads_nowhere(storage, key):
    for call in (storage.get, storage.delete):
        with pytest.raises(NoSuchFile):
            call(key)


def test_a_failed_write_leaves_nothing_under_a_key(storage, tmp_path, monkeypatch):
    def full_disk(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        storage.put(b"sealed")
    assert _files(tmp_path) == []


def test_all_keys_are_listed_with_their_time_and_strangers_are_not(storage, tmp_path):
    keys = {storage.put(b"one"), storage.put(b"two")}
    (tmp_path / "files" / "ab" / "cd").mkdir(parents=True)
    (tmp_path / "files" / "ab" / "cd" / "README").write_text("not ours")
    listed = list(storage.iter_keys())
    assert {each.key for each in listed} == keys
    assert all(abs(datetime.now(UTC) - each.stored_at) < timedelta(minutes=1) for each in listed)


def test_a_draft_that_a_crash_left_is_listed_and_deleted(storage, tmp_path):
    key = storage.put(b"sealed")
    (file,) = _files(tmp_path)
    file.rename(file.with_name(f"{key}.part"))
    with pytest.raises(NoSuchFile):
        storage.get(key)
    assert [each.key for each in storage.iter_keys()] == [key]
    storage.delete(key)
    assert _files(tmp_path) == []


def test_an_empty_storage_has_no_keys(storage):
    assert list(storage.iter_keys()) == []
