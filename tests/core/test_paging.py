import uuid
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String, create_engine, event, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from talentsvc.core.errors import InvalidInput
from talentsvc.core.paging import Cursor, Key, keyset


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "book"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    printed_on: Mapped[date]
    pages: Mapped[int]


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]


BY_TITLE = [Key(Book.title), Key(Book.id)]
BY_DATE_DOWN = [Key(Book.printed_on, True), Key(Book.id, True)]
MIXED = [Key(Book.pages, True), Key(Book.title), Key(Book.id, True)]
ORDERS = [BY_TITLE, BY_DATE_DOWN, MIXED]

rows = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "a", "b"]), st.sampled_from([1, 2, 3]), st.integers(0, 2)
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def engine():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session


def _fill(session, values):
    session.query(Book).delete()
    books = [
        Book(id=uuid.UUID(int=n), title=title, printed_on=date(2026, 1, day), pages=pages)
        for n, (title, day, pages) in enumerate(values)
    ]
    session.add_all(books)
    session.flush()
    return books


def _in_order(books, keys):
    for key in reversed(keys):
        books = sorted(
            books, key=lambda book: getattr(book, key.column.key), reverse=key.descending
        )
    return books


def _pages(session, keys, size, direction="next_cursor", cursor=None):
    pages = []
    while True:
        page = keyset(session, select(Book), keys, cursor, size)
        pages.append(page)
        cursor = getattr(page, direction)
        if cursor is None:
            return pages


@pytest.mark.parametrize("keys", ORDERS)
@given(values=rows, size=st.integers(1, 5))
def test_forwards_and_backwards_every_row_comes_once_and_in_order(engine, keys, values, size):
    with Session(engine) as session:
        expected = _in_order(_fill(session, values), keys)
        forwards = _pages(session, keys, size)
        assert [book for page in forwards for book in page.items] == expected
        assert all(len(page.items) == size for page in forwards[:-1])
        last = forwards[-1]
        if len(forwards) > 1:
            backwards = _pages(session, keys, size, "previous_cursor", last.previous_cursor)
            assert backwards[-1].previous_cursor is None
            before = [book for page in reversed(backwards) for book in page.items]
            assert before + list(last.items) == expected
        session.rollback()


@pytest.mark.parametrize("keys", ORDERS)
def test_turning_back_shows_the_same_page(session, keys):
    _fill(session, [("a", 1 + n % 3, n % 2) for n in range(9)])
    first = keyset(session, select(Book), keys, None, 3)
    second = keyset(session, select(Book), keys, first.next_cursor, 3)
    again = keyset(session, select(Book), keys, second.previous_cursor, 3)
    assert again.items == first.items
    assert again.next_cursor == first.next_cursor
    assert again.previous_cursor is None is first.previous_cursor


def test_rows_that_appear_meanwhile_neither_repeat_nor_skip_any(session):
    _fill(session, [("b", 1, 1), ("d", 1, 1), ("f", 1, 1)])
    first = keyset(session, select(Book), BY_TITLE, None, 2)
    session.add(Book(id=uuid.UUID(int=99), title="a", printed_on=date(2026, 1, 1), pages=1))
    session.flush()
    second = keyset(session, select(Book), BY_TITLE, first.next_cursor, 2)
    assert [book.title for book in second.items] == ["f"]


def test_items_are_what_was_selected(session):
    _fill(session, [("a", 1, 5), ("b", 1, 6)])
    titles = keyset(session, select(Book.title), [Key(Book.id)], None, 5)
    assert titles.items == ("a", "b")
    pairs = keyset(session, select(Book, Book.pages), [Key(Book.title), Key(Book.id)], None, 1)
    ((book, pages),) = pairs.items
    assert (book.title, pages, pairs.items[0].pages) == ("a", 5, 5)
    assert pairs.next_cursor is not None


def test_an_expression_may_be_a_key(session):
    _fill(session, [("B", 1, 1), ("a", 1, 1), ("C", 1, 1)])
    keys = [Key(func.lower(Book.title, type_=String)), Key(Book.id)]
    found = [book.title for page in _pages(session, keys, 1) for book in page.items]
    assert found == ["a", "B", "C"]


def test_an_expression_without_a_type_is_a_mistake_of_the_program(session):
    _fill(session, [("a", 1, 1), ("b", 1, 1)])
    with pytest.raises(TypeError, match="type"):
        keyset(session, select(Book), [Key(func.lower(Book.title))], None, 1)


def test_a_page_is_one_query_however_far_it_lies(session, engine):
    _fill(session, [("a", 1, n) for n in range(20)])
    statements = []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    keyset(session, select(Book), BY_TITLE, None, 5)
    event.remove(engine, "before_cursor_execute", note)
    assert len(statements) == 1


