"""Make the sample scans: OCR text whose exact truth is known.

A cleaner of OCR text can only be judged against texts whose right reading is beyond doubt, and real
scans seldom come with one.  This program goes the other way about: it starts from a written text, prints
it as a small book or newspaper, spoils the page images as age and a scanner would, and lets Tesseract
read them.  What Tesseract returns is the raw scan; what was written is the truth.

    python tests/samples/build.py              all samples
    python tests/samples/build.py essay        one of them
    python tests/samples/build.py --pages DIR  keep the worn page images in DIR, to look at

For every ``source/NAME.txt`` beside this file it writes

    corpora/raw/samples/NAME.txt               the raw scan, saved in the way SAMPLES says
    tests/samples/truth/NAME.txt               the truth, UTF-8
    tests/samples/truth/NAME.furniture.json    one list per page: the running heads and folios on it

The wear is seeded, so the same versions of the tools give the same bytes each time.

Source markup.  Blocks are separated by blank lines; the first characters of each line say what it is:

    # Title          a chapter title (a leading ``IV. `` is left out of the running head)
    ## Heading       a heading within a chapter
    > line           a line of verse; each block is a stanza
    | a | b |        a row of a table
    - text           an item with a bullet
    1. text          an item with a number
    ~ line           a line set to the right: a date, a signature
    = line           a line that stands alone: an address, an entry of an index
    ^1 text          the foot note to the mark ``[^1]`` in the paragraph above it
    text             a paragraph; its lines are joined

Truth format.  A paragraph is one line, and a blank line stands between blocks.  Verse, tables, items and
other lines stay apart within their block.  A foot note (``1 text``; its mark is a plain number after the
word) follows the paragraph that bears its mark.  Running heads and folios are absent.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

try:
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter
except ImportError as absent:
    sys.exit(f"build.py: no Python package {absent.name!r}; install both with: pip install pillow numpy")

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
TRUTH = HERE / "truth"
RAW = HERE.parent.parent / "corpora" / "raw" / "samples"

DEBIAN_PACKAGE = {
    "groff": "groff",
    "ps2pdf": "ghostscript",
    "pdftoppm": "poppler-utils",
    "tesseract": "tesseract-ocr",
}

SIDE_MARGIN = 0.6  # inches, left and right
HEAD_MARGIN = 1.0  # inches above the text, the running head in the middle of it
FOOT_MARGIN = 0.8

NOTE_MARK = re.compile(r"\[\^(\d+)\]")
BULLET = "\u2022"


# ------------------------------------------------------------------ ways of saving a scan


def save_plain(pages: Sequence[str], rng: Random) -> bytes:
    """Pages parted by form feeds, nothing changed."""
    return "\n\f".join(page + "\n" for page in pages).encode()


def save_hyphens_lost(pages: Sequence[str], rng: Random) -> bytes:
    """No form feeds, and line ends as some tools leave them.

    The hyphen of a cut word is gone; every other line ends in a blank.
    """

    def line_end(line: str) -> str:
        cut = re.sub(r"(?<=[^\W\d_])[-\u00ac]$", "", line)
        return cut if cut != line or not line else line + " "

    texts = ("\n".join(map(line_end, page.split("\n"))) for page in pages)
    return ("\n\n\n\n".join(texts) + "\n").encode()


def save_mixed_bytes(pages: Sequence[str], rng: Random) -> bytes:
    """Windows-1252, with about a third of the lines in UTF-8 and a sixth in mojibake.

    The file as a whole is no valid UTF-8; in the lines of mojibake an apostrophe is three odd characters,
    since UTF-8 was once read as Windows-1252 and saved as UTF-8 again.
    """

    def encoded(line: str) -> bytes:
        lot = rng.random()
        if lot < 1 / 3:
            return line.encode()
        if lot < 1 / 2:
            try:
                return line.encode().decode("cp1252").encode()
            except UnicodeDecodeError:  # a right double quote holds a byte that Windows-1252 leaves undefined
                return line.encode()
        return line.encode("cp1252", errors="replace")

    lines = "\n\f".join(page + "\n" for page in pages).replace("\ufb01", "fi").replace("\ufb02", "fl")
    return b"\n".join(encoded(line) for line in lines.split("\n"))


def save_ligatures(pages: Sequence[str], rng: Random) -> bytes:
    """Form feeds, and every other fi or fl, by chance, as one ligature character."""

    def joined(pair: re.Match[str]) -> str:
        return {"fi": "\ufb01", "fl": "\ufb02"}[pair[0]] if rng.random() < 0.5 else pair[0]

    return save_plain([re.sub("f[il]", joined, page) for page in pages], rng)


# ------------------------------------------------------------------ the samples


@dataclass(frozen=True)
class Sample:
    """How one source is printed, worn and saved; lengths in inches, type in points."""

    name: str
    running_title: str
    first_folio: int
    save: Callable[[Sequence[str], Random], bytes]
    column_width: float
    text_height: float
    type_size: float
    leading: float
    family: str  # groff's letter: T Times, P Palatino, N New Century, B Bookman
    wear: float  # 0 leaves the page as printed
    seed: int
    columns: int = 1
    gutter: float = 0.3
    chapters_open_pages: bool = False
    dpi: int = 170

    @property
    def text_width(self) -> float:
        return self.columns * self.column_width + (self.columns - 1) * self.gutter

    @property
    def page_width(self) -> float:
        return self.text_width + 2 * SIDE_MARGIN

    @property
    def page_height(self) -> float:
        return HEAD_MARGIN + self.text_height + FOOT_MARGIN


SAMPLES = (
    Sample(
        name="essay",
        running_title="THE LOCK AND THE LEDGER",
        first_folio=31,
        save=save_plain,
        column_width=3.3,
        text_height=5.3,
        type_size=10,
        leading=12,
        family="T",
        wear=1.0,
        seed=1868,
        chapters_open_pages=True,
    ),
    Sample(
        name="letters",
        running_title="UP THE VASHENDA",
        first_folio=112,
        save=save_hyphens_lost,
        column_width=3.4,
        text_height=5.2,
        type_size=10,
        leading=12.5,
        family="P",
        wear=1.0,
        seed=1907,
    ),
    Sample(
        name="gazette",
        running_title="THE ORRISMOUTH CHRONICLE, SATURDAY, OCTOBER 17, 1885.",
        first_folio=1,
        save=save_mixed_bytes,
        column_width=2.1,
        text_height=9.2,
        type_size=9,
        leading=10,
        family="N",
        wear=1.0,
        seed=1885,
        columns=3,
    ),
    Sample(
        name="handbook",
        running_title="THE ORROWMERE HANDBOOK",
        first_folio=204,
        save=save_ligatures,
        column_width=3.6,
        text_height=5.6,
        type_size=10,
        leading=12,
        family="T",
        wear=1.0,
        seed=1911,
    ),
)


# ------------------------------------------------------------------ reading a source


@dataclass(frozen=True)
class Block:
    """A piece of a source: what it is, and its lines without the markup."""

    kind: str
    lines: tuple[str, ...]

    @property
    def marks(self) -> list[str]:
        """The numbers of the foot notes it calls for, in order."""
        return NOTE_MARK.findall(" ".join(self.lines))


MARKUP = {
    "# ": "title",
    "## ": "heading",
    "> ": "verse",
    "| ": "row",
    "- ": "item",
    "~ ": "right",
    "= ": "line",
    "^": "note",
}


def block_of(text: str) -> Block:
    lines = text.split("\n")
    if re.match(r"\d+\. ", text):
        return Block("item", tuple(lines))
    for prefix, kind in MARKUP.items():
        if text.startswith(prefix):
            bullet = BULLET + " " if prefix == "- " else ""
            return Block(kind, tuple(bullet + line.removeprefix(prefix) for line in lines))
    return Block("prose", (" ".join(lines),))


def read_source(text: str) -> list[Block]:
    return [block_of(part) for part in re.split(r"\n{2,}", text.strip("\n"))]


def notes_by_mark(blocks: Sequence[Block]) -> list[dict[str, str]]:
    """For each block, the notes that its marks call for; a note stands after its own block."""
    found: list[dict[str, str]] = [{} for _ in blocks]
    for place, block in enumerate(blocks):
        if block.kind == "note":
            number, text = block.lines[0].split(" ", 1)
            owner = next(i for i in range(place, -1, -1) if number in blocks[i].marks)
            found[owner][number] = text
    return found


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("| ").split("|")]


def truth_of(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    for block, notes in zip(blocks, notes_by_mark(blocks), strict=True):
        if block.kind == "note":
            continue
        lines = [" ".join(cells(line)) for line in block.lines] if block.kind == "row" else block.lines
        parts.append(NOTE_MARK.sub(r"\1", "\n".join(lines)))
        parts.extend(f"{number} {notes[number]}" for number in block.marks)
    return "\n\n".join(parts) + "\n"


# ------------------------------------------------------------------ typesetting

# The page top (PT) and foot (BT) are those of the ms macros.  An opening page has no running head but a
# folio at the foot.  Whatever is printed there is also reported on standard error, for the furniture list.
PAGE_MACROS = r"""
.de Furniture
.tl \\$1
.tm furniture \\n% \\$2
..
.de PT
.if \\n[opening] .tl ''\s+8\fB\\*[masthead]\fP\s0''
.if \\n[opening] .return
.if o .Furniture "'\\*[recto]''\\n%'" "\\*[recto] \\n%"
.if e .Furniture "'\\n%''\\*[verso]'" "\\n% \\*[verso]"
..
.de BT
.if \\n[opening]*\\n[dropfolio] .Furniture "''\\n%''" "\\n%"
.nr opening 0
..
"""


def preamble(sample: Sample) -> str:
    settings = {
        "PO": f"{SIDE_MARGIN}i",
        "LL": f"{sample.text_width}i",
        "LT": f"{sample.text_width}i",
        "FL": f"{sample.text_width}i",
        "HM": f"{HEAD_MARGIN}i",
        "FM": f"{FOOT_MARGIN}i",
        "PS": f"{sample.type_size * 1000:.0f}",
        "VS": f"{sample.leading * 1000:.0f}",
        "FPS": f"{(sample.type_size - 1.5) * 1000:.0f}",
        "FVS": f"{(sample.leading - 2) * 1000:.0f}",
        "PI": "1.2m",
        "PD": "0",
        "HY": "12",
        "opening": "1",
        "dropfolio": str(int(sample.columns == 1)),
    }
    return "\n".join(
        [
            f".pl {sample.page_height}i",
            *(f".nr {register} {value}" for register, value in settings.items()),
            f".fam {sample.family}",
            ".ss 12 0",
            f".ds verso {sample.running_title}",
            f".ds recto {sample.running_title}",
            PAGE_MACROS.strip(),
            ".LP",
        ]
    )


def guarded(text: str) -> str:
    """Text that groff cannot take for a request."""
    return "\\&" + text.replace("\\", "\\e")


def prose_with_notes(text: str, notes: dict[str, str]) -> str:
    """A paragraph whose notes are given where their marks stand, so that they share its page."""
    out = ""
    rest = text
    while mark := NOTE_MARK.search(rest):
        raised = rf"\*{{{mark[1]}\*}}"
        out += f"{guarded(rest[: mark.start()])}{raised}\n.FS\n{raised} {notes[mark[1]]}\n.FE\n"
        rest = rest[mark.end() :].lstrip()
    return out + guarded(rest) if rest else out.rstrip("\n")


def set_title(sample: Sample, title: str, first: bool) -> list[str]:
    if sample.columns > 1:
        return [f".ds masthead {title}", f".MC {sample.column_width}i {sample.gutter}i"]
    head = f".ds recto {re.sub(r'^[IVX]+[.] ', '', title).upper()}"
    new_page = [".nr opening 1", ".bp"] if sample.chapters_open_pages and not first else []
    return [*new_page, head, *set_heading(rf"\s+2{title}\s0", before="1.5", after="1")]


def set_heading(text: str, before: str = ".7", after: str = ".3") -> list[str]:
    return [
        ".LP", f".sp {before}v", ".ne 4", ".ad c", ".nh",
        rf"\&\fB{text}\fP",
        ".br", f".sp {after}v", ".ad b",
    ]  # fmt: skip


def set_lines(lines: Sequence[str], indent: str) -> list[str]:
    broken = [part for line in lines for part in (guarded(line), ".br")]
    return [".LP", ".sp .5v", f".in {indent}", ".nf", *broken, ".fi", ".in 0", ".sp .5v"]


def set_items(items: Sequence[str]) -> list[str]:
    out = [".LP", ".sp .5v"]
    for item in items:
        label, text = item.split(" ", 1)
        out += [f".IP {label} 1.8m", guarded(text)]
    return [*out, ".LP", ".sp .5v"]


def set_table(rows: Sequence[str]) -> list[str]:
    body = [cells(row) for row in rows]
    formats = " ".join(["l"] + ["r"] * (len(body[0]) - 1)) + "."
    lines = ["\t".join(guarded(cell) for cell in row) for row in body]
    return [".LP", ".sp .5v", ".TS", "center;", formats, *lines, ".TE", ".sp .5v"]


def set_right(lines: Sequence[str]) -> list[str]:
    return [".LP", f".rj {len(lines)}", *(guarded(line) for line in lines), ".br"]


def typeset(sample: Sample, blocks: Sequence[Block]) -> str:
    """The whole source as input for groff's ms macros."""
    out = [preamble(sample)]
    for place, (block, notes) in enumerate(zip(blocks, notes_by_mark(blocks), strict=True)):
        match block.kind:
            case "title":
                out += set_title(sample, block.lines[0], first=place == 0)
            case "heading":
                out += set_heading(block.lines[0])
            case "prose":
                out += [".PP", prose_with_notes(block.lines[0], notes)]
            case "verse":
                out += set_lines(block.lines, indent="2m")
            case "line":
                out += set_lines(block.lines, indent="0")
            case "item":
                out += set_items(block.lines)
            case "row":
                out += set_table(block.lines)
            case "right":
                out += set_right(block.lines)
    return "\n".join(out) + "\n"


