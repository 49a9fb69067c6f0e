"""The scan as the worker does it: what is found, what is drawn, and what a failure leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.crypto import KeyRing
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions import scan_files as scanning
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.actions.scan_files import lease_next, scan_files, scan_leased
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import (
    file_bytes,
    files_needing_a_person,
    infected_files,
    preview_bytes,
    stuck_files,
)
from talentsvc.files.rules.previews import draw_preview
from talentsvc.files.rules.readiness import FileNotReady
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from talentsvc.files.rules.scan_plan import BACKOFF, LEASE, STUCK_AFTER, next_scan_at
from talentsvc.files.scanning import ClamdScanner, ScanVerdict
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import open_sealed, storage
from tests.files import samples


class Says:
    """A scanner with one answer; it remembers what it was shown."""

    def __init__(self, state, detail="as told"):
        self.verdict = ScanVerdict(state, detail)
        self.seen = []

    def scan(self, data):
        self.seen.append(data)
        return self.verdict


def _previews(stored):
    statement = select(StoredFile).where(StoredFile.parent_id == stored.id)
    return {each.variant: each for each in db.session.execute(statement).scalars()}


def test_a_clean_pdf_gets_its_first_page_and_a_thumbnail(keep, demo_scanner):
    stored = keep(samples.pdf(pages=3), is_sensitive=True)
    assert scan_files(demo_scanner) == 1
    db.session.refresh(stored)
    assert stored.scan_state is ScanState.CLEAN
    assert stored.scan_detail == demo_scanner.version()
    assert stored.scanned_at is not None
    assert (stored.next_scan_at, stored.scan_attempts) == (None, 1)
    previews = _previews(stored)
    assert set(previews) == {"thumbnail", "page-1"}
    for preview in previews.values():
        assert (preview.purpose, preview.media_type) == (FilePurpose.PREVIEW, "image/png")
        assert (preview.scan_state, preview.is_sensitive) == (ScanState.CLEAN, True)
    page = open_sealed(previews["page-1"].id, previews["page-1"].storage_key)
    assert samples.pixel(page, 500, 700) == (255, 0, 0)


def test_a_clean_picture_gets_a_view_and_a_thumbnail(keep_clean):
    assert set(_previews(keep_clean(samples.jpeg(1600, 1200)))) == {"thumbnail", "view"}


def test_the_test_text_is_found_and_nothing_is_given_out(keep, demo_scanner):
    stored = keep(samples.pdf_with_eicar())
    scan_files(demo_scanner)
    db.session.refresh(stored)
    assert (stored.scan_state, stored.scan_detail) == (ScanState.INFECTED, "Eicar-Test-Signature")
    assert _previews(stored) == {}
    for read in (lambda: file_bytes(stored), lambda: preview_bytes(stored, "thumbnail")):
        with pytest.raises(FileNotReady):
            read()


def test_without_a_scanner_files_stay_waiting_and_nothing_is_given_out(keep):
    stored = keep(samples.pdf())
    assert scan_files(None) == 0
    db.session.refresh(stored)
    assert (stored.scan_state, stored.scan_attempts) == (ScanState.WAITING, 0)
    with pytest.raises(FileNotReady):
        file_bytes(stored)


def test_a_scanner_that_is_off_is_asked_again_later(keep, demo_scanner):
    stored = keep(samples.pdf())
    before = now()
    scan_files(ClamdScanner("/nowhere/scanner.sock"))
    db.session.refresh(stored)
    assert (stored.scan_state, stored.scan_detail) == (ScanState.UNAVAILABLE, "FileNotFoundError")
    assert stored.next_scan_at is not None
    assert before + BACKOFF[0] <= stored.next_scan_at <= now() + BACKOFF[0]
    with pytest.raises(FileNotReady):
        file_bytes(stored)
    assert scan_files(demo_scanner) == 0
    _make_due(stored)
    assert scan_files(demo_scanner) == 1
    db.session.refresh(stored)
    assert stored.scan_state is ScanState.CLEAN
    assert file_bytes(stored) == samples.pdf()


def _make_due(stored):
    with unit_of_work():
        db.session.get_one(StoredFile, stored.id).next_scan_at = now()


def test_waits_grow_and_never_end():
    at = now()
    waits = [next_scan_at(attempts, at) - at for attempts in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[-1] == BACKOFF[-1]


def test_a_leased_file_is_nobody_elses_until_the_lease_runs_out(keep, demo_scanner):
    stored, at = keep(samples.pdf()), now()
    with unit_of_work():
        leased = lease_next(at=at)
    assert leased is not None
    assert leased.id == stored.id
    assert lease_next(at=at + LEASE - timedelta(seconds=1)) is None
    with unit_of_work():
        again = lease_next(at=at + LEASE)
    assert again is not None
    scan_leased(again, demo_scanner)
    db.session.refresh(stored)
    assert (stored.scan_state, stored.scan_attempts) == (ScanState.CLEAN, 2)


def test_a_file_in_another_transactions_hands_is_passed_over(keep, owner_connection):
    stored, at = keep(samples.pdf()), now()
    with owner_connection.transaction():
        owner_connection.execute(
            "SELECT 1 FROM stored_file WHERE id = %s FOR UPDATE", [str(stored.id)]
        )
        assert lease_next(at=at) is None
    with unit_of_work():
        assert lease_next(at=at) is not None


def test_a_worker_that_comes_late_changes_nothing(keep):
    stored = keep(samples.pdf())
    with unit_of_work():
        leased = lease_next(at=now())
    assert leased is not None
    scan_leased(leased, Says(ScanState.INFECTED, "first"))
    scan_leased(leased, Says(ScanState.CLEAN, "second"))
    db.session.refresh(stored)
    assert (stored.scan_state, stored.scan_detail) == (ScanState.INFECTED, "first")
    assert _previews(stored) == {}


def test_the_scanner_sees_the_plaintext(keep):
    keep(samples.pdf())
    scanner = Says(ScanState.CLEAN)
    scan_files(scanner)
    assert scanner.seen == [samples.pdf()]


def test_no_transaction_is_open_while_the_scanner_works(keep):
    keep(samples.pdf())
    open_during = []

    class Watching(Says):
        def scan(self, data):
            open_during.append(db.session().in_transaction())
            return super().scan(data)

    scan_files(Watching(ScanState.CLEAN))
    assert open_during == [False]


@pytest.mark.parametrize("damage", ["bytes gone", "other key"])
def test_bytes_that_cannot_be_read_are_not_clean(app, keep, damage, demo_scanner, monkeypatch):
    stored = keep(samples.pdf())
    if damage == "bytes gone":
        storage().delete(stored.storage_key)
    else:
        monkeypatch.setitem(app.extensions, "talentsvc.keyring", KeyRing.generate())
    scan_files(demo_scanner)
    db.session.refresh(stored)
    assert stored.scan_state is ScanState.UNAVAILABLE
    assert stored.scan_detail in {"NoSuchFile", "CannotDecrypt"}


def test_a_file_that_cannot_be_drawn_is_a_download_without_previews(
    keep, demo_scanner, monkeypatch
):
    def cannot_draw(*_args):
        raise RefusedFile(RefusalCode.TOO_COMPLEX)

    monkeypatch.setattr("talentsvc.files.previewing.draw_preview", cannot_draw)
    stored = keep(samples.pdf())
    scan_files(demo_scanner)
    db.session.refresh(stored)
    assert stored.scan_state is ScanState.CLEAN
    assert _previews(stored) == {}
    assert file_bytes(stored) == samples.pdf()


def test_one_call_scans_many_and_stops_at_its_limit(keep):
    for _ in range(3):
        keep(samples.jpeg(50, 50))
    scanner = Says(ScanState.INFECTED)
    assert scan_files(scanner, limit=2) == 2
    assert scan_files(scanner) == 1
    assert scan_files(scanner) == 0


def test_a_removed_file_is_not_scanned(keep):
    stored = keep(samples.pdf())
    with unit_of_work():
        remove_file(db.session.get_one(StoredFile, stored.id), at=now())
    scanner = Says(ScanState.CLEAN)
    assert scan_files(scanner) == 0
    assert scanner.seen == []


def test_a_file_removed_during_its_scan_stays_removed(keep, monkeypatch):
    stored = keep(samples.pdf())

    class Removing(Says):
        def scan(self, data):
            with unit_of_work():
                remove_file(db.session.get_one(StoredFile, stored.id), at=now())
            return super().scan(data)

    scan_files(Removing(ScanState.CLEAN))
    db.session.refresh(stored)
    assert stored.scan_state is ScanState.WAITING
    assert _previews(stored) == {}


def test_infected_and_stuck_files_need_a_person_and_others_do_not(keep, demo_scanner):
    infected = keep(samples.pdf_with_eicar())
    clean = keep(samples.jpeg())
    scan_files(demo_scanner)
    stuck = keep(samples.png(), at=now() - STUCK_AFTER)
    fresh = keep(samples.pdf())
    needing = {each.id for each in files_needing_a_person(at=now())}
    assert needing == {infected.id, stuck.id}
    assert not needing & {clean.id, fresh.id}
    later = {each.id for each in files_needing_a_person(at=now() + STUCK_AFTER)}
    assert fresh.id in later


def test_files_that_have_their_task_make_room_for_the_next(keep, demo_scanner):
    first, second = (keep(samples.pdf_with_eicar()) for _ in range(2))
    scan_files(demo_scanner)
    stuck = keep(samples.png(), at=now() - STUCK_AFTER)
    assert [each.id for each in infected_files(limit=1)] == [first.id]
    known = select(StoredFile.id).where(StoredFile.id == first.id)
    assert [each.id for each in infected_files(except_for=known, limit=1)] == [second.id]
    assert [each.id for each in stuck_files(at=now())] == [stuck.id]
    known = select(StoredFile.id).where(StoredFile.id == stuck.id)
    assert stuck_files(at=now(), except_for=known) == []


def test_previews_are_drawn_before_the_transaction_that_keeps_them(keep, demo_scanner, monkeypatch):
    drawn_within = []

    def watching(*args):
        drawn_within.append(db.session().in_transaction())
        return draw_preview(*args)

    monkeypatch.setattr("talentsvc.files.previewing.draw_preview", watching)
    keep(samples.pdf())
    scanning.scan_files(demo_scanner)
    assert drawn_within == [False, False]
