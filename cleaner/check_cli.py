"""``cleaner check``: list what proofreaders look for, and change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from cleaner.console import CHANGES, FAILED, fault, read_stdin, say, talk
from cleaner.errors import DocumentError, UsageError, nearest

STDIN = "-"


@click.command(short_help="List what proofreaders look for; change nothing.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", "only", multiple=True, metavar="KIND", help="Only findings of this kind; repeatable.")
@click.option("--skip-kind", "skipped", multiple=True, metavar="KIND", help="No findings of this kind; repeatable.")
@click.option("--lang", metavar="CODE", help="Language code such as en (default: that of log or settings).")
@click.option("--json", "as_json", is_flag=True, help="JSON, a line for each finding.")
def check(
    paths: tuple[Path, ...], only: tuple[str, ...], skipped: tuple[str, ...], lang: str | None, as_json: bool
) -> None:
    """List what proofreaders look for in texts (default: folders.clean of cleaner.toml); '-' reads stdin.

    Each finding is a line: path:line:column: kind: what is odd, with its page where the log beside a clean text
    tells it, and the words around. Nothing is changed.

    Kinds: doubled (words), quote, bracket, start (of paragraphs), number (missing in a series), spelling, hyphen,
    mark (punctuation), figure (in words).

    Exit codes: 0 nothing found, 1 something was, 2 usage, 3 a file could not be read (the others are listed).
    """
    from cleaner import checking, proofing, settings  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    for kind in (*only, *skipped):
        if kind not in proofing.KINDS:
            raise UsageError(f"there is no kind {kind!r}", nearest(kind, proofing.KINDS))
    kinds = {kind for kind in only or proofing.KINDS if kind not in skipped}
    config = settings.load(Path.cwd())
    found: list[str] = []
    texts, failed = 0, False
    if STDIN in map(str, paths):
        if len(paths) > 1:
            raise UsageError("- is read from stdin, alone", "leave out the other paths")
        read = checking.check(read_stdin(), lang or config.settings.language, kinds)
        coming: Iterable[tuple[Path, checking.Checked | DocumentError]] = [(Path(STDIN), read)]
    else:
        coming = checking.check_files(paths or (config.clean,), config, lang, kinds)
    for path, checked in coming:
        if isinstance(checked, DocumentError):
            fault(DocumentError(f"{show(path)}: {checked.message}", checked.hint))
            failed = True
            continue
        texts += 1
        found += (one.kind for one, _ in checked.found)
        for line in (checking.as_json if as_json else checking.lines)(show(path), checked):
            say(line)
    for line in checking.summary(found, texts):
        talk(line)
    if failed or found:
        raise SystemExit(FAILED if failed else CHANGES)
