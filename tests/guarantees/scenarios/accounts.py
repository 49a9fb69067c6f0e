"""Everything that can be done with an account."""

from datetime import datetime, timedelta
from uuid import UUID

import pyotp

from talentsvc.access.roles import Role
from talentsvc.accounts.actions.ask_password_reset import ask_password_reset
from talentsvc.accounts.actions.ask_sign_in_code import ask_sign_in_code
from talentsvc.accounts.actions.begin_sign_in import begin_sign_in
from talentsvc.accounts.actions.change_password import change_password
from talentsvc.accounts.actions.check_credentials import check_credentials
from talentsvc.accounts.actions.confirm_second_factor import confirm_second_factor
from talentsvc.accounts.actions.create_account import create_account
from talentsvc.accounts.actions.end_role_grant import end_role_grant
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.actions.issue_code import issue_code, issue_link
from talentsvc.accounts.actions.read_notices import read_notices
from talentsvc.accounts.actions.register_account import register_account
from talentsvc.accounts.actions.remove_second_factor import remove_second_factor
from talentsvc.accounts.actions.reset_password import reset_password
from talentsvc.accounts.actions.reset_second_factor import reset_second_factor
from talentsvc.accounts.actions.send_code_again import send_code_again
from talentsvc.accounts.actions.send_verification import send_verification
from talentsvc.accounts.actions.set_preferences import set_preferences
from talentsvc.accounts.actions.start_second_factor import start_second_factor
from talentsvc.accounts.actions.tidy_accounts import tidy_accounts
from talentsvc.accounts.actions.verify_account import verify_account
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.accounts.terms import CodePurpose, CodeVerdict, MailedPages, SignInEnd
from talentsvc.core.clock import now
from talentsvc.demo.world import PASSWORD
from talentsvc.extensions.database import db
from tests.guarantees.ground import Ground, Someone
from tests.guarantees.scenarios.registry import scenario

PAGES = MailedPages("https://x.example/1", *(f"https://x.example/{n}" for n in range(2, 6)))
ADDRESS = "203.0.113.9"
FRESH = "一句只在测试里出现的长口令 2026"


def account_of(who: Someone) -> Account:
    """The row of somebody's account."""
    return db.session.get_one(Account, UUID(who.account_id))


def totp_code(secret: str, at: datetime) -> str:
    """What the authenticator app shows at a moment."""
    return str(pyotp.TOTP(secret).at(at))


def _register(text: str) -> UUID:
    asked = register_account(
        parse_identifier(text),
        password=FRESH,
        display_name="新访客",
        language="zh",
        pages=PAGES,
        client_address=ADDRESS,
        at=now(),
    )
    assert asked.code_id is not None
    return asked.code_id


@scenario
def register_by_mail(_ground: Ground) -> None:
    _register("new.visitor@example.cn")


@scenario
def register_by_phone_and_again(_ground: Ground) -> None:
    _register("13912340001")
    _register("13912340001")


@scenario
def register_a_known_address(ground: Ground) -> None:
    _register(account_of(ground.people.stranger).email)


@scenario
def verify(_ground: Ground) -> None:
    _register("new.visitor@example.cn")
    account = find_account(parse_identifier("new.visitor@example.cn"))
    issued = issue_code(account, CodePurpose.VERIFY_EMAIL, at=now())
    checked = verify_account(
        issued.code_id, CodePurpose.VERIFY_EMAIL, issued.secret, client_address=ADDRESS, at=now()
    )
    assert checked.verdict is CodeVerdict.RIGHT


@scenario
def type_a_wrong_code(ground: Ground) -> None:
    account = account_of(ground.people.stranger)
    issued = issue_code(account, CodePurpose.VERIFY_EMAIL, at=now())
    checked = verify_account(
        issued.code_id, CodePurpose.VERIFY_EMAIL, "abcdef", client_address=ADDRESS, at=now()
    )
    assert checked.verdict is CodeVerdict.WRONG


@scenario
def ask_for_another_code(_ground: Ground) -> None:
    code_id = _register("new.visitor@example.cn")
    send_code_again(
        code_id,
        CodePurpose.VERIFY_EMAIL,
        parse_identifier("new.visitor@example.cn"),
        language="zh",
        pages=PAGES,
        client_address=ADDRESS,
        at=now(),
    )


@scenario
def send_the_verification_at_sign_in(ground: Ground) -> None:
    account = account_of(ground.people.stranger)
    identifier = parse_identifier(account.email)
    send_verification(account, identifier, client_address=ADDRESS, at=now())


@scenario
def sign_in_with_a_password(ground: Ground) -> None:
    account = account_of(ground.people.stranger)
    account.is_demo = False
    identifier = parse_identifier(account.email)
    checked = check_credentials(identifier, PASSWORD, client_address=ADDRESS, at=now())
    assert checked.account is not None
    for device in ("Mozilla/5.0 (X11) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/605.1"):
        begin_sign_in(
            account,
            user_agent=device,
            client_address=ADDRESS,
            has_second_factor=False,
            pages=PAGES,
            at=now(),
        )


