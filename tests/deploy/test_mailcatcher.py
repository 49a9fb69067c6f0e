"""The demonstration's mail server: every message is kept and can be read."""

import http.client
import re
import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.local.mail_pages import list_page, message_page
from deploy.local.mailcatcher import KEPT, MailFolder
from deploy.local.places import ROOT, free_port, is_free
from deploy.local.services import Plan, Service

EVIL = "<script>alert(1)</script>"


def message(subject: str = "您的申请已受理") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "talent@example.cn"
    made["To"] = "王小𠮷 <wang@example.cn>"
    made["Subject"] = subject
    made.set_content("请打开 http://localhost:8000/a?b=1&c=2。谢谢。\n")
    made.add_alternative(f"<p>您好</p>{EVIL}", subtype="html")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="绿卡.pdf")
    return made


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The SMTP and the page port of a running catcher."""
    folder = tmp_path_factory.mktemp("mail")
    smtp, pages = free_port(), free_port()
    command = [sys.executable, "-m", "deploy.local.mailcatcher", str(folder), str(smtp), str(pages)]
    plan = Plan("mail", command, ready=lambda: not is_free(pages), folder=ROOT)
    catcher = Service(plan, folder, folder)
    catcher.start()
    try:
        catcher.wait_ready()
        yield smtp, pages
    finally:
        catcher.stop()
    assert catcher.returncode() == 0


def get(port: int, path: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, answer.getheader("Content-Security-Policy", "")


def test_a_message_is_received_listed_and_shown(ports: tuple[int, int]) -> None:
    smtp, pages = ports
    with smtplib.SMTP("127.0.0.1", smtp, timeout=10) as client:
        client.send_message(message())
    _, listed, _ = get(pages, "/")
    assert "您的申请已受理" in listed
    assert "王小𠮷" in listed
    name = re.search(r'href="/([0-9-]+)"', listed)
    assert name is not None
    _, shown, _ = get(pages, f"/{name[1]}")
    assert "您的申请已受理" in shown
    assert "绿卡.pdf" in shown
    assert get(pages, f"/{name[1]}/0")[1] == "%PDF-1.7"
    status, _, policy = get(pages, f"/{name[1]}/html")
    assert status == 200
    assert policy.startswith("sandbox")
    assert "script-src" not in policy


@pytest.mark.parametrize("path", ["/nothing", "/../keys", "/%2e%2e%2fsecret", "/1/2/3", "/1/html"])
def test_only_messages_can_be_asked_for(ports: tuple[int, int], path: str) -> None:
    assert get(ports[1], path)[0] == 404


def test_a_stranger_s_words_are_text() -> None:
    page = list_page([("1-0", message(EVIL))]) + message_page("1-0", message(EVIL))
    assert EVIL not in page
    assert "&lt;script&gt;" in page


def test_an_address_ends_where_chinese_begins() -> None:
    page = message_page("1-0", message())
    assert 'href="http://localhost:8000/a?b=1&amp;c=2"' in page


def test_the_oldest_messages_make_room(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    for number in range(KEPT + 2):
        folder.keep(f"Subject: {number}\r\n\r\n".encode())
    names = folder.names()
    assert len(names) == KEPT
    newest = folder.message(names[0])
    assert newest is not None
    assert newest["Subject"] == str(KEPT + 1)
