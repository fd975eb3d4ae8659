"""What several commands take: the settings of a folder, books, the folder of the clean texts, who decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from cleaner.review.desk import Desk
    from cleaner.settings import Config

PATH = click.Path(path_type=Path)

Command = TypeVar("Command", bound=Callable[..., Any])


def config(books: tuple[Path, ...] = ()) -> Config:
    """The settings file of this folder, or of the nearest one above it; ``books`` are those that are named beside it."""
    from cleaner import settings  # noqa: PLC0415

    return settings.load(Path.cwd(), books)


def book_option(command: Command) -> Command:
    """Folders and archives that are one text each."""
    say_so = "A folder or ZIP with one text file a page, as one text named after it; repeatable."
    return click.option("--book", "books", multiple=True, type=PATH, help=say_so)(command)


def out_option(command: Command) -> Command:
    """Where the clean texts are."""
    return click.option("--out", type=PATH, help="Folder of the clean files (default: that of clean).")(command)


def who_option(command: Command) -> Command:
    """Whose decisions these are."""
    return click.option("--who", default="", metavar="NAME", help="Whose decisions these are.")(command)


def desk(paths: tuple[Path, ...], books: tuple[Path, ...], out: Path | None, who: str = "") -> Desk:
    """The desk with the texts of some paths."""
    from cleaner.review import desk as opening  # noqa: PLC0415

    setup = config(books)
    return opening.open_desk((*paths, *books), setup, out or setup.clean, who=who)
