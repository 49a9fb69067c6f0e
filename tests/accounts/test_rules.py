"""What is decided without a database: addresses, passwords, codes, throttle keys."""

import string
import time
import unicodedata
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.accounts.rules.devices import device_name
from talentsvc.accounts.rules.hashing import HashCost
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.accounts.rules.passwords import (
    WeakPassword,
    check_password,
    common_passwords,
    normalised,
)
from talentsvc.accounts.rules.reset_links import split_token
from talentsvc.accounts.rules.second_factor import grouped, new_secret, used_counter
from talentsvc.accounts.rules.throttles import address_key, minutes_of, waiting_time
from talentsvc.accounts.terms import PASSWORD_MOST, IdentifierKind, Tried
from talentsvc.core.errors import InvalidInput

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CHEAP = HashCost(memory_kib=64, rounds=1)


# ---- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("Shen@Example.CN", IdentifierKind.EMAIL, "shen@example.cn"),
        (" ｓｈｅｎ＠example.cn ", IdentifierKind.EMAIL, "shen@example.cn"),
        ("沈@例子.中国", IdentifierKind.EMAIL, "沈@例子.中国"),
        ("138 0013 8000", IdentifierKind.PHONE, "+8613800138000"),
        ("+86-138-0013-8000", IdentifierKind.PHONE, "+8613800138000"),
        ("１３８００１３８０００", IdentifierKind.PHONE, "+8613800138000"),
    ],
)
def test_an_address_has_one_spelling(typed, kind, value):
    found = parse_identifier(typed)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", ("identifier", "missing")),
        ("   ", ("identifier", "missing")),
        ("a@", ("email", "shape")),
        ("@", ("email", "shape")),
        ("shen", ("phone", "shape")),
        ("0311-85901234", ("phone", "not_mobile")),
        ("+1 202 555 0143", ("phone", "not_mobile")),
        ("x" * 400 + "@example.cn", ("identifier", "too_long")),
    ],
)
def test_what_is_no_address_says_why(typed, refusal):
    with pytest.raises(InvalidInput) as refused:
        parse_identifier(typed)
    assert (refused.value.field, refused.value.code) == refusal


def test_an_address_is_masked_for_the_page():
    assert parse_identifier("shen@example.cn").masked == "s***@example.cn"
    assert parse_identifier("13800138000").masked == "138****8000"


# ---- passwords ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    [
        "一二三四五六七九",  # eight characters, 24 bytes
        "🌲🏔️🎋🐼🌾🏮🧧🀄",
        "correct horse battery",
        "        9 spaces",
        "密" * 7 + "码",
        "ключ от квартиры",
        "\u200f\u202eعربي كلمة سر",
        "a" * 127 + "b",
    ],
)
def test_any_characters_make_a_password_that_can_be_set_and_used(password):
    password_hash = CHEAP.hash(check_password(password))
    assert CHEAP.is_right(password_hash, password)
    assert not CHEAP.is_right(password_hash, password + "x")
    assert not CHEAP.is_right(password_hash, password[:-1])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_whatever_is_taken_opens_again(password):
    try:
        checked = check_password(password)
    except WeakPassword:
        return
    assert 8 <= len(checked) <= PASSWORD_MOST
    assert CHEAP.is_right(CHEAP.hash(checked), password)


def test_every_keyboard_types_the_same_password():
    composed, decomposed = "café über naïve", unicodedata.normalize("NFD", "café über naïve")
    assert composed != decomposed
    assert CHEAP.is_right(CHEAP.hash(check_password(composed)), decomposed)
    assert CHEAP.is_right(CHEAP.hash(check_password(decomposed)), composed)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "short"),
        ("1234567", "short"),
        ("七个汉字不够用", "short"),
        ("e\u0301" * 7, "short"),  # fourteen code points typed, seven characters
        ("长" * 128 + "长", "long"),
        ("ab" * 65, "long"),
        ("password", "common"),
        ("PassWord1", "common"),
        ("ｐａｓｓｗｏｒｄ", "common"),
        ("woaini1314", "common"),
        ("1qaz2wsx", "common"),
        ("12345678", "common"),
        ("啊啊啊啊啊啊啊啊啊", "common"),
    ],
)
def test_weak_passwords_are_refused_with_their_reason(password, code):
    with pytest.raises(WeakPassword) as refused:
        check_password(password)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "password", ["Shen.Ruohe@example.cn", "shen.ruohe", "13800138000", "+8613800138000"]
)
def test_a_password_is_not_ones_own_address(password):
    with pytest.raises(WeakPassword) as refused:
        check_password(password, ("shen.ruohe@example.cn", "+8613800138000"))
    assert refused.value.code == "address"


def test_the_list_holds_at_least_the_three_thousand_commonest_long_enough_to_be_chosen():
    listed = common_passwords()
    assert len(listed) >= 3000
    assert all(len(password) >= 8 for password in listed)
    assert {"password", "12345678", "qwertyuiop", "woaini1314", "88888888"} <= listed


