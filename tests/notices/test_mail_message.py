"""From a rendered notice to the bytes of a mail."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

import pytest

from talentsvc.notices.mail_message import ascii_domain, demo_sms_message, mail_message
from talentsvc.notices.rendering import RenderedNotice
from talentsvc.notices.smtp import Mail

FROM = "talent@example.cn"
AT = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
NOTICE = RenderedNotice(
    subject="申请 GXS-2026-00318-7 已受理",
    text="欧阳䶮，您好！\n\n.行首有点\n\n查看申请进度：https://talent.example.cn/a",
    html="<p>欧阳䶮</p>",
    address="wang@example.cn",
    message_id="<0193@example.cn>",
    sender_name="石家庄高新区 · 人才服务",
    footer="本邮件由系统自动发送，请勿直接回复。",
    language_tag="zh-CN",
)


def written(**changes: str) -> Mail:
    return mail_message(replace(NOTICE, **changes), mail_from=FROM, at=AT)


def parsed(mail: Mail) -> EmailMessage:
    """As a server reads it: doubled dots are single again."""
    content = mail.content.replace(b"\r\n..", b"\r\n.")
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_headers_say_what_programs_need() -> None:
    message = parsed(written())
    assert message["Subject"] == NOTICE.subject
    assert str(message["From"]) == "石家庄高新区 · 人才服务 <talent@example.cn>"
    assert message["To"] == "wang@example.cn"
    assert message["Message-ID"] == "<0193@example.cn>"
    assert message["Date"].datetime == AT
    assert message["Content-Language"] == "zh-CN"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_plain_and_a_formatted_part() -> None:
    message = parsed(written())
    assert text_of(message).startswith(NOTICE.text)
    assert "石家庄高新区 · 人才服务" in text_of(message)
    assert NOTICE.footer in text_of(message)
    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == NOTICE.html


def test_it_is_seven_bit_with_crlf_and_short_lines() -> None:
    content = written(text="长" * 2000).content
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_a_line_with_a_dot_does_not_end_the_message() -> None:
    content = written(text=".\nafter", language_tag="en", html="<p>.</p>", footer="x").content
    assert b"\r\n.\r\n" not in content
    assert text_of(parsed(written(text=".\nafter"))).startswith(".\nafter")


@pytest.mark.parametrize("place", ["subject", "sender_name", "address"])
def test_nothing_adds_a_header(place: str) -> None:
    """Subjects come without line breaks; what else arrives here with one is refused, not sent."""
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words are its own
        written(**{place: "x@example.cn\r\nBcc: all@example.cn"})


@pytest.mark.parametrize(
    "address", ["", "wang", "wang@", "@example.cn", "a b@example.cn", "a@b@c d"]
)
def test_an_impossible_address_is_refused(address: str) -> None:
    with pytest.raises((ValueError, MessageError)):
        written(address=address)


def test_a_chinese_domain_travels_as_name_servers_know_it() -> None:
    assert ascii_domain("wang@例子.中国") == "wang@xn--fsqu00a.xn--fiqs8s"
    mail = written(address="wang@例子.中国")
    assert mail.recipient == "wang@xn--fsqu00a.xn--fiqs8s"
    assert mail.options == ()


def test_a_chinese_mailbox_needs_a_server_that_knows_it() -> None:
    mail = written(address="王小明@example.cn")
    assert mail.recipient == "王小明@example.cn"
    assert "SMTPUTF8" in mail.options
    assert parsed(mail)["To"] == "王小明@example.cn"


def test_the_envelope_has_the_address_without_the_name() -> None:
    mail = mail_message(NOTICE, mail_from="人才 <talent@example.cn>", at=AT)
    assert mail.sender == FROM


def test_a_demo_text_message_says_what_it_is() -> None:
    phone = replace(NOTICE, address="+8613812345678", subject="登录验证码", text="验证码 048213")
    mail = demo_sms_message(phone, mail_from=FROM, at=AT)
    message = parsed(mail)
    assert mail.recipient == "+8613812345678@sms.invalid"
    assert message["Subject"] == "【演示短信】登录验证码"
    assert text_of(message) == "【演示短信】+8613812345678\n\n验证码 048213\n"
    assert message.get_body(("html",)) is None
