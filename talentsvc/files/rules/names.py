"""File names: what a person called a file, made safe to show and to offer as a download.

A name is only ever a label: the bytes rest under a random key, and the type comes from the content.
"""

from __future__ import annotations

import re
import unicodedata

from talentsvc.files.rules.refusals import RefusalCode, RefusedFile

#: Longest name kept, in characters with the extension.
MAX_NAME = 120

#: The label when nothing is left of a name.
NAMELESS = "file"

#: What each accepted type is called at the end of a name; the first one is given out.
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
}

#: Cameras and messengers often call a PNG a JPEG: harmless, since the name is made right again.
INTERCHANGEABLE = frozenset({"image/jpeg", "image/png"})

_EXTENSION = re.compile(r"\.([a-z0-9]{1,8})$")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")


def refuse_control_characters(name: str) -> None:
    """Refuse a name with a control character: no honest program sends one, and NUL cuts names short."""
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise RefusedFile(RefusalCode.NAME_CONTROL_CHARACTERS)


def bare_name(name: str) -> str:
    """The last part of a path, composed (NFC), without invisible or direction-turning characters."""
    last = re.split(r"[/\\]", name)[-1]
    composed = unicodedata.normalize("NFC", last)
    visible = "".join(
        c for c in composed if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return _SPACES.sub(" ", _FORBIDDEN.sub("_", visible)).strip().rstrip(" .")


def claimed_extension(name: str) -> str:
    """What the name says the file is: its last extension in lower case, or nothing."""
    found = _EXTENSION.search(bare_name(name).lower())
    return found.group(1) if found and not found.group(1).isdigit() else ""


def refuse_other_claim(name: str, media_type: str) -> None:
    """Refuse a name that claims another kind of file than the content is."""
    claimed = claimed_extension(name)
    truly = {media_type} | (INTERCHANGEABLE if media_type in INTERCHANGEABLE else frozenset())
    allowed = {extension for kind in truly for extension in EXTENSIONS[kind]}
    if claimed and claimed not in allowed:
        raise RefusedFile(
            RefusalCode.TYPE_MISMATCH, claimed=claimed, found=EXTENSIONS[media_type][0]
        )


def safe_name(name: str, media_type: str) -> str:
    """The name to keep: at most `MAX_NAME` characters, with the extension of the true type."""
    bare = bare_name(name)
    claimed = claimed_extension(name)
    stem = bare[: -len(claimed) - 1] if claimed else bare
    extension = EXTENSIONS[media_type][0]
    room = MAX_NAME - len(extension) - 1
    return f"{stem.strip(' .')[:room].rstrip(' .') or NAMELESS}.{extension}"
