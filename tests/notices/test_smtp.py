"""The dialogue with the mail server: who has the message after each step, and what a refusal means."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.local.places import free_port
from talentsvc.notices import smtp
from talentsvc.notices.failures import ChannelDown, InDoubt, NotNow, Refused, SendingFailure
from talentsvc.notices.smtp import Mail, SmtpConnection, meaning_of
from talentsvc.notices.terms import Trouble
from talentsvc.settings import Settings
from tests.notices.post_office import HANG_UP, PostOffice, open_post_office

MAIL = Mail("talent@example.cn", "wang@example.cn", b"Subject: x\r\n\r\n..dot\r\n")


@pytest.fixture
def connection(settings: Settings) -> Iterator[SmtpConnection]:
    made = SmtpConnection(settings)
    yield made
    made.close()


def failure_of(connection: SmtpConnection) -> SendingFailure:
    try:
        connection.connect()
        connection.transfer(MAIL)
    except SendingFailure as failure:
        return failure
    raise AssertionError("the message was taken")


def test_a_message_arrives_as_it_was(connection: SmtpConnection, office: PostOffice) -> None:
    connection.connect()
    connection.transfer(MAIL)
    (message,) = office.received
    assert message["X-Envelope-To"] == "wang@example.cn"
    assert message.get_content().splitlines() == [".dot"]


def test_one_connection_serves_many_messages(
    connection: SmtpConnection, office: PostOffice
) -> None:
    for _ in range(3):
        connection.connect()
        connection.transfer(MAIL)
    assert len(office.received) == 3
    assert office.steps.count("EHLO") == 1


def test_a_connection_that_the_server_dropped_is_opened_anew(
    connection: SmtpConnection, office: PostOffice
) -> None:
    connection.connect()
    connection.transfer(MAIL)
    opened = connection._open
    assert opened is not None
    assert opened.sock is not None
    opened.sock.shutdown(socket.SHUT_RDWR)
    connection.connect()
    connection.transfer(MAIL)
    assert len(office.received) == 2


@pytest.mark.parametrize(
    ("step", "answer", "kind", "words"),
    [
        ("MAIL", "451 later", ChannelDown, "our_side_refused 451"),
        ("MAIL", "550 not your name", ChannelDown, "our_side_refused 550"),
        ("MAIL", "530 sign in first", ChannelDown, "our_side_refused 530"),
        ("MAIL", "421 closing", ChannelDown, "not_now 421"),
        ("RCPT", "450 greylisted", NotNow, "not_now 450"),
        ("RCPT", "550 unknown", Refused, "refused 550"),
        ("RCPT", "530 sign in first", ChannelDown, "our_side_refused 530"),
        ("RCPT", "535 bad credentials", ChannelDown, "our_side_refused 535"),
        ("DATA", "452 full", NotNow, "not_now 452"),
        ("DATA", "554 spam", Refused, "refused 554"),
        ("DATA", "421 closing", ChannelDown, "not_now 421"),
    ],
)
def test_what_a_refusal_means(
    connection: SmtpConnection,
    office: PostOffice,
    step: str,
    answer: str,
    kind: type[SendingFailure],
    words: str,
) -> None:
    office.answers[step] = answer
    failure = failure_of(connection)
    assert type(failure) is kind
    assert failure.words == words
    assert office.received == []


def test_a_refusal_leaves_the_next_message_alone(
    connection: SmtpConnection, office: PostOffice
) -> None:
    office.answers["RCPT"] = "550 unknown"
    failure_of(connection)
    office.answers.clear()
    connection.connect()
    connection.transfer(MAIL)
    assert len(office.received) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_a_line_cut_before_the_message_leaves_no_doubt(
    connection: SmtpConnection, office: PostOffice, step: str
) -> None:
    office.answers[step] = HANG_UP
    failure = failure_of(connection)
    assert type(failure) is NotNow
    assert failure.trouble is Trouble.NO_CONNECTION
    assert office.received == []


def test_a_line_cut_before_the_last_answer_is_in_doubt(
    connection: SmtpConnection, office: PostOffice
) -> None:
    office.answers["DATA"] = HANG_UP
    failure = failure_of(connection)
    assert type(failure) is InDoubt
    # The doubt was justified: the server had taken it.
    assert len(office.received) == 1


def test_a_server_that_never_answers_at_the_end_is_in_doubt(
    connection: SmtpConnection, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.2)
    is_over = threading.Event()
    office.watch = lambda step, _recipient: step == "DATA" and is_over.wait(30)
    try:
        assert type(failure_of(connection)) is InDoubt
    finally:
        is_over.set()


def test_nobody_at_the_door(settings: Settings) -> None:
    failure = failure_of(SmtpConnection(replace(settings, smtp_port=free_port())))
    assert type(failure) is ChannelDown
    assert failure.words == "no_connection"


@contextmanager
def raw_server(greeting: bytes) -> Iterator[int]:
    """A listener that says one thing, or nothing, and waits until the client goes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as client:
                client.sendall(greeting)
                while client.recv(1024):
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_a_greeting_that_turns_us_away_is_about_us(settings: Settings) -> None:
    with raw_server(b"554 no service for you\r\n") as port:
        failure = failure_of(SmtpConnection(replace(settings, smtp_port=port)))
    assert type(failure) is ChannelDown
    assert failure.words == "our_side_refused 554"


