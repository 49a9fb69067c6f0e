import uuid

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from talentsvc.core.errors import NotFoundHere
from talentsvc.core.ids import uuid7
from talentsvc.core.locking import advisory_key, lock_in_order


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    left: Mapped[int]


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine, autoflush=False) as session:
        yield session
    engine.dispose()


def _shelves(session, count):
    shelves = [Shelf(id=uuid7(), left=1) for _ in range(count)]
    session.add_all(reversed(shelves))
    session.commit()
    return shelves


def test_rows_come_in_the_order_of_their_ids_each_once(session):
    first, second, third = (shelf.id for shelf in _shelves(session, 3))
    locked = lock_in_order(session, Shelf, [third, first, second, first])
    assert [shelf.id for shelf in locked] == [first, second, third]


def test_a_missing_row_is_not_passed_over(session):
    (shelf,) = _shelves(session, 1)
    with pytest.raises(NotFoundHere):
        lock_in_order(session, Shelf, [shelf.id, uuid7()])


def test_no_ids_need_no_query(session):
    statements = _statements_of(session)
    assert lock_in_order(session, Shelf, []) == []
    assert statements == []


def test_the_statement_locks_in_order_on_postgresql(session):
    one, two, three = _shelves(session, 3)
    seen = []
    event.listen(session, "do_orm_execute", lambda state: seen.append(state.statement))
    lock_in_order(session, Shelf, [one.id, two.id])
    written = str(seen[-1].compile(dialect=postgresql.dialect()))
    assert written.endswith("FOR UPDATE OF shelf")
    assert "ORDER BY shelf.id" in written
    lock_in_order(session, Shelf, [three.id])
    assert str(seen[-1].compile(dialect=postgresql.dialect())).endswith("FOR UPDATE OF shelf")


def test_a_row_is_locked_once_in_a_transaction(session):
    (shelf,) = _shelves(session, 1)
    lock_in_order(session, Shelf, [shelf.id])
    seen = []
    event.listen(session, "do_orm_execute", lambda state: seen.append(state.statement))
    shelf.left = 5
    assert lock_in_order(session, Shelf, [shelf.id]) == [shelf]
    assert not seen
    assert shelf.left == 5, "what is not written yet is not lost either"


def test_what_was_loaded_before_the_wait_is_read_again(session):
    (shelf,) = _shelves(session, 1)
    assert shelf.left == 1
    session.connection().exec_driver_sql("UPDATE shelf SET left = 0")
    assert lock_in_order(session, Shelf, [shelf.id])[0].left == 0


def test_a_pending_change_is_not_lost_by_reading_again(session):
    (shelf,) = _shelves(session, 1)
    shelf.left = 7
    assert lock_in_order(session, Shelf, [shelf.id])[0].left == 7
    session.commit()
    assert shelf.left == 7


def test_an_advisory_key_is_stable_and_fits_64_bits():
    key = advisory_key("sweep", 2026)
    assert key == advisory_key("sweep", 2026)
    assert -(2**63) <= key < 2**63
    assert key != advisory_key("sweep", "2026")
    assert key != advisory_key("swee", "p2026")


def test_advisory_keys_use_their_whole_range():
    keys = [advisory_key("part", number) for number in range(200)]
    assert len(set(keys)) == 200
    assert min(keys) < 0 < max(keys)


def _statements_of(session):
    statements = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda *about: statements.append(about[2])
    )
    return statements
