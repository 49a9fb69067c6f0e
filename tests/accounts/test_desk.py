"""Roles: given and ended by the security administrator alone, three administrators apart, all of it recorded."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import ADMINISTRATORS, Role
from talentsvc.accounts.actions.end_role_grant import end_role_grant
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.accounts.queries import account_of, roles_of
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.models import AuditEntry
from talentsvc.core.clock import now
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotAllowedNow
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.accounts.visitor import (
    EMAIL,
    Visitor,
    account_by_id,
    add_account,
    counted_statements,
    prove_second_factor,
    recorded,
    sent,
)

ADMIN = "security@example.cn"


@pytest.fixture
def admin(app) -> Visitor:
    """The security administrator at the desk."""
    add_account(app, Role.SECURITY_ADMIN, email=ADMIN, display_name="安可")
    visitor = Visitor(app)
    visitor.sign_in(ADMIN)
    prove_second_factor(app)
    return visitor


def roles(app, account_id) -> set[Role]:
    with app.app_context():
        return set(roles_of(account_id, now()))


def grant_id(owner_connection, account_id):
    statement = "SELECT id FROM role_grant WHERE account_id = %s ORDER BY created_at DESC, id DESC"
    return owner_connection.execute(statement, [account_id]).fetchone()[0]


def give(app, account_id, role: Role, actor: Actor = SYSTEM, **period) -> None:
    with app.app_context(), unit_of_work():
        grant_role(account_of(account_id), role, actor=actor, at=now(), **period)


def test_a_role_is_given_and_works_from_the_next_sign_in(app, admin, owner_connection):
    account_id = add_account(app)
    clerk = Visitor(app)
    clerk.sign_in()
    assert clerk.get("/desk/accounts").status_code == 403
    response = admin.post(f"/desk/accounts/{account_id}", role="clerk", starts_on="", ends_on="")
    assert response.status_code == 303
    assert roles(app, account_id) == {Role.CLERK}
    assert not clerk.is_signed_in(), "a change of roles ends the account's sign-ins"
    whys = owner_connection.execute(
        "SELECT ended_by FROM sign_in WHERE account_id = %s", [account_id]
    ).fetchall()
    assert whys == [(SignInEnd.ROLES_CHANGED.value,)]
    assert recorded(app, account_id)[-2:] == ["grant_role", "end_sign_ins"]
    assert {channel for _, channel, *_ in sent(app, "role_changed")} == {"email", "inbox"}


def test_the_record_says_who_gave_what_in_which_capacity(app, admin):
    account_id = add_account(app)
    admin.post(f"/desk/accounts/{account_id}", role="clerk")
    with app.app_context():
        entry = (
            db.session.execute(
                select(AuditEntry)
                .where(AuditEntry.action == "grant_role")
                .order_by(AuditEntry.at.desc())
            )
            .scalars()
            .first()
        )
        assert entry.acting_as == "security_admin"
        assert entry.change["after"]["role"] == "clerk"
        giver = db.session.get(Account, entry.actor_account_id)
        assert giver.email == ADMIN


def test_a_role_ends_at_once_and_stays_in_the_list(app, admin, owner_connection):
    account_id = add_account(app, Role.CLERK)
    path = f"/desk/accounts/grants/{grant_id(owner_connection, account_id)}/end"
    assert admin.post(path).status_code == 303
    assert roles(app, account_id) == set()
    assert admin.post(path).status_code == 409
    assert "end_role_grant" in recorded(app, account_id)
    assert (
        len(
            owner_connection.execute(
                "SELECT 1 FROM role_grant WHERE account_id = %s", [account_id]
            ).fetchall()
        )
        == 1
    )


def test_a_role_for_later_begins_by_itself_and_can_be_taken_back(app, admin, owner_connection):
    account_id = add_account(app)
    tomorrow, next_week = now() + timedelta(days=1), now() + timedelta(days=7)
    give(app, account_id, Role.CLERK, starts_at=tomorrow, until=next_week)
    assert roles(app, account_id) == set()
    with app.app_context():
        assert roles_of(account_id, tomorrow) == {Role.CLERK}
        assert roles_of(account_id, next_week) == frozenset()
    admin.post(f"/desk/accounts/grants/{grant_id(owner_connection, account_id)}/end")
    with app.app_context():
        assert roles_of(account_id, tomorrow) == frozenset()
    assert "end_role_grant" in recorded(app, account_id)


def test_the_days_of_the_form_are_whole_days_in_beijing(app, admin, owner_connection):
    account_id = add_account(app)
    admin.post(
        f"/desk/accounts/{account_id}", role="clerk", starts_on="2030-03-01", ends_on="2030-03-31"
    )
    row = owner_connection.execute(
        "SELECT starts_at AT TIME ZONE 'Asia/Shanghai', ends_at AT TIME ZONE 'Asia/Shanghai' FROM role_grant"
        " WHERE account_id = %s",
        [account_id],
    ).fetchone()
    assert [str(moment) for moment in row] == ["2030-03-01 00:00:00", "2030-04-01 00:00:00"]


@pytest.mark.parametrize(
    "fields",
    [
        {"role": ""},
        {"role": "emperor"},
        {"role": "clerk", "starts_on": "2030-02-30"},
        {"role": "clerk", "starts_on": "2030-03-02", "ends_on": "2030-03-01"},
        {"role": "clerk", "ends_on": "2020-01-01"},
    ],
)
def test_wrong_input_comes_back_with_a_sentence(app, admin, fields):
    account_id = add_account(app)
    response = admin.post(f"/desk/accounts/{account_id}", **fields)
    assert response.status_code == 422
    assert "error-summary" in response.get_data(as_text=True)
    assert roles(app, account_id) == set()


@pytest.mark.parametrize("held", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("wanted", sorted(Role))
def test_the_three_administrators_are_three_persons_without_a_business_role(app, held, wanted):
    account_id = add_account(app, held)
    with pytest.raises(InvalidInput) as refused:
        give(app, account_id, wanted)
    assert refused.value.code == ("held" if wanted is held else "excluded")
    assert roles(app, account_id) == {held}


@pytest.mark.parametrize("wanted", sorted(ADMINISTRATORS))
def test_no_business_role_grows_into_an_administrator(app, wanted):
    account_id = add_account(app, Role.CLERK)
    with pytest.raises(InvalidInput):
        give(app, account_id, wanted)
    assert roles(app, account_id) == {Role.CLERK}


def test_business_roles_may_be_held_together(app):
    account_id = add_account(app, Role.CLERK)
    give(app, account_id, Role.REVIEWER)
    assert roles(app, account_id) == {Role.CLERK, Role.REVIEWER}


def test_roles_exclude_each_other_only_in_the_same_period(app):
    account_id = add_account(app)
    may, june = now() + timedelta(days=10), now() + timedelta(days=20)
    give(app, account_id, Role.CLERK, until=may)
    give(app, account_id, Role.AUDIT_ADMIN, starts_at=may, until=june)
    give(app, account_id, Role.CLERK, starts_at=june)
    for period in ({}, {"until": june}, {"starts_at": may + timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            give(app, account_id, Role.SYSTEM_ADMIN, **period)


def test_the_page_names_the_role_that_stands_in_the_way(app, admin):
    account_id = add_account(app, Role.CLERK)
    response = admin.post(f"/desk/accounts/{account_id}", role="audit_admin")
    assert response.status_code == 422
    assert "field-error" in response.get_data(as_text=True)
    assert roles(app, account_id) == {Role.CLERK}


def test_two_administrators_cannot_give_excluding_roles_at_once(app):
    account_id = add_account(app)
    barrier, outcomes = threading.Barrier(2), []

    def go(role):
        barrier.wait()
        try:
            give(app, account_id, role)
            outcomes.append("given")
        except InvalidInput as refusal:
            outcomes.append(refusal.code)

    threads = [
        threading.Thread(target=go, args=(role,)) for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["excluded", "given"]


def test_nobody_changes_his_own_roles(app, admin, owner_connection):
    own_id = owner_connection.execute("SELECT account_id FROM role_grant").fetchone()[0]
    assert admin.post(f"/desk/accounts/{own_id}", role="clerk").status_code == 403
    assert (
        admin.post(f"/desk/accounts/grants/{grant_id(owner_connection, own_id)}/end").status_code
        == 403
    )
    assert roles(app, own_id) == {Role.SECURITY_ADMIN}
    actor = Actor(account_id=own_id)
    with app.app_context():
        with pytest.raises(FourEyesViolated):
            grant_role(account_of(own_id), Role.CLERK, actor=actor, at=now())
        grant = db.session.execute(select(RoleGrant)).scalar_one()
        with pytest.raises(FourEyesViolated):
            end_role_grant(grant, actor=actor, at=now())


def test_an_unverified_account_gets_no_role(app):
    account_id = add_account(app, is_verified=False)
    with pytest.raises(NotAllowedNow):
        give(app, account_id, Role.CLERK)
    assert roles(app, account_id) == set()


def test_only_the_security_administrator_comes_here(app, owner_connection):
    victim_id = add_account(app, email="victim@example.cn")
    grant = uuid4()
    for role in [None, *sorted(set(Role) - {Role.SECURITY_ADMIN})]:
        name = f"{role or 'applicant'}@example.cn"
        add_account(app, *([role] if role else []), email=name)
        visitor = Visitor(app)
        visitor.sign_in(name)
        prove_second_factor(app)
        for path in ("/desk/accounts", f"/desk/accounts/{victim_id}"):
            assert visitor.get(path).status_code == 403, role
        for path in (
            f"/desk/accounts/{victim_id}",
            f"/desk/accounts/grants/{grant}/end",
            f"/desk/accounts/{victim_id}/second-factor/reset",
            f"/desk/accounts/{victim_id}/sign-ins/end",
        ):
            assert visitor.post(path, role="clerk").status_code == 403, (role, path)
    assert roles(app, victim_id) == set()
    assert Visitor(app).get("/desk/accounts").location.startswith("/sign-in")


def test_accounts_are_found_by_the_whole_address_and_shown_masked(app, admin):
    add_account(app)
    add_account(app, Role.CLERK, email="clerk@example.cn", display_name="孟晓岚")
    staff = admin.get("/desk/accounts").get_data(as_text=True)
    assert "孟晓岚" in staff
    assert "沈若禾" not in staff
    found = admin.get(f"/desk/accounts?q={EMAIL}").get_data(as_text=True)
    assert "沈若禾" in found
    assert "s***@example.cn" in found
    assert "沈若禾" not in admin.get("/desk/accounts?q=shen").get_data(as_text=True)
    assert "沈若禾" not in admin.get("/desk/accounts?q=she@example.cn").get_data(as_text=True)
    assert admin.get(f"/desk/accounts/{uuid4()}").status_code == 404


def test_the_list_takes_a_few_queries_however_long_it_is(app, admin):
    counts = []
    for number in range(2):
        for index in range(5):
            add_account(app, Role.CLERK, email=f"c{number}{index}@example.cn")
        with counted_statements(app) as statements:
            admin.get("/desk/accounts")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_lost_device_is_reset_by_the_administrator_with_a_record(app, admin, owner_connection):
    account_id = add_account(app, Role.CLERK, email="clerk@example.cn")
    owner_connection.execute(
        "UPDATE account SET totp_sealed = 'x', totp_confirmed_at = now() WHERE id = %s",
        [account_id],
    )
    assert admin.post(f"/desk/accounts/{account_id}/second-factor/reset").status_code == 303
    account = account_by_id(app, account_id)
    assert (account.totp_sealed, account.totp_confirmed_at, account.totp_last_counter) == (
        None,
        None,
        None,
    )
    assert "reset_second_factor" in recorded(app, account_id)
    assert {channel for _, channel, *_ in sent(app, "second_factor_removed")} == {"email", "inbox"}
    assert admin.post(f"/desk/accounts/{account_id}/second-factor/reset").status_code == 409
    clerk = Visitor(app)
    clerk.sign_in("clerk@example.cn")
    assert clerk.get("/desk/").location == "/account/second-factor"


def test_the_administrator_does_not_reset_his_own(app, admin, owner_connection):
    own_id = owner_connection.execute("SELECT account_id FROM role_grant").fetchone()[0]
    owner_connection.execute("UPDATE account SET totp_sealed = 'x', totp_confirmed_at = now()")
    assert admin.post(f"/desk/accounts/{own_id}/second-factor/reset").status_code == 403
    assert account_by_id(app, own_id).totp_sealed is not None


def test_an_account_is_signed_out_by_the_administrator(app, admin):
    account_id = add_account(app)
    visitor = Visitor(app)
    visitor.sign_in()
    admin.post(f"/desk/accounts/{account_id}/sign-ins/end")
    assert not visitor.is_signed_in()