def furniture_of(reports: str, first_folio: int, pages: int) -> list[list[str]]:
    """The furniture reported by the page macros, sorted by page."""
    found: list[list[str]] = [[] for _ in range(pages)]
    for folio, text in re.findall(r"^furniture (\d+) (.+)$", reports, re.MULTILINE):
        found[int(folio) - first_folio].append(text)
    return found


def print_pages(sample: Sample, blocks: Sequence[Block], work: Path) -> tuple[list[Image.Image], list[list[str]]]:
    """Clean page images, and what furniture each bears."""
    groff = subprocess.run(
        [
            "groff", "-t", "-Kutf8", "-ms", "-Tps", f"-n{sample.first_folio}",
            f"-P-p{sample.page_height:.2f}i,{sample.page_width:.2f}i",
        ],
        input=typeset(sample, blocks).encode(),
        capture_output=True,
        check=True,
    )  # fmt: skip
    (work / "book.ps").write_bytes(groff.stdout)
    subprocess.run(["ps2pdf", "book.ps", "book.pdf"], cwd=work, check=True)
    subprocess.run(["pdftoppm", "-gray", "-r", str(sample.dpi), "book.pdf", "page"], cwd=work, check=True)
    images = [Image.open(path).convert("L") for path in sorted(work.glob("page-*.pgm"))]
    return images, furniture_of(groff.stderr.decode(), sample.first_folio, len(images))


