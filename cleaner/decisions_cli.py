"""The commands for what people decide: write it down, look it over, take edits over, close texts, hand it on."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cleaner.console import CHANGES, FAILED, confirm, fault, say, talk, write
from cleaner.errors import CleanerError, UsageError
from cleaner.options import PATH, book_option, config, desk, out_option, who_option

SCOPES = click.Choice(["here", "document", "corpus"])
CLEAN = "to have them obeyed: make clean, or cleaner clean"
PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)


@click.command(short_help="Write decisions down, for scripts.")
@click.argument("path", type=PATH)
@click.option("--accept", multiple=True, metavar="ID", help="The change with this id shall be; repeatable.")
@click.option("--reject", multiple=True, metavar="ID", help="It shall not be; repeatable.")
@click.option("--replace", multiple=True, metavar="ID=TEXT", help="TEXT instead of it; with --at OLD=NEW; repeatable.")
@click.option("--scope", type=SCOPES, default="here", show_default=True, help="What --accept ... hold for.")
@click.option("--at", metavar="LINE:COL", help="Where OLD of --replace OLD=NEW stands; in a book FILE:LINE:COL.")
@click.option("--furniture", multiple=True, metavar="LINES", help="These lines are furniture; repeatable.")
@click.option("--text", multiple=True, metavar="LINES", help="These lines are text; repeatable.")
@click.option("--page", multiple=True, metavar="LINE=FOLIO", help="Here a page begins; repeatable.")
@click.option("--keep-lines", "lines", multiple=True, metavar="LINES", help="Their line ends stay; repeatable.")
@click.option("--garbage", multiple=True, metavar="LINES", help="They cannot be read, and stay; repeatable.")
@who_option
@out_option
@book_option
def decide(
    *,
    path: Path,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    replace: tuple[str, ...],
    scope: str,
    at: str | None,
    who: str,
    out: Path | None,
    books: tuple[Path, ...],
    **said: tuple[str, ...],
) -> None:
    """Write decisions about one text down, all of them or none. PATH is its raw file, its clean text, or its log.

    IDs stand in the log ("id"). Without a proposal: --at LINE:COL --replace OLD=NEW where OLD stands, in the raw text or,
    where PATH is the clean text, there. LINES are LINE or FIRST-LAST, counted in the same way.
    """
    from cleaner.review import giving, listed  # noqa: PLC0415

    table = desk(() if books else (path,), books, out, who)
    if len(table.texts) != 1:
        raise UsageError(f"{path}: these are {len(table.texts):,} texts", "decide about one")
    name = table.texts[0].name
    side = giving.Side(table.sheet(name), os.path.abspath(path) == os.path.abspath(table.texts[0].clean))
    answers: list[tuple[str, str, str | None]] = [("accept", id_, None) for id_ in accept]
    answers += [("reject", id_, None) for id_ in reject]
    found = []
    with table.together():
        if at is not None:
            if len(replace) != 1 or scope != "here":
                raise UsageError("--at needs one --replace OLD=NEW, and holds here", "give one")
            found += giving.write_at(table, side, at, replace[0])
        else:
            answers += [("replace", *giving.pair(one)) for one in replace]
        if answers:
            found += giving.by_id(table, name, answers, scope)
        found += [giving.say(table, side, verdict, lines) for verdict, given in said.items() for lines in given]
    if not found:
        raise UsageError("nothing was decided", "give --accept, --reject, --replace, --furniture ...")
    for one in found:
        say(listed.what(one))
    talk(f"{_count(len(found))} written; {CLEAN}")


def _count(number: int) -> str:
    return f"{number:,} decision{'s' * (number != 1)}"


@click.group(short_help="Look decisions over.")
def decisions() -> None:
    """Look through what was decided, and find and drop what can be obeyed no more.

    Without PATH for all of rules/decisions (folders.decisions of cleaner.toml). A PATH is a raw file, a clean text, a log,
    a folder of these, or a file of decisions.
    """


def _tell(paths: tuple[Path, ...], out: Path | None, nothing: str, *, only_stale: bool = False) -> None:
    from cleaner.finding import show  # noqa: PLC0415
    from cleaner.review import listed  # noqa: PLC0415

    setup = config()
    found = listed.listed(paths, setup, out or setup.clean)
    shown = [line for one in found for line in listed.lines(one, only_stale=only_stale)]
    for line in shown:
        say(line)
    if not shown:
        everywhere = listed.for_all(setup) if paths and not only_stale else None
        talk(f"what is decided for all texts: cleaner decisions list {show(everywhere)}" if everywhere else nothing)


@decisions.command("list", short_help="List what is decided.")
@click.argument("paths", nargs=-1, type=PATH)
@out_option
def list_(paths: tuple[Path, ...], out: Path | None) -> None:
    """List what is decided: number, line and column of the raw text, verdict, before and after, scope, who."""
    _tell(paths, out, "nothing is decided yet")


@decisions.command(short_help="List what can be obeyed no more.")
@click.argument("paths", nargs=-1, type=PATH)
@out_option
def stale(paths: tuple[Path, ...], out: Path | None) -> None:
    """List the decisions that can be obeyed no more, with the reason: the raw text was replaced, what was seen is gone,
    another decision says the opposite.
    """
    _tell(paths, out, "every decision can be obeyed", only_stale=True)


@decisions.command(short_help="Take decisions back.")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--number", "numbers", multiple=True, type=click.IntRange(1), help="As 'list' shows it; repeatable.")
@click.option("--stale", "gone", is_flag=True, help="All that can be obeyed no more.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@out_option
def drop(paths: tuple[Path, ...], numbers: tuple[int, ...], gone: bool, yes: bool, out: Path | None) -> None:
    """Take decisions back: those of one file by their numbers, or all that can be obeyed no more.

    What is decided for all texts stands in a file of its own: give rules/decisions/_corpus.jsonl as PATH.
    """
    from cleaner.review import listed  # noqa: PLC0415

    if bool(numbers) == gone:
        raise UsageError("say which: --number or --stale, one of them", "cleaner decisions list shows the numbers")
    setup = config()
    found = [*listed.listed(paths, setup, out or setup.clean)]
    chosen = listed.to_drop(found, numbers, setup)
    for one in found:
        for entry in one.entries:
            if (one.path, entry.number) in chosen:
                talk(listed.what(entry.decision))
    if not chosen or not (yes or confirm(f"Drop {_count(len(chosen))}?")):
        talk("nothing was dropped")
        return
    listed.drop(found, numbers, setup)
    talk(f"{_count(len(chosen))} dropped; {CLEAN}")


@click.command(short_help="Make decisions of edited clean texts.")
@PATHS
@who_option
@out_option
@book_option
def adopt(paths: tuple[Path, ...], who: str, out: Path | None, books: tuple[Path, ...]) -> None:
    """Make decisions of what you changed in clean texts with an editor, and clean them again: they read as you left them.

    A text that does not come out as you edited it, since rules changed meanwhile, stays as it is.
    """
    from cleaner.finding import show  # noqa: PLC0415

    table = desk(paths, books, out, who)
    failed = False
    for text in table.texts:
        try:
            done = table.adopt_file(text.name)
        except CleanerError as error:
            fault(error)
            failed = True
            continue
        if done.outcome is None:
            talk(f"{show(text.clean)}: not edited")
            continue
        talk(f"{show(text.clean)}: {_count(len(done.decisions))}")
        if done.outcome.what != "cleaned":
            failed = True
            reason = done.outcome.reason if done.outcome.what == "failed" else "cleaned now it would read otherwise"
            talk(f"  {reason}: left as you edited it", style="red")
            talk("  -> cleaner clean --force obeys the decisions, and keeps your text as x.txt.edited")
    if failed:
        raise SystemExit(FAILED)


@click.command(short_help="Declare clean texts finished.")
@PATHS
@out_option
@book_option
def freeze(paths: tuple[Path, ...], out: Path | None, books: tuple[Path, ...]) -> None:
    """Declare clean texts finished: no run touches them any more, whatever rules and settings become.

    cleaner diff --would shows what would change. A text that was edited is adopted first.
    """
    _each("freeze", "frozen", paths, out, books)


@click.command(short_help="Let frozen texts be cleaned again.")
@PATHS
@out_option
@book_option
def thaw(paths: tuple[Path, ...], out: Path | None, books: tuple[Path, ...]) -> None:
    """Let frozen texts be cleaned again."""
    _each("thaw", "thawed", paths, out, books)


def _each(verb: str, done: str, paths: tuple[Path, ...], out: Path | None, books: tuple[Path, ...]) -> None:
    from cleaner.finding import show  # noqa: PLC0415

    table = desk(paths, books, out)
    failed = False
    for text in table.texts:
        try:
            new = table.freeze(text.name) if verb == "freeze" else table.thaw(text.name)
        except CleanerError as error:
            fault(error)
            failed = True
        else:
            talk(f"{show(text.clean)}: {done if new else f'is {done} already'}")
    if failed:
        raise SystemExit(FAILED)


@click.command(short_help="Write what was done to a text as a patch.")
@click.argument("path", type=PATH)
@click.option("--patch", is_flag=True, required=True, help="As JSON lines that 'cleaner import' applies.")
@click.option("-o", "--out", type=PATH, help="The file (default: stdout).")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option("--clean", type=PATH, help="Folder of the clean files (default: that of clean).")
@book_option
def export(path: Path, patch: bool, out: Path | None, force: bool, clean: Path | None, books: tuple[Path, ...]) -> None:
    """Write what was done to a text as a patch for another copy of its raw text: what was decided, and every change that
    was applied.
    """
    from cleaner import store  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415
    from cleaner.review import patches  # noqa: PLC0415

    table = desk(() if books else (path,), books, clean)
    if len(table.texts) != 1:
        raise UsageError(f"{show(path)}: these are {len(table.texts):,} texts", "a patch is for one")
    data = patches.export(table, table.texts[0].name).encode("ascii")
    if out is None:
        write(data)
        return
    if os.path.lexists(out) and not force:
        raise UsageError(f"{show(out)} exists", "give another name, or --force to write over it")
    store.replace_file(out, data)
    talk(f"written to {show(out)}")


@click.command("import", short_help="Take over a patch.")
@click.argument("patch", type=PATH)
@click.argument("raw", required=False, type=PATH)
@out_option
@book_option
def import_(patch: Path, raw: Path | None, out: Path | None, books: tuple[Path, ...]) -> None:
    """Take over what was done to another copy of a raw text: as decisions, but for what cleaning comes to by itself.

    RAW is the raw file; without it the one of the same bytes, or else of the same name, in the raw folder. In a text of
    other bytes that is taken over which fits just once; the rest is listed, and the exit code is 1.
    """
    from cleaner.finding import show  # noqa: PLC0415
    from cleaner.review import listed, patches  # noqa: PLC0415

    setup = config(books)
    found = patches.read(_read(patch), patch)
    done = patches.apply(found, raw or next(iter(books), None), setup, out or setup.clean)
    for one in done.stale:
        say(f"does not fit: {listed.what(one)}")
    talk(f"{show(done.raw)}: {_count(len(done.new))} written" + (f"; {CLEAN}" if done.new else ""))
    if done.stale:
        raise SystemExit(CHANGES)


def _read(path: Path) -> bytes:
    from cleaner import store  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    data = None if path.is_dir() else store.read_if_there(path)
    if data is None:
        raise UsageError(f"{show(path)}: there is no such file", "give a patch")
    return data
