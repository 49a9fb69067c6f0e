"""G9: a change of keys, and the wrong keys.

What is sealed opens before, during and after a change; with foreign keys no process starts.
"""

import base64
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Select, select

from deploy.local.postgres import OWNER
from talentsvc.cards.models import Application, ApplicationDraft
from talentsvc.core.crypto import CannotDecrypt, KeyRing, WrongKey
from talentsvc.extensions.database import db, keyring
from talentsvc.extensions.key_proof import KeyProof, confirm_at_start
from talentsvc.extensions.resealing import SealedColumn, reseal_columns, sealed_columns
from talentsvc.files.models import StoredFile
from talentsvc.files.vault import open_sealed, storage
from talentsvc.people.models import IdentityDocument, Person
from tests.guarantees.commands import command
from tests.guarantees.ground import GROUND, GROUND_FOLDER, Ground, application_on, clone
from tests.guarantees.watching import Fault, sabotage

# -- a change of keys -----------------------------------------------------------------------------


@pytest.fixture
def house(
    ground: Ground, environment: dict[str, str], tmp_path: Path, worker_number: int
) -> Iterator[tuple[Flask, dict[str, str], Path]]:
    """An installation of its own: database, files and a key file that may change."""
    database, var = f"keys_{worker_number}", tmp_path / "var"
    clone(ground.servers, GROUND, database)
    shutil.copytree(ground.servers.folder / GROUND_FOLDER, var)
    keys = tmp_path / "keyring.json"
    shutil.copy(environment["TALENTSVC_KEYRING_FILE"], keys)
    changed = {
        **environment,
        "TALENTSVC_DATABASE_URL": ground.servers.cluster.url("talentsvc_app", database),
        "TALENTSVC_VAR": str(var),
        "TALENTSVC_KEYRING_FILE": str(keys),
    }
    app = application_on(
        ground.servers, environment, database, var, TALENTSVC_KEYRING_FILE=str(keys)
    )
    yield app, changed, keys
    with app.app_context():
        db.engine.dispose()


def numbers_of(app: Flask) -> dict[UUID, str]:
    """Every document number, opened."""
    with app.app_context():
        rows = db.session.execute(select(IdentityDocument)).scalars().all()
        return {row.id: row.number for row in rows}


def test_after_a_change_of_keys_everything_opens_with_the_new_one_alone(
    house: tuple[Flask, dict[str, str], Path],
) -> None:
    app, environment, keys = house
    former_ring = KeyRing.load(keys)
    former = former_ring.current_key_id
    before = numbers_of(app)
    # Known before it is used: processes that run open both from here on.
    assert command(environment, "keys", "add")[0] == 0
    (added,) = KeyRing.load(keys).key_ids - {former}
    assert KeyRing.load(keys).current_key_id == former
    code, said = command(environment, "keys", "retire", former)
    assert (code, "current key" in said or "need it" in said) == (1, True)
    code, said = command(environment, "keys", "rotate", added)
    assert (code, "sealed with the current key" in said) == (0, True), said
    assert KeyRing.load(keys).current_key_id == added
    assert all_key_ids(app) == {added}
    assert command(environment, "keys", "retire", former)[0] == 0
    new_ring = KeyRing.load(keys)
    assert new_ring.key_ids == {added}
    app.extensions["talentsvc.keyring"] = new_ring
    assert numbers_of(app) == before
    open_everything(app)
    # The former keys open nothing any more, and no process with them gets a connection.
    app.extensions["talentsvc.keyring"] = former_ring
    with pytest.raises(CannotDecrypt):
        numbers_of(app)


def all_key_ids(app: Flask) -> set[str]:
    """The keys under which anything rests: columns, files and the proof."""
    with app.app_context():
        found = {
            keyring().key_id_of(value)
            for sealed in sealed_columns()
            for value in db.session.execute(_filled(sealed)).scalars()
        }
        stored = db.session.execute(select(StoredFile)).scalars().all()
        found |= {row.key_id for row in stored}
        found |= {keyring().key_id_of(storage().get(row.storage_key)) for row in stored}
        return found | {
            keyring().key_id_of(p) for p in db.session.execute(select(KeyProof.proof)).scalars()
        }


def _filled(sealed: SealedColumn) -> Select[bytes]:
    return select(sealed.column).where(sealed.column.is_not(None))


def open_everything(app: Flask) -> None:
    """Every value and every file opens in its place."""
    with app.app_context():
        for sealed in sealed_columns():
            statement = select(sealed.table.c.id, sealed.column)
            for row_id, value in db.session.execute(statement):
                if value is not None:
                    keyring().open(value, sealed.context(row_id))
        for stored in db.session.execute(select(StoredFile)).scalars():
            open_sealed(stored.id, stored.storage_key)


def test_every_sealed_column_is_found(ground: Ground) -> None:
    """By the name that every such column has; a column sealed by hand would be missed."""
    found = {f"{sealed.table.name}.{sealed.name}" for sealed in sealed_columns()}
    with ground.servers.cluster.connect(ground.database, OWNER) as owner:
        named = owner.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name LIKE '%%\\_sealed'"
        ).fetchall()
    assert found == {name for (name,) in named}