def test_a_flood_of_combining_marks_costs_no_time():
    flood = "a" + "\u0301\u0323" * 200_000
    began = time.perf_counter()
    assert normalised(flood) is None
    assert not CHEAP.is_right(CHEAP.hash("irrelevant here"), flood)
    assert time.perf_counter() - began < 1


def test_nobody_is_checked_at_the_cost_of_somebody(monkeypatch):
    costs = []
    verify = type(CHEAP._hasher).verify

    def noting(hasher, password_hash, password):
        costs.append(password_hash.split("$")[1:4])
        return verify(hasher, password_hash, password)

    monkeypatch.setattr(type(CHEAP._hasher), "verify", noting)
    real = CHEAP.hash("a real password")
    assert not CHEAP.is_right(real, "not this one")
    assert not CHEAP.is_right(None, "not this one")
    assert not CHEAP.is_right(real, "x" * 5000)
    assert costs[0] == costs[1] == costs[2]


def test_a_hash_of_another_cost_is_outdated():
    password_hash = CHEAP.hash("a real password")
    assert not CHEAP.is_outdated(password_hash)
    assert HashCost(memory_kib=128, rounds=1).is_outdated(password_hash)
    assert HashCost(memory_kib=128, rounds=1).is_right(password_hash, "a real password")


@pytest.mark.parametrize("stored", ["", "!", "$argon2id$broken", "plain"])
def test_a_damaged_hash_opens_nothing(stored):
    assert not CHEAP.is_right(stored, "anything at all")


# ---- second factor ------------------------------------------------------------------------------


def test_a_code_is_good_once_and_one_step_either_side():
    secret = new_secret()
    code = pyotp.TOTP(secret).at(AT)
    counter = used_counter(secret, code, None, AT)
    assert counter == int(AT.timestamp()) // 30
    assert used_counter(secret, code, counter, AT) is None
    assert used_counter(secret, code, None, AT + timedelta(seconds=30)) == counter
    assert used_counter(secret, code, None, AT - timedelta(seconds=30)) == counter
    assert used_counter(secret, code, None, AT + timedelta(seconds=61)) is None


def test_an_earlier_code_is_refused_after_a_later_one():
    secret = new_secret()
    earlier = pyotp.TOTP(secret).at(AT - timedelta(seconds=30))
    later = used_counter(secret, pyotp.TOTP(secret).at(AT), None, AT)
    assert used_counter(secret, earlier, later, AT) is None


def test_a_code_may_be_typed_with_a_space_and_full_width():
    secret = new_secret()
    code = pyotp.TOTP(secret).at(AT)
    full_width = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in string.digits})
    assert used_counter(secret, f"{code[:3]} {code[3:]}", None, AT) is not None
    assert used_counter(secret, full_width, None, AT) is not None


def test_the_secret_has_160_bits_and_is_shown_in_groups():
    secret = new_secret()
    assert len(secret) * 5 >= 160
    assert grouped(secret).replace(" ", "") == secret


# ---- throttles, links, devices ------------------------------------------------------------------


def test_an_ipv6_subscriber_is_one_address():
    one = address_key(Tried.SIGN_IN, "2001:db8:1:2::1")
    assert one == address_key(Tried.SIGN_IN, "2001:db8:1:2:ffff::9")
    assert one != address_key(Tried.SIGN_IN, "2001:db8:1:3::1")
    assert address_key(Tried.SIGN_IN, "::ffff:10.0.0.1") == address_key(Tried.SIGN_IN, "10.0.0.1")
    assert address_key(Tried.SIGN_IN, "unknown") != address_key(Tried.SEND_CODE, "unknown")


def test_waiting_ends_with_the_window():
    window = timedelta(minutes=15)
    assert waiting_time(9, 10, AT, window, AT) is None
    assert waiting_time(10, 10, AT, window, AT + timedelta(minutes=5)) == timedelta(minutes=10)
    assert waiting_time(10, 10, AT, window, AT + window) is None


def test_minutes_are_never_too_few():
    assert minutes_of(timedelta(seconds=1)) == 1
    assert minutes_of(timedelta(seconds=61)) == 2


@pytest.mark.parametrize("token", [None, "", "abc", "z" * 60, "0" * 31, "Ａ" * 40, "0" * 32 + "😀"])
def test_a_malformed_link_is_nobodys(token):
    code_id, secret = split_token(token)
    assert code_id.int == 0
    assert secret in ("", "😀")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("", "?"),
        ("curl/8", "?"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130 Safari/537.36 Edg/130", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Mobile Safari/604",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0.50",
            "WeChat · Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Firefox/130.0", "Firefox · macOS"),
    ],
)
def test_a_device_is_named_as_its_owner_knows_it(agent, name):
    assert device_name(agent) == name
