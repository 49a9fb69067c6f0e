"""QR codes as pictures: for a page, a print, a second factor."""

from __future__ import annotations

from io import BytesIO
from typing import Any

#: Of a code printed at 18 mm a quarter may be scratched (ISO/IEC 18004 level Q).
ERROR_LEVEL = "q"
#: The quiet zone that the standard asks for, in modules.
QUIET_ZONE = 4


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
