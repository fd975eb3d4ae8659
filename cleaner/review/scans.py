"""The scan beside the change: where the settings say that the image of a page is, and what of it may be handed out.

An image is an address of the web, or a file inside of the project's own folder; nothing else is ever read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from cleaner.settings import PLACE, WEB, Config

# What browsers show as pictures and never run.
KINDS: Mapping[str, str] = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def filled(template: str, file: str, folio: str) -> str:
    """A template with the raw file and the printed number of a page; empty where the number is needed and not known.

    The values stand in an address as they are sent, in a path as they are.

    >>> filled("https://scans.org/{stem}/{folio}.jpg", "essays/first 1.txt", "12/3")
    'https://scans.org/first%201/12%2F3.jpg'
    >>> filled("scans/{file}/{folio}.jpg", "essays/first 1.txt", "xiv"), filled("{folio}.jpg", "a.txt", "")
    ('scans/essays/first 1.txt/xiv.jpg', '')
    """
    if "{folio}" in template and not folio:
        return ""
    values = {"folio": folio, "file": file, "stem": PurePosixPath(file).stem}
    if WEB.match(template):
        values = {name: quote(os.fsencode(value), safe="/" * (name == "file")) for name, value in values.items()}
    return PLACE.sub(lambda found: values[found[1]], template)


def origin(template: str) -> str:
    """Where on the web images come from, empty for files.

    >>> origin("https://scans.org:8080/{stem}.jpg"), origin("scans/{stem}.jpg")
    ('https://scans.org:8080', '')
    """
    found = WEB.match(template)
    return found[0] if found else ""


def image(config: Config, file: str, folio: str) -> Path | None:
    """The image of a page among the project's files; None where there is none, or where a link leads out of the project."""
    name = filled(config.page_image, file, folio)
    if not name or "\0" in name or WEB.match(config.page_image):
        return None
    base = os.path.realpath(config.file.parent if config.file else os.curdir)
    path = Path(os.path.realpath(os.path.join(base, name)))
    if not path.is_relative_to(base) or path.suffix.lower() not in KINDS or not path.is_file():
        return None
    return path