def _statement_for(keys, cursor):
    class Recorder:
        def execute(self, statement):
            self.statement = statement
            raise InterruptedError

    recorder = Recorder()
    with pytest.raises(InterruptedError):
        keyset(recorder, select(Book).order_by(Book.pages), keys, cursor, 5)
    return " ".join(str(recorder.statement.compile(dialect=postgresql.dialect())).split())


def test_one_direction_compares_rows_as_a_whole():
    cursor = Cursor((date(2026, 1, 1), uuid.UUID(int=1))).encode()
    statement = _statement_for(BY_DATE_DOWN, cursor)
    assert "WHERE (book.printed_on, book.id) < (" in statement
    assert "ORDER BY book.printed_on DESC, book.id DESC LIMIT" in statement
    assert "book.pages ASC" not in statement
    assert " OR " not in statement


def test_backwards_turns_comparison_and_order_around():
    cursor = Cursor((date(2026, 1, 1), uuid.UUID(int=1)), is_backward=True).encode()
    statement = _statement_for(BY_DATE_DOWN, cursor)
    assert "WHERE (book.printed_on, book.id) > (" in statement
    assert "ORDER BY book.printed_on ASC, book.id ASC LIMIT" in statement


def test_mixed_directions_compare_step_by_step():
    cursor = Cursor((3, "a", uuid.UUID(int=1))).encode()
    statement = _statement_for(MIXED, cursor)
    assert "book.pages < %(" in statement
    assert "book.title > %(" in statement
    assert "book.id < %(" in statement


values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
)


class TestCursor:
    @given(st.lists(values, min_size=1, max_size=3), st.booleans())
    def test_it_comes_back_as_it_went(self, edge, is_backward):
        cursor = Cursor(tuple(edge), is_backward)
        token = cursor.encode()
        if len(token) <= 4000:
            assert Cursor.decode(token) == cursor
        assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    @pytest.mark.parametrize("value", [None, 1.5, True, b"x", ["a"]])
    def test_an_odd_key_is_a_mistake_of_the_program(self, value):
        with pytest.raises(TypeError):
            Cursor((value,)).encode()

    @given(st.text(max_size=40) | st.text("abcdefgWyJhbHNl0123-_=", max_size=40))
    def test_no_token_does_anything_else_than_be_refused_or_read(self, token):
        try:
            cursor = Cursor.decode(token)
        except InvalidInput:
            return
        assert cursor.encode() == token

    @pytest.mark.parametrize(
        "content",
        [
            "null",
            "[]",
            "{}",
            '[false,["s"]]',
            '[false,["x","a"]]',
            '[false,["i",1]]',
            '[false,["i","1.5"]]',
            '[false,["i"," 1"]]',
            '[false,["d","2026-13-01"]]',
            '[false,["u","x"]]',
            '[false,["s","\\ud800"]]',
            '[1,["s","a"]]',
            '[false, ["s","a"]]',
            "[" * 700,
        ],
    )
    def test_a_forged_token_is_refused(self, content):
        token = urlsafe_b64encode(content.encode()).decode().rstrip("=")
        with pytest.raises(InvalidInput):
            Cursor.decode(token)

    def test_an_endless_token_is_refused_unread(self):
        with pytest.raises(InvalidInput, match="cursor"):
            Cursor.decode("A" * 1_000_000)


@pytest.mark.parametrize(
    ("keys", "edge"),
    [
        (BY_TITLE, ("a",)),
        (BY_TITLE, ("a", "b")),
        (BY_TITLE, (5, uuid.UUID(int=1))),
        (BY_TITLE, ("a\0b", uuid.UUID(int=1))),
        (BY_DATE_DOWN, (datetime(2026, 1, 1, tzinfo=UTC), uuid.UUID(int=1))),
        (MIXED, (2**31, "a", uuid.UUID(int=1))),
        ([Key(Note.made_at), Key(Note.id)], (datetime(2026, 1, 1), 1)),  # noqa: DTZ001
    ],
)
def test_a_cursor_that_does_not_fit_the_list_is_refused(session, keys, edge):
    with pytest.raises(InvalidInput) as refused:
        keyset(session, select(Book), keys, Cursor(edge).encode(), 5)
    assert refused.value.field == "cursor"


@pytest.mark.parametrize(("keys", "size"), [(BY_TITLE, 0), ([], 5)])
def test_a_page_has_a_size_and_an_order(session, keys, size):
    with pytest.raises(ValueError, match="page"):
        keyset(session, select(Book), keys, None, size)
