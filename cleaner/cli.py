"""The command line. Each command is a few lines around one function of the library.

Text and JSON go to stdout, talk and the bar to stderr. Exit 0 done; 1 something would change (``--check``), or was
found (``check``); 2 usage; 3 a document failed, the others are done. Everything heavy is imported inside the commands:
``--help`` shall be quick.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.check_cli import check
from cleaner.console import CHANGES, FAILED, House, bar, fault, read_stdin, say, say_styled, talk, trace, width, write
from cleaner.decisions_cli import adopt, decide, decisions, export, freeze, import_, thaw
from cleaner.errors import DocumentError, UsageError
from cleaner.lexicon_cli import lexicon
from cleaner.names import visible
from cleaner.options import book_option, config, out_option
from cleaner.report_cli import report
from cleaner.review_cli import review
from cleaner.rules_cli import rules
from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.corpus import Mode, Outcome, Plan
    from cleaner.finding import Found
    from cleaner.finishing import Finish

STDIN = "-"

STYLE_OPTIONS = (
    ("--quotes", ["keep", "straight"], "Quotation marks: as they are, or straight."),
    ("--dashes", ["keep", "ascii"], "Dashes: as they are, or as - and --."),
    ("--ellipses", ["keep", "dots", "character"], "Ellipses: as they are, as three dots, or as one character."),
    ("--long-s", ["keep", "round"], "The letter long s: as it is, or s."),
    ("--sentence-spacing", ["keep", "one"], "Blanks behind a stop: as they are, or one."),
    ("--unicode", ["nfc", "nfkc"], "Characters as they are, or without presentation forms."),
)

Command = TypeVar("Command", bound=Callable[..., Any])


def settings_options(command: Command) -> Command:
    """What decides how one text is cleaned, the same for every command that cleans."""
    rule, layouts = "STAGE|RULE", click.Choice(["paragraphs", "lines"])
    skip = click.option("--skip", multiple=True, metavar=rule, help="Not these stages, rules or 'rules'; repeatable.")
    only = click.option("--only", multiple=True, metavar=rule, help="Only these stages, rules or 'rules'; repeatable.")
    layout = click.option("--layout", type=layouts, help="Join the lines of a paragraph, or keep the lines.")
    lang = click.option("--lang", metavar="CODE", help="Language code such as en, or auto.")
    kinds = click.Choice(["none", "folio", "formfeed"])
    places = click.Choice(["keep", "after", "end"])
    notes = click.option(
        "--notes", type=places, help="Notes at a page's foot: there, after the paragraph, or at the end."
    )
    figures = click.Choice(["keep", "raised", "bracket", "drop"])
    calls = click.option(
        "--note-marks", type=figures, help="Marks of notes: as they are, as ²⁵, as [25], or not at all."
    )
    marks = click.option("--page-marks", type=kinds, help="Mark where pages begin: [p. 213], or a form feed.")
    keep = click.option(
        "--keep-furniture/--no-keep-furniture",
        default=None,
        help="Leave running heads, folios and form feeds in the text.",
    )
    lists = "Words that are right, or counts that 'lexicon build' made; repeatable."
    file = click.Path(path_type=Path)
    words = click.option("--lexicon", "lexicons", multiple=True, metavar="FILE", type=file, help=lists)
    dated = "Century of the texts, such as 18, for the rules of a century; 0 where it is unknown."
    century = click.option("--century", type=int, metavar="NUMBER", help=dated)
    for name, choices, said in reversed(STYLE_OPTIONS):
        command = click.option(name, type=click.Choice(choices), help=said)(command)
    return lang(century(words(layout(marks(notes(calls(keep(only(skip(command))))))))))


def given(lang: str | None, only: Sequence[str], skip: Sequence[str], **others: Any) -> dict[str, Any]:
    """The settings that the command line gives: these win over every file."""
    values = {"language": lang, "only": tuple(only), "skip": tuple(skip), **others}
    return {key: value for key, value in values.items() if value not in (None, ())}


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="cleaner")
def main() -> None:
    """Clean up OCR text, and account for every character that is touched.

    Exit codes: 0 done, 1 something would change (--check) or was found (check), 2 usage, 3 a document failed (the
    others are done).
    """


for command in (check, report, review, decide, decisions, adopt, freeze, thaw, export, import_, lexicon, rules):
    main.add_command(command)


@main.command(short_help="Clean files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@book_option
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: folders.clean of cleaner.toml).")
@click.option("--jobs", type=click.IntRange(1), help="Processes (default: one for each core).")
@settings_options
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be done.")
@click.option("--force", is_flag=True, help="Clean what is up to date or edited too; edited texts are kept in a copy.")
@click.option("--prune", is_flag=True, help="Delete clean files whose raw file is gone, unless they were edited.")
def clean(
    *,
    paths: tuple[Path, ...],
    books: tuple[Path, ...],
    out: Path | None,
    jobs: int | None,
    check: bool,
    dry_run: bool,
    force: bool,
    prune: bool,
    **options: Any,
) -> None:
    """Clean files and folders (default: folders.raw of cleaner.toml); '-' cleans stdin to stdout.

    Writes x.txt and its change log x.changes.jsonl for each x.txt, and index.tsv, into the output folder. A folder is
    read recursively and its tree is kept; --book reads one as a single text of many pages. What lies in the raw folder
    of the settings keeps its place there, in the clean folder of the settings. What is up to date is left alone; what
    was edited by hand is never written over without --force.
    """
    from cleaner import corpus, finding, finishing, following, store  # noqa: PLC0415
    from cleaner import talk as words  # noqa: PLC0415
    from cleaner.engines import local  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    if check and dry_run:
        raise UsageError("--check and --dry-run exclude each other", "give one of them")
    if STDIN in map(str, paths):
        if len(paths) > 1 or books or out is not None:
            raise UsageError("- is cleaned from stdin to stdout, alone", "leave out --out and the other paths")
        _clean_stdin(check, **options)
        return
    start = perf_counter()
    setup = config(books)
    out = out or setup.clean
    mode: Mode = "check" if check else "dry" if dry_run else "write"
    found = finding.find((*paths, *books) or (setup.raw,), out, setup.raw_of(out), setup.is_book)
    plan = corpus.plan(found, out, setup, given(**options))
    with store.locked(out) if mode == "write" and plan.tasks else nullcontext():
        work = plan.work(mode, force=force)
        coming = local.run(work, plan.tasks, jobs=jobs or local.cores(), lost=corpus.lost)
        outcomes = list(_with_bar(coming, plan))
        finish = finishing.finish(plan, outcomes, mode=mode, prune=prune)
    followed = following.follow(outcomes, setup) if mode == "write" else []
    for line in words.summary(outcomes, plan, finish, mode=mode, seconds=perf_counter() - start):
        talk(line)
    for line in words.followed(followed):
        talk(line)
    if mode == "write" and any(outcome.what == "cleaned" for outcome in outcomes):
        talk(f"written to {show(out)}")
        for line in words.single_pages(plan):
            talk(line)
    _traces(outcomes)
    sys.exit(_exit_code(outcomes, found, finish, mode))


def _exit_code(outcomes: Iterable[Outcome], found: Found, finish: Finish, mode: Mode) -> int:
    what = {outcome.what for outcome in outcomes}
    if "failed" in what or finish.error or any(passed.failed for passed in found.passed):
        return FAILED
    deleting = finish.asked and any(not orphan.reason for orphan in finish.orphans)
    if mode == "check" and ("stale" in what or deleting or finish.outdated):
        return CHANGES
    return 0


def _clean_stdin(check: bool, **options: Any) -> None:
    from cleaner import binary, journal  # noqa: PLC0415
    from cleaner import talk as words  # noqa: PLC0415
    from cleaner.api import Cleaner  # noqa: PLC0415

    setup = config()
    raw = read_stdin()
    binary.refuse(raw)
    result = Cleaner(setup.settings_for(Path(STDIN), given(**options)), rules=setup.rules).clean(raw, name=STDIN)
    if (found := journal.language(result.records)).foreign:
        talk(f"{words.looks(found)}: {words.ONLY}")
    for said, what_to_do in words.to_look_at(journal.passages(result.records)):
        talk(f"{said}, {what_to_do}")
    if check:
        sys.exit(CHANGES if result.data != raw else 0)
    write(result.data)


def _with_bar(outcomes: Generator[Outcome, None, None], plan: Plan) -> Iterator[Outcome]:
    """The outcomes as they come, with a bar of bytes where somebody watches."""
    size = sum(task.size for task in plan.tasks)
    with closing(outcomes), bar(len(plan.tasks), size) as done:
        for outcome in outcomes:
            done(outcome.path.name, outcome.size)
            yield outcome


def _traces(outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        trace(outcome.trace)


@main.command(short_help="Give the raw bytes of a clean text back.")
@click.argument("path", metavar="CLEAN.txt", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="File (default: stdout, as bytes); for a book a folder.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
def restore(path: Path, out: Path | None, force: bool) -> None:
    """Give back the raw bytes of a clean text, by the change log beside it; of a book all pages, into a folder."""
    from cleaner import books, store  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    if path.is_dir():
        raise UsageError(f"{show(path)} is a folder", "give one clean text, such as texts/book.txt")
    raw = store.restore(path)
    if not isinstance(raw, bytes):
        if out is None:
            raise UsageError(f"{show(path)} is a book, {len(raw):,} pages", "give a new folder for them with --out DIR")
        books.unpack(raw, out, force=force)
        return
    if out is None:
        write(raw)
        return
    if os.path.exists(out) and not os.path.isfile(out):  # a rename would put a file in the place of a pipe or a device
        raise UsageError(f"{show(out)} is not a file", "give the name of a file with --out, or leave it out for stdout")
    if os.path.lexists(out) and not force:
        raise UsageError(f"{show(out)} exists", "give another name with --out, or --force to write over it")
    store.replace_file(out, raw)


@main.command(short_help="Delete what clean made, but no edited text.")
@click.argument("out", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--keep", multiple=True, metavar="GLOB", help="Leave these, relative to DIR; repeatable.")
def reset(out: Path | None, keep: tuple[str, ...]) -> None:
    """Delete what 'clean' made in DIR (default: folders.clean of cleaner.toml): texts, logs and index.tsv.

    A text that was edited by hand or frozen stays, and so does every file that 'clean' did not write.
    """
    from cleaner import ledger, resetting  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    setup = config()
    done = resetting.reset(out or setup.clean, keep, ledger.load(setup.decisions, setup.raw).frozen)
    for path in done.frozen:
        talk(f"{show(path)}: frozen: left as it is (cleaner thaw)")
    for path in done.edited:
        talk(f"{show(path)}: edited by hand, or its log is damaged: left as it is")
    talk(f"{len(done.deleted):,} clean texts deleted with their logs")


@main.command(short_help="Show word by word what cleaning changes.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@book_option
@click.option("--would", is_flag=True, help="How the clean files in --out would change if they were cleaned now.")
@click.option("--held", is_flag=True, help="What was proposed and not applied, for you to look at.")
@out_option
@settings_options
def diff(
    paths: tuple[Path, ...], books: tuple[Path, ...], would: bool, held: bool, out: Path | None, **options: Any
) -> None:
    """Show word by word what cleaning changes: of raw files, clean files with their log, or folders of either.

    [-removed-] and {+added+}, with the number of the line in the raw text. With --would: how the clean files would
    differ if the raw files were cleaned now. With --held: what waits for a decision, with its readings and reasons.
    """
    from cleaner import comparing, wordiff  # noqa: PLC0415
    from cleaner import talk as words  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    setup = config(books)
    columns, bad = width(), 0
    texts = comparing.Texts(setup, out or setup.clean, given(**options))
    if would and held:
        raise UsageError("--would and --held exclude each other", "give one of them")
    compare = texts.would if would else texts.changes
    for path, compared in compare((*paths, *books) or (setup.raw,)):
        if isinstance(compared, DocumentError):
            fault(DocumentError(f"{path}: {compared.message}", compared.hint))
            bad += 1
            continue
        if held:
            for waiting in words.held(show(path), compared.records):
                say(waiting)
            continue
        shown = None
        for hunk in wordiff.hunks(compared.old, compared.changes, compared.files):
            if hunk.file != shown:
                say(f"{show(path)}: {visible(hunk.file)}" if hunk.file else show(path))
                shown = hunk.file
            for line in wordiff.lines(hunk, columns):
                say_styled(line)
    sys.exit(FAILED if bad else 0)


@main.command(short_help="Show what is done to a snippet, or a book's pages.")
@click.argument("text", required=False)
@click.option(
    "--pages", type=click.Path(path_type=Path), metavar="FILE", help="The pages of a clean text, a raw file or a book."
)
@click.option("--json", "as_json", is_flag=True, help="JSON, a line for each change, or page.")
@settings_options
def explain(text: str | None, pages: Path | None, as_json: bool, **options: Any) -> None:
    """Show what each stage would do to a snippet and why; '-' reads it from stdin.

    Each place that is changed or held is shown with its readings and their probabilities, and each word that was looked
    at and left with the reason.

    With --pages FILE: the pages of a text, their folios as read and as fitted, their heads, and what was removed or held
    and why. FILE is a clean text with its log beside it, or what is cleaned in memory: a raw file, or a folder or ZIP
    archive with one file a page.
    """
    from cleaner import locating, pagetable  # noqa: PLC0415
    from cleaner import talk as words  # noqa: PLC0415
    from cleaner.api import Cleaner  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    if (text is None) == (pages is None):
        raise UsageError("give a snippet or --pages FILE, one of them", "for example: cleaner explain 'revolu- tion'")
    if pages is not None:
        setup = config()
        opened = locating.open_text(pages, setup, given(**options), setup.clean, anew=True)
        if opened.edited:
            talk(f"{show(opened.path)}: edited since it was cleaned; the pages of its log:")
        table, held = pagetable.pages(opened.log), pagetable.held(opened.log)
        for line in pagetable.as_json(table) if as_json else pagetable.lines(show(pages), table, held):
            say(line)
        return
    assert text is not None
    setup = config()
    raw = read_stdin() if text == STDIN else os.fsencode(text)
    result = Cleaner(setup.settings_for(Path(STDIN), given(**options)), rules=setup.rules).clean(raw)
    if as_json:
        for record in [*result.explained, *result.records.marks, {"kind": "text", "text": result.text}]:
            say(json.dumps(record))
        return
    for line in words.explain(result.explained, result.records, result.text):
        say(line)


@main.command(short_help="Show where pages stand in the clean text.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("folios", metavar="PAGE...", nargs=-1, required=True)
@out_option
def locate(path: Path, folios: tuple[str, ...], out: Path | None) -> None:
    """Show where pages stand in the clean text, by their folios such as 213 or xiv: path:line:column, the line of the
    raw file, the first words. A number that the book has twice is shown twice; 14 means xiv too.

    FILE is a clean text with its log beside it; or a raw file, or a folder or ZIP archive with one file a page, which
    stands for its clean text in --out.
    """
    from cleaner import locating, pagetable  # noqa: PLC0415
    from cleaner.finding import show  # noqa: PLC0415

    setup = config()
    opened = locating.open_text(path, setup, {}, out or setup.clean)
    table, places = pagetable.pages(opened.log), locating.Places(opened)
    if opened.edited:
        talk(f"{show(opened.path)}: edited since it was cleaned, found by the words around")
    if not opened.written:
        talk(f"{show(opened.path)}: not written yet, or out of date; as it would be now:")
    missing = [folio for folio in folios if not pagetable.find(table, folio)]
    for folio in folios:
        for page in pagetable.find(table, folio):
            say(locating.line(show(opened.path), page, places.of(page)))
    if missing:
        there = pagetable.ranges(table) or "none: nothing in it shows where a page begins"
        raise UsageError(f"{show(path)} has no page {', '.join(missing)}", f"the pages that are there: {there}")