# ------------------------------------------------------------------ wear


def clouds(width: int, height: int, cell: int, rng: np.random.Generator) -> np.ndarray:
    """A smooth field of values about 0, most within -1 and 1, whose features are about a cell wide."""
    coarse = rng.normal(0, 0.5, (height // cell + 2, width // cell + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def spotted(page: Image.Image, count: int, rng: np.random.Generator) -> Image.Image:
    """The page with small blots of ink and small holes in the print."""
    page = page.copy()
    draw = ImageDraw.Draw(page)
    for _ in range(count):
        x, y = rng.uniform(0, page.width), rng.uniform(0, page.height)
        across, down = rng.uniform(0.5, 2.2, 2)
        draw.ellipse((x - across, y - down, x + across, y + down), fill=int(rng.choice([40, 90, 245])))
    return page


def worn(page: Image.Image, wear: float, rng: np.random.Generator) -> Image.Image:
    """The page as an old print and a hurried scan would give it."""
    page = spotted(page, int(page.width * page.height / 9000 * wear), rng)
    page = page.rotate(rng.uniform(-0.4, 0.4) * wear, Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.75 * wear))
    tone = np.asarray(page, dtype=np.float32)
    ink = (255 - tone) * (0.82 + 0.18 * wear * clouds(page.width, page.height, 18, rng))
    paper = 236 + 14 * wear * clouds(page.width, page.height, 160, rng)
    grain = rng.normal(0, 13 * wear, tone.shape)
    return Image.fromarray(np.clip(paper - ink + grain, 0, 255).astype(np.uint8))


# ------------------------------------------------------------------ reading


def parts_to_read(sample: Sample, page: Image.Image) -> list[Image.Image]:
    """The page itself, or for a page in columns its head and then each column."""
    if sample.columns == 1:
        return [page]

    def dots(inches: float) -> int:
        return round(inches * sample.dpi)

    top = dots(HEAD_MARGIN - 0.1)
    step = sample.column_width + sample.gutter
    lefts = [SIDE_MARGIN - sample.gutter / 2 + step * i for i in range(sample.columns)]
    strips = [page.crop((dots(left), top, dots(left + step), page.height)) for left in lefts]
    return [page.crop((0, 0, page.width, top)), *strips]


def read_image(image: Image.Image, dpi: int, work: Path) -> str:
    path = work / "read.png"
    image.save(path)
    done = subprocess.run(
        ["tesseract", path, "-", "-l", "eng", "--psm", "4", "--dpi", str(dpi)],
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode().replace("\f", "").strip("\n")


def read_page(sample: Sample, page: Image.Image, work: Path) -> str:
    texts = (read_image(part, sample.dpi, work) for part in parts_to_read(sample, page))
    return "\n\n".join(text for text in texts if text)


# ------------------------------------------------------------------ the whole


def build(sample: Sample, pages_dir: Path | None) -> None:
    """Write the raw scan, the truth and the furniture list of one sample."""
    blocks = read_source((SOURCE / f"{sample.name}.txt").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        clean, furniture = print_pages(sample, blocks, work)
        texts = []
        for number, page in enumerate(clean):
            spoiled = worn(page, sample.wear, np.random.default_rng([sample.seed, number]))
            if pages_dir:
                spoiled.save(pages_dir / f"{sample.name}-{number + 1:02}.png")
            texts.append(read_page(sample, spoiled, work))
    (RAW / f"{sample.name}.txt").write_bytes(sample.save(texts, Random(sample.seed)))
    (TRUTH / f"{sample.name}.txt").write_text(truth_of(blocks), encoding="utf-8")
    listed = ",\n".join(" " + json.dumps(lines, ensure_ascii=False) for lines in furniture)
    (TRUTH / f"{sample.name}.furniture.json").write_text(f"[\n{listed}\n]\n", encoding="utf-8")
    print(f"{sample.name}: {len(texts)} pages, {sum(map(len, texts))} characters")


def check_tools() -> None:
    missing = [tool for tool in DEBIAN_PACKAGE if shutil.which(tool) is None]
    if missing:
        packages = " ".join(DEBIAN_PACKAGE[tool] for tool in missing)
        sys.exit(f"build.py: cannot find {', '.join(missing)}; on Debian: apt-get install {packages}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Print, wear and read the sample texts.")
    names = [sample.name for sample in SAMPLES]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"samples to make: {', '.join(names)}")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="keep the worn page images here")
    args = parser.parse_args()
    if unknown := set(args.names) - set(names):
        parser.error(f"no sample called {', '.join(sorted(unknown))}")
    check_tools()
    for folder in (RAW, TRUTH, args.pages):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        if not args.names or sample.name in args.names:
            build(sample, args.pages)


if __name__ == "__main__":
    main()