def test_sealing_again_goes_on_where_it_was_stopped(
    house: tuple[Flask, dict[str, str], Path],
) -> None:
    app, _environment, _keys = house
    former = KeyRing.from_json(app.extensions["talentsvc.keyring"].to_json())
    before = numbers_of(app)
    ring = app.extensions["talentsvc.keyring"]
    ring.rotate()
    with sabotage(app, 300), pytest.raises(Fault), app.app_context():
        list(reseal_columns())
    assert len(all_key_ids(app)) == 2, "stopped in the middle, both keys are needed"
    assert numbers_of(app) == before
    with app.app_context():
        assert list(reseal_columns()) == []
    assert numbers_of(app) == before
    app.extensions["talentsvc.keyring"] = former
    with pytest.raises(CannotDecrypt):
        numbers_of(app)


def test_sealing_again_raises_no_version_and_names_what_does_not_open(
    house: tuple[Flask, dict[str, str], Path],
) -> None:
    app, environment, _keys = house
    before = versions_of(app)
    with app.app_context():
        spoilt = db.session.execute(select(Person).where(Person.phone_sealed.is_not(None)))
        person = spoilt.scalars().first()
        assert person is not None
        spoilt_id, value = person.id, person.phone_sealed
        person.phone_sealed = value[:-1] + bytes([value[-1] ^ 1]) if value else None
        db.session.commit()
    code, said = command(environment, "keys", "rotate")
    assert code == 1
    assert f"person.phone_sealed:{spoilt_id}" in said
    assert versions_of(app) == before


def versions_of(app: Flask) -> dict[tuple[str, UUID], int]:
    """The versions that pages are rendered for."""
    with app.app_context():
        return {
            (model.__tablename__, row_id): version
            for model in (Application, ApplicationDraft)
            for row_id, version in db.session.execute(select(model.id, model.version))
        }


# -- the wrong keys -------------------------------------------------------------------------------


@pytest.fixture
def foreign_keys(tmp_path: Path) -> str:
    """A good key file that belongs to no database here."""
    path = tmp_path / "foreign.json"
    KeyRing.generate().save(path)
    return str(path)


def test_with_foreign_keys_no_process_starts(
    house: tuple[Flask, dict[str, str], Path],
    foreign_keys: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Web server, worker and every command refuse, and nothing was sealed meanwhile."""
    app, environment, _keys = house
    with app.app_context():
        before = db.session.execute(select(KeyProof.proof)).scalar_one()
    changed = {**environment, "TALENTSVC_KEYRING_FILE": foreign_keys}
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    for module in ("wsgi", "worker.app"):
        monkeypatch.delitem(sys.modules, module, raising=False)
        with pytest.raises(WrongKey, match="does not belong to this database"):
            __import__(module)
    for arguments in (("doctor",), ("audit", "verify"), ("demo", "load"), ("keys", "rotate")):
        code, said = command(changed, *arguments)
        assert (code, "does not belong to this database" in said) == (1, True), said
    with app.app_context():
        db.session.rollback()
        assert db.session.execute(select(KeyProof.proof)).scalar_one() == before


def test_a_process_that_came_up_before_its_database_is_asked_with_its_first_connection(
    ground: Ground, environment: dict[str, str], tmp_path: Path, foreign_keys: str
) -> None:
    var = tmp_path / "var"
    away = "postgresql+psycopg://talentsvc_app@/nowhere?host=/nonexistent"
    unreachable = application_on(
        ground.servers, environment, "nowhere", var, TALENTSVC_DATABASE_URL=away
    )
    confirm_at_start(unreachable)
    late = application_on(
        ground.servers, environment, ground.database, var, TALENTSVC_KEYRING_FILE=foreign_keys
    )
    with late.app_context():
        with pytest.raises(WrongKey):
            db.session.execute(select(KeyProof))
        db.session.rollback()
    assert late.test_client().get("/readyz").status_code == 503


def test_the_first_start_writes_the_proof_and_the_second_finds_it(
    ground: Ground, environment: dict[str, str], tmp_path: Path, foreign_keys: str
) -> None:
    database = f"{ground.database}_first"
    clone(ground.servers, GROUND, database)
    with ground.servers.cluster.connect(database, OWNER) as owner:
        owner.execute("DELETE FROM key_proof")
        first = application_on(ground.servers, environment, database, tmp_path / "var")
        confirm_at_start(first)
        proofs = owner.execute("SELECT proof FROM key_proof").fetchall()
        confirm_at_start(application_on(ground.servers, environment, database, tmp_path / "var"))
        assert owner.execute("SELECT proof FROM key_proof").fetchall() == proofs
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute("INSERT INTO key_proof SELECT 2, proof, made_at FROM key_proof")
    foreign = application_on(
        ground.servers,
        environment,
        database,
        tmp_path / "var",
        TALENTSVC_KEYRING_FILE=foreign_keys,
    )
    with pytest.raises(WrongKey):
        confirm_at_start(foreign)


def test_a_damaged_key_file_stops_the_start(
    ground: Ground, environment: dict[str, str], tmp_path: Path
) -> None:
    keys = tmp_path / "keyring.json"
    content = json.loads(Path(environment["TALENTSVC_KEYRING_FILE"]).read_text())
    for key_id, text in content["keys"].items():
        damaged = bytearray(base64.b64decode(text))
        damaged[0] ^= 1
        content["keys"][key_id] = base64.b64encode(damaged).decode()
    keys.write_text(json.dumps(content))
    with pytest.raises(WrongKey):
        application_on(
            ground.servers,
            environment,
            ground.database,
            tmp_path / "var",
            TALENTSVC_KEYRING_FILE=str(keys),
        )
