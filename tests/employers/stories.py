"""Steps that the tests of employers tell their stories with; all inside an application context."""

import json
from uuid import uuid4

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.models import AuditEntry
from talentsvc.core.clock import now
from talentsvc.employers.actions.register_employer import register_employer
from talentsvc.employers.models import EmployerAgent
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskState
from tests.employers.world import (
    details,
    in_days,
)
from tests.people.world import actor_of, add_account, add_person


def stored(purpose: FilePurpose) -> StoredFile:
    file = StoredFile(
        purpose=purpose,
        original_name="paper.pdf",
        media_type="application/pdf",
        byte_size=10,
        sha256=b"0" * 32,
        storage_key=str(uuid4()),
        key_id="K",
        scan_state=ScanState.CLEAN,
        created_at=now(),
    )
    db.session.add(file)
    db.session.flush()
    return file


def registered(name: str = "陈经办", **changed):
    """A registration that was sent; the account and the employer."""
    with unit_of_work():
        account = add_account(name)
        add_person(account)
        employer = register_employer(
            details(**changed),
            account=account,
            licence_file_id=stored(FilePurpose.LICENCE).id,
            authorisation_file_id=stored(FilePurpose.AUTHORISATION).id,
            until=in_days(365),
            is_founder=False,
            actor=actor_of(account),
            at=now(),
        )
    return account, employer


def clerk() -> Actor:
    with unit_of_work():
        account = add_account("陈窗口")
        add_person(account)
    return Actor(account_id=account.id, person_id=account.person_id, acting_as="clerk")


def person_with_account(name: str):
    with unit_of_work():
        account = add_account(name)
        person = add_person(account)
    return account, person


def agents() -> list[EmployerAgent]:
    return list(db.session.execute(select(EmployerAgent).order_by(EmployerAgent.id)).scalars())


def told(kind: str) -> list[dict]:
    rows = db.session.execute(
        select(Notice)
        .where(Notice.kind == kind, Notice.channel == Channel.INBOX)
        .order_by(Notice.id)
    ).scalars()
    return [json.loads(row.params_json or "{}") for row in rows]


def open_tasks() -> list[str]:
    rows = db.session.execute(
        select(Task).where(Task.state == TaskState.OPEN).order_by(Task.created_at, Task.dedupe_key)
    )
    return sorted(task.params["what"] for task in rows.scalars())


def recorded() -> list[str]:
    return list(
        db.session.execute(
            select(AuditEntry.action)
            .where(
                AuditEntry.action.like("%employer%")
                | AuditEntry.action.like("%agent%")
                | AuditEntry.action.like("%authorisation%")
            )
            .order_by(AuditEntry.id)
        ).scalars()
    )