def test_a_silent_server_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_SECONDS", 0.2)
    with raw_server(b"") as port:
        failure = failure_of(SmtpConnection(replace(settings, smtp_port=port)))
    assert failure.words == "no_connection"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that only those trust who are told to, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@contextmanager
def closed_office(certificate: tuple[Path, Path], password: bytes) -> Iterator[PostOffice]:
    """A server that takes mail only over TLS and only from whoever knows the password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def authenticate(_server, _session, _envelope, _mechanism, given) -> AuthResult:
        return AuthResult(success=given.password == password, handled=False)

    with open_post_office(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate
    ) as office:
        yield office


def signed_in(settings: Settings, port: int, password: str) -> SmtpConnection:
    return SmtpConnection(
        replace(
            settings,
            smtp_port=port,
            smtp_tls=True,
            smtp_user="talent",
            smtp_password=password,
        )
    )


def test_tls_and_a_password(
    settings: Settings, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with closed_office(certificate, b"right-one") as office:
        connection = signed_in(settings, office.port, "right-one")
        connection.connect()
        connection.transfer(MAIL)
        assert len(office.received) == 1
        connection.close()


def test_wrong_credentials_are_about_us(
    settings: Settings, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with closed_office(certificate, b"right-one") as office:
        failure = failure_of(signed_in(settings, office.port, "wrong-one"))
    assert type(failure) is ChannelDown
    assert failure.words == "our_side_refused 535"


def test_a_password_is_not_told_to_a_server_nobody_vouches_for(
    settings: Settings, certificate: tuple[Path, Path]
) -> None:
    told = []
    with closed_office(certificate, b"right-one") as office:
        office.watch = lambda step, _recipient: told.append(step)
        failure = failure_of(signed_in(settings, office.port, "right-one"))
    assert type(failure) is ChannelDown
    assert told == ["EHLO"]


def test_a_chinese_mailbox_is_offered_where_the_server_takes_it(
    connection: SmtpConnection, office: PostOffice
) -> None:
    connection.connect()
    assert connection.offers("smtputf8")
    content = "To: 王小明@example.cn\r\n\r\nx\r\n".encode()
    options = ("SMTPUTF8", "BODY=8BITMIME")
    connection.transfer(Mail("talent@example.cn", "王小明@example.cn", content, options))
    assert office.recipients == ["王小明@example.cn"]


@pytest.mark.parametrize("code", [421, 450, 451, 452, 454])
def test_what_begins_with_four_is_tried_again(code: int) -> None:
    assert isinstance(meaning_of(code), NotNow)


@pytest.mark.parametrize("code", [550, 551, 552, 553, 554, 500, 501])
def test_what_begins_with_five_is_final(code: int) -> None:
    assert isinstance(meaning_of(code), Refused)


@pytest.mark.parametrize("code", [530, 534, 535, 538])
def test_what_speaks_of_our_sign_in_is_not_the_recipient_s_fault(code: int) -> None:
    assert isinstance(meaning_of(code), ChannelDown)
