"""The mail catcher's two pages. Everything in a message is a stranger's text and is escaped."""

import re
from email.message import EmailMessage
from html import escape

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
# The formatted form of a message may style itself and nothing else.
HTML_POLICY = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# Only ASCII: in Chinese text an address is followed by a word or a full-width stop without a blank.
ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")
STYLE = """
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1f2937; background: #f6f8fb;
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.3rem; } a { color: #1d4ed8; }
ol { list-style: none; padding: 0; }
li, article { background: #fff; border: 1px solid #dbe2ea; border-radius: .5rem;
  padding: .75rem 1rem; margin-bottom: .5rem; overflow-wrap: anywhere; }
li small, dt { color: #5b6675; } li small { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
dd { margin: 0; } pre { white-space: pre-wrap; font: inherit; margin: 0; }
iframe { width: 100%; height: 32rem; border: 1px solid #dbe2ea; border-radius: .5rem; }
"""
HEADERS = (("To", "收件人 To"), ("From", "发件人 From"), ("Date", "时间 Date"))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _header(message: EmailMessage, name: str) -> str:
    return escape(str(message.get(name, "")))


def list_page(messages: list[tuple[str, EmailMessage]]) -> str:
    """All messages, newest first, with decoded subjects."""
    rows = "".join(
        f'<li><a href="/{escape(name)}">{_header(message, "Subject") or "(—)"}</a>'
        f"<small>{_header(message, 'To')} · {_header(message, 'Date')}</small></li>"
        for name, message in messages
    )
    empty = "<p>还没有邮件。发给任何人的邮件都会出现在这里。<br>No mail yet. Every message lands here.</p>"
    title = "演示邮箱 Demonstration mail"
    return _page(title, f"<main><h1>{title}</h1>{f'<ol>{rows}</ol>' if rows else empty}</main>")


def message_page(name: str, message: EmailMessage) -> str:
    """One message: headers, text with its links, formatted form in a closed frame, files."""
    subject = _header(message, "Subject") or "(—)"
    facts = "".join(f"<dt>{label}</dt><dd>{_header(message, key)}</dd>" for key, label in HEADERS)
    plain = message.get_body(("plain",))
    text = f"<pre>{_linked(plain.get_content())}</pre>" if plain is not None else ""
    has_html = message.get_body(("html",)) is not None
    address = escape(name)
    frame = f'<iframe sandbox src="/{address}/html" title="HTML"></iframe>' if has_html else ""
    files = "".join(
        f'<li><a href="/{address}/{number}" download="{escape(part.get_filename() or "file")}">'
        f"{escape(part.get_filename() or 'file')}</a></li>"
        for number, part in enumerate(message.iter_attachments())
    )
    body = (
        f'<main><p><a href="/">← 全部邮件 All mail</a></p><h1>{subject}</h1>'
        f"<article><dl>{facts}</dl>{text}</article>{frame}<ol>{files}</ol></main>"
    )
    return _page(str(message.get("Subject", "")), body)


def _linked(text: str) -> str:
    """Escaped text in which web addresses can be clicked."""
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:)")
        pieces.append(escape(text[end : found.start()]))
        pieces.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = found.start() + len(address)
    return "".join([*pieces, escape(text[end:])])