@scenario
def sign_in_with_a_wrong_password(ground: Ground) -> None:
    identifier = parse_identifier(account_of(ground.people.stranger).email)
    checked = check_credentials(identifier, "不是这个口令", client_address=ADDRESS, at=now())
    assert checked.account is None


@scenario
def ask_for_a_sign_in_code(_ground: Ground) -> None:
    number = parse_identifier("13912340002")
    create_account(
        phone="13912340002",
        password=FRESH,
        display_name="手机用户",
        language="zh",
        at=now(),
        is_verified=True,
    )
    for identifier in (number, parse_identifier("13912340003")):
        ask_sign_in_code(identifier, language="zh", pages=PAGES, client_address=ADDRESS, at=now())


@scenario
def ask_for_a_new_password(ground: Ground) -> None:
    for text in (account_of(ground.people.stranger).email, "nobody@example.cn"):
        ask_password_reset(
            parse_identifier(text), language="zh", pages=PAGES, client_address=ADDRESS, at=now()
        )


@scenario
def set_a_new_password(ground: Ground) -> None:
    issued = issue_link(account_of(ground.people.stranger), CodePurpose.RESET_PASSWORD, at=now())
    checked = reset_password(
        issued.code_id,
        issued.secret,
        FRESH,
        is_link=True,
        client_address=ADDRESS,
        pages=PAGES,
        at=now(),
    )
    assert checked.verdict is CodeVerdict.RIGHT


@scenario
def change_a_password(ground: Ground) -> None:
    account = account_of(ground.people.stranger)
    actor = ground.actor(ground.people.stranger)
    proof = change_password(
        account, PASSWORD, FRESH, client_address=ADDRESS, pages=PAGES, actor=actor, at=now()
    )
    assert proof.is_given


def _set_factor_up(ground: Ground) -> tuple[Account, datetime]:
    account, at = account_of(ground.people.stranger), now()
    actor = ground.actor(ground.people.stranger)
    start_second_factor(account, PASSWORD, client_address=ADDRESS, at=at)
    typed = totp_code(account.totp_secret, at)
    proof = confirm_second_factor(account, typed, client_address=ADDRESS, actor=actor, at=at)
    assert proof.is_given
    return account, at


@scenario
def set_a_second_factor_up_and_take_it_away(ground: Ground) -> None:
    account, at = _set_factor_up(ground)
    later = at + timedelta(minutes=1)
    proof = remove_second_factor(
        account,
        totp_code(account.totp_secret, later),
        client_address=ADDRESS,
        actor=ground.actor(ground.people.stranger),
        at=later,
    )
    assert proof.is_given


@scenario
def reset_a_second_factor(ground: Ground) -> None:
    account, at = _set_factor_up(ground)
    reset_second_factor(account, actor=ground.officer(Role.SECURITY_ADMIN), at=at)


@scenario
def end_sign_ins_everywhere(ground: Ground) -> None:
    who = ground.people.stranger
    account = account_of(who)
    begin_sign_in(
        account,
        user_agent="Mozilla/5.0 (X11) Firefox/140.0",
        client_address=ADDRESS,
        has_second_factor=False,
        pages=PAGES,
        at=now(),
    )
    why = SignInEnd.SIGNED_OUT_EVERYWHERE
    assert end_sign_ins(account.id, why, actor=ground.actor(who), at=now())


@scenario
def grant_and_end_a_role(ground: Ground) -> None:
    admin, at = ground.officer(Role.SECURITY_ADMIN), now()
    account = account_of(ground.people.stranger)
    grant = grant_role(account, Role.CLERK, actor=admin, at=at)
    end_role_grant(grant, actor=admin, at=at + timedelta(hours=1))


@scenario
def take_back_a_role_that_has_not_begun(ground: Ground) -> None:
    admin, at = ground.officer(Role.SECURITY_ADMIN), now()
    account = account_of(ground.people.stranger)
    grant: RoleGrant = grant_role(
        account, Role.CLERK, actor=admin, at=at, starts_at=at + timedelta(days=2)
    )
    end_role_grant(grant, actor=admin, at=at)


@scenario
def change_preferences(ground: Ground) -> None:
    set_preferences(
        account_of(ground.people.stranger),
        display_name="另一个称呼",
        language="en",
        actor=ground.actor(ground.people.stranger),
        at=now(),
    )


@scenario
def read_the_inbox(ground: Ground) -> None:
    assert read_notices(UUID(ground.people.agents[0].account_id), at=now())


@scenario
def tidy_up(_ground: Ground) -> None:
    _register("new.visitor@example.cn")
    db.session.flush()
    assert tidy_accounts(now() + timedelta(days=500))["accounts"]
