"""Where the letters come from: the zone's own folder, then the system's Noto CJK, then the packaged one.

Nothing else on the machine is used, so that the same card looks the same wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

#: Where systems keep fonts; only the families below are taken from there.
SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
#: Full Chinese families, the best first; each holds the rare characters of names.
CHINESE_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC")
#: For Latin, Greek and Cyrillic letters that a Chinese font lacks (Łukasz, Gül, Ștefan).
LATIN_FAMILIES = ("Noto Sans", "DejaVu Sans")
_SYSTEM_FILES = (
    "NotoSansCJK-Regular.*",
    "NotoSansCJK-Bold.*",
    "NotoSansCJKsc-Regular.*",
    "NotoSansCJKsc-Bold.*",
    "SourceHanSans*-Regular.*",
    "SourceHanSans*-Bold.*",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
)
_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc"})


@dataclass(frozen=True)
class FontFace:
    """One face of a font file; `index` counts the faces of a collection."""

    family: str
    path: str
    index: int


@dataclass(frozen=True)
class FontSet:
    """The families a card is set in, the preferred one first, and the files they come from."""

    families: tuple[str, ...]
    faces: tuple[FontFace, ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """Where the font files lie, each folder once."""
        return tuple(dict.fromkeys(str(Path(face.path).parent) for face in self.faces))

    def faces_of(self, family: str) -> tuple[FontFace, ...]:
        """The faces of a family: its weights."""
        return tuple(face for face in self.faces if face.family == family)


@lru_cache(maxsize=4)
def fonts_in(font_dir: str = "") -> FontSet:
    """The fonts of this machine; `font_dir` is the zone's own folder (TALENTSVC_FONT_DIR), if any.

    Its families come first, in the order of their names; they need not hold every character.
    """
    own = _faces(_files_under(Path(font_dir))) if font_dir else ()
    system = _faces(_system_files())
    if not _has_chinese(own + system):
        system += _faces([_packaged_file()])
    preferred = tuple(sorted({face.family for face in own}))
    usual = [f for f in CHINESE_FAMILIES + LATIN_FAMILIES if f not in preferred]
    found = {face.family for face in system}
    families = preferred + tuple(family for family in usual if family in found)
    return FontSet(families, tuple(f for f in own + system if f.family in families))


def _has_chinese(faces: tuple[FontFace, ...]) -> bool:
    return any(face.family in CHINESE_FAMILIES for face in faces)


def _files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


def _system_files() -> list[Path]:
    return sorted(
        path
        for folder in SYSTEM_FOLDERS
        if folder.is_dir()
        for pattern in _SYSTEM_FILES
        for path in folder.rglob(pattern)
    )


def _packaged_file() -> Path:
    return Path(str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"))


def _faces(paths: list[Path]) -> tuple[FontFace, ...]:
    wanted = {str(path) for path in paths}
    folders = tuple(dict.fromkeys(str(path.parent) for path in paths))
    return tuple(
        FontFace(font.family, str(font.path), font.index)
        for font in typst_fonts(folders).fonts()
        if font.path in wanted and font.style == "normal"
    )


@lru_cache(maxsize=8)
def typst_fonts(folders: tuple[str, ...]) -> Any:
    """The fonts of these folders as typst reads them. Takes up to a second, so it is kept."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
