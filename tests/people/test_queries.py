"""Finding persons by name, pinyin, initials and whole numbers, in pages and with few statements."""

import pytest
from sqlalchemy import text

from talentsvc.core.identity_numbers import DocumentKind
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people import queries
from talentsvc.people.actions.declare_kin import declare_kin
from talentsvc.people.terms import KinRelation
from tests.people.world import BORN, actor_of, add_account, add_person, resident, statements


@pytest.fixture
def found(app_context):
    """Ask and get the names, in the list's order."""
    with unit_of_work():
        for order, (name, latin) in enumerate(
            [
                ("欧阳雪", None),
                ("欧阳雪松", None),
                ("单小红", None),
                ("赵磊", "ZHAO Lei"),
                ("Amara Okafor", None),
            ],
            start=1,
        ):
            add_person(
                add_account(name),
                name_latin=latin,
                document_number=resident(order),
                phone=f"1380000000{order}",
            )

    def ask(query: str) -> list[str]:
        return [person.name for person, _kind, _number in queries.persons_page(query, None).items]

    return ask


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("欧阳雪", ["欧阳雪", "欧阳雪松"]),
        ("阳雪", ["欧阳雪", "欧阳雪松"]),
        ("ouyangxue", ["欧阳雪", "欧阳雪松"]),
        ("ouyang xues", ["欧阳雪松"]),
        ("oyx", ["欧阳雪", "欧阳雪松"]),
        ("oyxs", ["欧阳雪松"]),
        ("shanxiaohong", ["单小红"]),
        ("zhao lei", ["赵磊"]),
        ("okafor", ["Amara Okafor"]),
        ("OKAF", ["Amara Okafor"]),
        (resident(3), ["单小红"]),
        (f" {resident(3).lower()} ", ["单小红"]),
        ("138 0000 0004", ["赵磊"]),
        ("+8613800000004", ["赵磊"]),
        (resident(3)[:-1], []),
        ("王", []),
        ("' | !!", []),
        ("", ["Amara Okafor", "欧阳雪", "欧阳雪松", "单小红", "赵磊"]),
    ],
)
def test_a_question_finds_whom_it_means(found, query, expected):
    assert found(query) == expected


def test_ids_are_given_for_other_lists_and_a_blank_question_means_nobody(found):
    assert len(queries.search_person_ids("欧阳")) == 2
    assert queries.search_person_ids("欧阳", limit=1) == queries.search_person_ids("欧阳")[:1]
    assert queries.search_person_ids("  ") == []


def test_pages_follow_each_other_without_gap_or_repeat(found):
    seen, cursor = [], None
    while True:
        page = queries.persons_page("", cursor, size=2)
        seen += [person.name for person, _kind, _number in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == found("")


def test_a_page_costs_one_statement(app, found):
    with statements(app) as seen:
        queries.persons_page("欧阳", None)
    assert len(seen) == 1, seen


def test_the_name_index_serves_the_search(found):
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    statement = queries.persons_matching("欧阳").compile(
        dialect=db.engine.dialect, compile_kwargs={"literal_binds": True}
    )
    plan = "\n".join(
        row[0] for row in db.session.execute(text(f"EXPLAIN {statement}".replace(":", r"\:")))
    )
    assert "ix_person_name_tokens" in plan


def test_masked_numbers_of_a_list_cost_one_statement(app, app_context):
    with unit_of_work():
        ids = [add_person(add_account(), document_number=resident(order)).id for order in (1, 2)]
    with statements(app) as seen:
        masked = queries.masked_documents(ids)
    assert len(seen) == 1
    assert all("*" in number for number in masked.values())
    assert len(masked) == 2


def test_kin_is_seen_from_both_sides_with_its_direction(app_context):
    with unit_of_work():
        account = add_account("父亲")
        father, child = add_person(account), add_person(add_account("孩子"))
    with unit_of_work():
        for _again in range(2):
            declare_kin(
                person_id=father.id,
                kin_id=child.id,
                relation=KinRelation.CHILD,
                actor=actor_of(account),
                at=father.created_at,
            )
    assert [
        (kin.name, kin.relation, kin.is_declared_by_other) for kin in queries.kin_of(father.id)
    ] == [("孩子", "child", False)]
    assert [(kin.name, kin.is_declared_by_other) for kin in queries.kin_of(child.id)] == [
        ("父亲", True)
    ]


def test_nobody_is_found_under_a_kind_the_number_was_not_recorded_for(app_context):
    with unit_of_work():
        add_person(
            add_account(),
            document_kind=DocumentKind.PASSPORT,
            document_number="E12345678",
            birth_on=BORN,
        )
    assert queries.person_by_document(DocumentKind.HK_MACAO_TRAVEL_PERMIT, "E12345678") is None
