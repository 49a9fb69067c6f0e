"""Sensitive images go sixty days after a case and its remedies are closed; what they were stays on record."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.audit.models import AuditEntry
from talentsvc.cards.actions.delete_image import delete_image, images_past_keeping
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.reject_application import reject_application
from talentsvc.cards.actions.request_review import request_review
from talentsvc.cards.actions.withdraw_application import withdraw_application
from talentsvc.cards.models import Application, Evidence
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.terms import ApplicationState, FindingOutcome
from talentsvc.core.clock import local_date, now, start_of_day
from talentsvc.desk.doctor import findings
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.vault import FOLDER
from tests.cards import world
from tests.cards.apply.pages import Browser, step_path

SENSITIVE = 2


def on_disk(app: Flask) -> set[str]:
    """The names of all files in the storage's folder, whatever any row says."""
    folder: Path = app.config["SETTINGS"].var_dir / FOLDER
    return {path.name for path in folder.rglob("*") if path.is_file()}


def images(app: Flask, case: world.MadeCase) -> dict[UUID, str]:
    """Sensitive evidence of a case with the key of its bytes."""
    with app.app_context():
        rows = db.session.execute(
            select(Evidence.id, StoredFile.storage_key)
            .join(StoredFile, StoredFile.id == Evidence.file_id)
            .where(Evidence.application_id == case.application_id, StoredFile.is_sensitive)
        )
        return {evidence_id: key for evidence_id, key in rows}


def others(app: Flask, case: world.MadeCase) -> set[str]:
    with app.app_context():
        rows = db.session.execute(
            select(StoredFile.storage_key)
            .join(Evidence, StoredFile.id == Evidence.file_id)
            .where(
                Evidence.application_id == case.application_id, StoredFile.is_sensitive.is_(False)
            )
        )
        return set(rows.scalars())


def withdrawn(app: Flask) -> world.MadeCase:
    case = world.make_received_case(app)
    with app.app_context(), unit_of_work():
        withdraw_application(case.application_id, actor=world.acting(case.applicant), at=now())
    return case


def rejected(app: Flask, at: datetime) -> world.MadeCase:
    case = world.make_accepted_case(app, at=at)
    reviewer = world.make_officer(app, Role.REVIEWER, "李初审")
    decider = world.make_officer(app, Role.DECIDER, "王审定")
    with app.app_context(), unit_of_work():
        recommend(
            case.application_id,
            is_positive=False,
            reason="劳动合同单位不在高新区内",
            findings=[
                CriterionFinding(one["code"], FindingOutcome.MET, "材料与原件相符，已当面核对")
                for one in newest_evaluation(case.application_id)["verdicts"]
            ],
            actor=world.acting(reviewer, "reviewer"),
            at=at,
        )
        reject_application(
            case.application_id,
            reason="劳动合同单位不在高新区内",
            clause="示例 第4条",
            remedy="可在 15 个工作日内申请复核",
            actor=world.acting(decider, "decider"),
            at=at,
        )
    return case


def last_day(app: Flask, case: world.MadeCase) -> date:
    with app.app_context():
        until = world.application_of(case).images_until
        assert until is not None
        return until


def tidy(app: Flask, at: datetime) -> Iterator[bool]:
    """What the worker's upkeep does, one unit of work at a time."""
    with app.app_context():
        found = images_past_keeping(at, 100)
    for evidence_id in found:
        with app.app_context(), unit_of_work():
            yield delete_image(evidence_id, at=at)


def test_the_bytes_are_gone_from_the_folder_and_what_they_were_is_not(app: Flask) -> None:
    case = withdrawn(app)
    keys, kept = set(images(app, case).values()), others(app, case)
    assert len(keys) == SENSITIVE
    assert keys | kept <= on_disk(app)
    last = last_day(app, case)
    assert last == local_date(now()) + timedelta(days=60)
    in_time = start_of_day(last) + timedelta(hours=23)
    assert list(tidy(app, in_time)) == []
    assert keys <= on_disk(app)
    after = start_of_day(last + timedelta(days=1))
    assert list(tidy(app, after)) == [True, True]
    assert not keys & on_disk(app)
    assert kept <= on_disk(app)
    assert list(tidy(app, after)) == []
    with app.app_context():
        for evidence_id in images(app, case):
            evidence = db.session.get_one(Evidence, evidence_id)
            stored = db.session.get_one(StoredFile, evidence.file_id)
            assert evidence.deleted_by_rule_at == after
            assert len(stored.sha256) == 32
            assert stored.media_type == "image/jpeg"
            assert stored.scanned_at is not None
        told = db.session.execute(
            select(AuditEntry).where(AuditEntry.action == "delete_image")
        ).scalars()
        assert {entry.acting_as for entry in told} == {"clock"}
        assert world.application_of(case).images_until is None


