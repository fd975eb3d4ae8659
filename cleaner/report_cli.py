"""``cleaner report``: what was done to the texts of a folder, as pages for people or as data."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.console import FAILED, bar, fault, talk, write
from cleaner.errors import DocumentError, UsageError
from cleaner.names import visible
from cleaner.report import FOLDER, FORMATS

STDOUT = Path("-")


@click.command(short_help="Show what was done to clean texts, as pages.")
@click.argument("place", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="html", show_default=True,
    help="Pages for people; or Markdown or a diff of paragraphs for each text; or all changes in one file.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder (default: reports, beside cleaner.toml); - is stdout."
)
def report(place: Path | None, form: str, out: Path | None) -> None:
    """Show what was done to the clean texts in DIR (default: folders.clean of cleaner.toml), from their logs alone.

    DIR may be one clean text. Writes a page for each text, and an index of them: raw and clean side by side, changes by
    stage, rule, page and confidence, what is held, what was removed. The same texts and logs give the same bytes.
    """
    from cleaner import settings  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415
    from cleaner.report import reading, writing  # noqa: PLC0415

    config = settings.load(Path.cwd())
    place = place or config.clean
    if out is None:
        out = (config.file.parent if config.file else Path()) / FOLDER
    if out == STDOUT and form == writing.HTML:
        raise UsageError("pages are files", "name a folder with --out, or another --format")
    texts = reading.find(place)
    put = (lambda _, text: write(text.encode())) if out == STDOUT else writing.into(out)
    writer = writing.Writer(put, form, lone=not place.is_dir())
    faults = []
    with bar(len(texts), sum(text.size for text in texts)) as done:
        for text, wrong in reading.each(texts, config, writer.add):
            done(text.name, text.size)
            faults.extend([wrong] if wrong else [])
    writer.finish(faults)
    for one in faults:
        if one.failed:
            fault(DocumentError(f"{one.name}: {one.message}", one.hint))
        else:
            talk(f"{visible(one.name)}: left out, {one.message}")
    if out != STDOUT:
        made = len(texts) - len(faults)
        talk(f"{made:,} text{'s' * (made != 1)} written to {show(out)}")
    if any(one.failed for one in faults):
        raise SystemExit(FAILED)
