"""The demonstration's mail server: keeps every message as a file and shows them on a page.

`python -m deploy.local.mailcatcher FOLDER SMTP_PORT PAGE_PORT`, both on the loopback address.
"""

import os
import signal
import sys
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mail_pages import HTML_POLICY, PAGE_POLICY, list_page, message_page

KEPT = 500
ENVELOPE_HEADER = "X-Envelope-To"


class MailFolder:
    """The received messages, one .eml file each, the newest names last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count()
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message."""
        content = envelope.original_content or b""
        self.keep(f"{ENVELOPE_HEADER}: {', '.join(envelope.rcpt_tos)}\r\n".encode() + content)
        return "250 OK"

    def keep(self, content: bytes) -> None:
        """Write one message whole, and drop the oldest beyond what is kept."""
        name = f"{time.time_ns()}-{next(self._numbers)}"
        new = self.folder / f"{name}.new"
        new.write_bytes(content)
        os.replace(new, self.folder / f"{name}.eml")
        for old in self.names()[KEPT:]:
            (self.folder / f"{old}.eml").unlink(missing_ok=True)

    def names(self) -> list[str]:
        """The names of all messages, newest first."""
        return sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)

    def message(self, name: str) -> EmailMessage | None:
        """One message; None for a name that is not in the folder."""
        if name not in self.names():
            return None
        content = (self.folder / f"{name}.eml").read_bytes()
        return message_from_bytes(content, policy=policy.default)


class Pages(BaseHTTPRequestHandler):
    """`/` lists the messages, `/NAME` shows one, `/NAME/html` its formatted form, `/NAME/N` a file."""

    folder: MailFolder

    def do_GET(self) -> None:
        """Answer one request."""
        parts = [unquote(part) for part in urlsplit(self.path).path.split("/") if part]
        if not parts:
            messages = [(name, self.folder.message(name)) for name in self.folder.names()]
            self._page(list_page([(name, found) for name, found in messages if found is not None]))
            return
        message = self.folder.message(parts[0])
        if message is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif len(parts) == 1:
            self._page(message_page(parts[0], message))
        else:
            self._part(message, parts[1])

    def _part(self, message: EmailMessage, which: str) -> None:
        html = message.get_body(("html",))
        files = list(message.iter_attachments())
        if which == "html" and html is not None:
            self._page(html.get_content(), HTML_POLICY)
        elif which.isdigit() and int(which) < len(files):
            part = files[int(which)]
            content = part.get_payload(decode=True)
            self._answer(
                content if isinstance(content, bytes) else part.as_bytes(),
                {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"},
            )
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _page(self, text: str, content_policy: str = PAGE_POLICY) -> None:
        kind = {"Content-Type": "text/html; charset=utf-8"}
        self._answer(text.encode(), {**kind, "Content-Security-Policy": content_policy})

    def _answer(self, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(HTTPStatus.OK)
        fixed = {"X-Content-Type-Options": "nosniff", "Content-Length": str(len(content))}
        for name, value in {**headers, **fixed}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: a reader of mail is no event."""


def main(folder: Path, smtp_port: int, page_port: int) -> int:
    """Serve both until SIGTERM."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: over.set())
    mail = MailFolder(folder)
    smtp = Controller(mail, hostname="127.0.0.1", port=smtp_port, data_size_limit=40 * 1024 * 1024)
    smtp.start()
    handler = type("FolderPages", (Pages,), {"folder": mail})
    pages = ThreadingHTTPServer(("127.0.0.1", page_port), handler)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    over.wait()
    pages.shutdown()
    smtp.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
