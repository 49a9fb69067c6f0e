"""Real PDF and JPEG files as somebody would bring them, made in code."""

from pathlib import Path

from talentsvc.demo.papers import paper, portrait
from tests.files.samples import jpeg

PDF_ITEMS = ("contract", "insurance_proof", "diploma", "chsi_record")


def write_papers(folder: Path) -> dict[str, Path]:
    """Files on a disk for every item that a graduate with a resident card is asked for."""
    contents = {f"{item}.pdf": paper(item).data for item in PDF_ITEMS}
    contents |= {
        "id_document_front.jpg": jpeg(1200, 760, "#d8e6dc"),
        "id_document_back.jpg": jpeg(1200, 760, "#c8d0e0"),
        "portrait.jpg": portrait(3).data,
    }
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content)
        found[path.stem] = path
    return found