def test_interrupted_it_goes_on_where_it_stopped(app: Flask) -> None:
    case = withdrawn(app)
    after = start_of_day(last_day(app, case) + timedelta(days=1))
    keys = set(images(app, case).values())
    with app.app_context():
        first, second = images_past_keeping(after, 100)
    with app.app_context(), unit_of_work():
        assert delete_image(first, at=after)
    assert len(keys & on_disk(app)) == 1
    # Killed before its commit: nothing of the second one happened.
    with (
        pytest.raises(RuntimeError, match="killed"),
        app.app_context(),
        unit_of_work(),
    ):
        delete_image(second, at=after)
        raise RuntimeError("killed")
    assert len(keys & on_disk(app)) == 1
    with app.app_context():
        assert images_past_keeping(after, 100) == [second]
    assert list(tidy(app, after)) == [True]
    assert not keys & on_disk(app)
    with app.app_context(), unit_of_work():
        assert not delete_image(first, at=after)


def test_a_rejection_keeps_them_until_the_time_for_a_review_is_over(app: Flask) -> None:
    case = rejected(app, now())
    with app.app_context():
        due_on = world.application_of(case).due_on
        assert due_on is not None
    assert last_day(app, case) == due_on + timedelta(days=60)


def test_an_open_review_stops_it_even_where_the_day_had_been_written_down(app: Flask) -> None:
    case = rejected(app, now())
    after = start_of_day(last_day(app, case) + timedelta(days=1))
    keys = set(images(app, case).values())
    with app.app_context(), unit_of_work():
        request_review(
            case.application_id,
            reason="单位在区内，有缴税证明。",
            actor=world.acting(case.applicant),
            at=now(),
        )
    with app.app_context(), unit_of_work():
        application = db.session.get_one(Application, case.application_id)
        assert application.state is ApplicationState.REVIEW_OPEN
        assert application.images_until is None
        # As if the upkeep had read its list just before.
        application.images_until = after.date() - timedelta(days=5)
    assert list(tidy(app, after)) == [False, False]
    assert keys <= on_disk(app)
    assert list(tidy(app, after)) == []


def test_applicant_and_desk_read_when_it_was_deleted_and_nobody_gets_it(app: Flask) -> None:
    case = withdrawn(app)
    after = start_of_day(last_day(app, case) + timedelta(days=1))
    list(tidy(app, after))
    evidence_id = next(iter(images(app, case)))
    applicant = Browser(app, case.applicant)
    words = "Deleted by the retention rule on"
    page = applicant.get(f"{step_path(case, 'evidence')}/files/{evidence_id}")
    assert words in page
    assert "SHA-256" in page
    assert words in applicant.get(f"/applications/{case.application_id}")
    clerk = Browser(app, world.make_officer(app))
    desk = f"/desk/cases/{case.application_id}"
    assert clerk.get(desk).count(words) == SENSITIVE
    for reader, path in (
        (clerk, f"{desk}/evidence/{evidence_id}"),
        (clerk, f"{desk}/evidence/{evidence_id}/preview"),
        (applicant, f"{step_path(case, 'evidence')}/files/{evidence_id}/original"),
    ):
        assert reader.client.get(path).status_code == 404


def test_the_doctor_counts_what_is_overdue(app: Flask) -> None:
    case = withdrawn(app)
    after = start_of_day(last_day(app, case) + timedelta(days=1))

    def overdue(at: datetime) -> list[int]:
        with app.app_context():
            return [one.count for one in findings(at) if one.code == "images_kept_too_long"]

    assert overdue(after + timedelta(hours=5)) == []
    assert overdue(after + timedelta(hours=7)) == [SENSITIVE]
    list(tidy(app, after + timedelta(hours=7)))
    assert overdue(after + timedelta(hours=7)) == []
