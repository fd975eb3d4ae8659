"""``cleaner lexicon``: the commands that make the counts of a corpus, and say what is known of a word."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.console import bar, say, talk


@click.group(short_help="Count the words of a corpus; look words up.")
def lexicon() -> None:
    """Count the words of a corpus, and look up what is known of a word.

    What 'build' writes is given to other commands with --lexicon, as are word lists of your own.
    """


@lexicon.command(short_help="Count the words of texts.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="The counts, as TSV.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Leave out words rarer than that.")
@click.option("--force", is_flag=True, help="Write over a file that was edited, or that is no such counts.")
def build(paths: tuple[Path, ...], out: Path, least: int, force: bool) -> None:
    """Count the words of files and folders, clean texts or raw scans, for --lexicon.

    The first and the last word of each line are left out, since a scan may have cut them. The same texts give the same
    bytes.
    """
    from cleaner import books, finding, lexicons, settings  # noqa: PLC0415

    archives = tuple(path for path in paths if books.is_archive(path))
    found = finding.find(paths, None, None, settings.load(Path.cwd(), archives).is_book)
    with bar(len(found.places), sum(place.size for place in found.places)) as done:
        built = lexicons.build(found, out, done, least=least, force=force)
    talk(f"{built.words:,} words of {built.texts:,} texts, {built.forms:,} different ones; {built.kept:,} kept")
    talk(f"written to {finding.show(out)}")


@lexicon.command(short_help="Show what is known of words.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option("--lang", metavar="CODE", help="Language code such as en (default: that of the settings).")
def show(file: Path, words: tuple[str, ...], lang: str | None) -> None:
    """Show what FILE, the lexicons of the settings, the general frequencies and the dictionary know of words.

    FILE is a word list, or counts that 'build' made.
    """
    from cleaner import lexicons, settings  # noqa: PLC0415
    from cleaner.api import Cleaner  # noqa: PLC0415

    config = settings.load(Path.cwd())
    known = config.settings_for(Path(), {"language": lang} if lang else {})
    cleaner = Cleaner(known, rules=config.rules, lexicons=[file])
    for word in words:
        for line in lexicons.told(word, cleaner.settings):
            say(line)
