"""Employers as other rooms ask for them."""

import pytest
from sqlalchemy import text

from talentsvc.employers import queries
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.world import add_employer, add_verified_employer, code
from tests.people.world import statements


@pytest.fixture
def known(app_context):
    with unit_of_work():
        for serial, name in enumerate(
            [
                "石家庄高新示例生物医药有限公司",
                "河北远山电子有限公司",
                "河北远山电子科技集团股份有限公司",
                "Hebei Faraway Materials Ltd.",
            ],
            start=1,
        ):
            add_verified_employer(name=name, credit_code=code(serial))
        add_employer(name="河北远山未核验有限公司", credit_code=code(9))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("远山", ["河北远山电子有限公司", "河北远山电子科技集团股份有限公司"]),
        ("yuanshan", ["河北远山电子有限公司", "河北远山电子科技集团股份有限公司"]),
        ("ysdzkj", ["河北远山电子科技集团股份有限公司"]),
        ("生物", ["石家庄高新示例生物医药有限公司"]),
        ("faraway", ["Hebei Faraway Materials Ltd."]),
        (code(1), ["石家庄高新示例生物医药有限公司"]),
        (code(1).lower()[:17], ["石家庄高新示例生物医药有限公司"]),
        ("未核验", []),
        ("   ", []),
        ("' & ! :*", []),
    ],
)
def test_a_choice_offers_verified_employers_only_the_shortest_name_first(known, query, expected):
    assert [employer.name for employer in queries.employers_for_choice(query)] == expected


def test_a_choice_is_limited_and_costs_one_statement(app, known):
    with statements(app) as seen:
        assert len(queries.employers_for_choice("河北", limit=1)) == 1
    assert len(seen) == 1


def test_the_name_index_serves_the_choice(known):
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    db.session.execute(text("SET LOCAL enable_indexscan = off"))
    condition = queries.search_condition("远山")
    statement = (
        db.select(queries.Employer.id)
        .where(condition)
        .compile(dialect=db.engine.dialect, compile_kwargs={"literal_binds": True})
    )
    plan = "\n".join(
        row[0] for row in db.session.execute(text(f"EXPLAIN {statement}".replace(":", r"\:")))
    )
    assert "ix_employer_name_tokens" in plan


def test_a_code_is_found_as_typed(known):
    assert queries.employer_by_code(f" {code(2).lower()} ").name == "河北远山电子有限公司"
    assert queries.employer_by_code(code(777)) is None


@pytest.mark.parametrize("serial", [1, 5_000_000, 1234567])
def test_every_code_is_one_term_for_the_search_engine(known, serial):
    """A code may look like a number with an exponent, which a text search would cut in two."""
    odd = [code(serial), "9113990AE1234567".lower(), "91139901E12345670X"]
    for value in odd:
        found = db.session.execute(
            text("SELECT to_tsvector('simple', :code) @@ to_tsquery('simple', :code || ':*')"),
            {"code": value.lower()},
        ).scalar_one()
        assert found, value
