"""What the QR code of a card says, and the same as people type it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from talentsvc.core.typed_text import compact_upper

#: Of a code printed at 18 mm a quarter may be scratched (ISO/IEC 18004 level Q).
ERROR_LEVEL = "q"
#: The quiet zone that the standard asks for, in modules.
QUIET_ZONE = 4
_GROUP = 4
#: Crockford's base 32 has none of these: whoever reads one meant the other.
_MISREAD = str.maketrans("ILO", "110")


def verify_url(base_url: str, nonce: str) -> str:
    """The address in the QR code: a stranger's phone opens it without an app."""
    return f"{base_url}/v/{nonce}"


def check_code(nonce: str) -> str:
    """The nonce in groups of four, to read aloud or type."""
    return "-".join(nonce[at : at + _GROUP] for at in range(0, len(nonce), _GROUP))


def nonce_as_typed(text: str) -> str:
    """The nonce that somebody typed: any case, spaces and hyphens, I and L for 1, O for 0."""
    return compact_upper(text).replace("-", "").translate(_MISREAD)


def qr_svg(text: str) -> str:
    """The code as SVG, black on nothing, with its quiet zone."""
    drawn = BytesIO()
    _code(text).save(drawn, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False)
    return drawn.getvalue().decode()


def qr_data_uri(text: str) -> str:
    """The code for `<img src>`; our content security policy allows data there and nowhere else."""
    return str(_code(text).svg_data_uri(border=QUIET_ZONE, omitsize=True, light="#fff"))


def _code(text: str) -> Any:
    import segno

    return segno.make(text, error=ERROR_LEVEL, micro=False)
