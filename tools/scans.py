"""Make worn scans of clean texts and read them: pairs of truth and reading, for ``tools/channel.py`` to learn from.

    python tools/scans.py FILE... [--passages 12] [--seed 1] > pairs.jsonl

The files must be clean and free to use; what the cleaner is measured on does not belong among them. Passages are drawn in
type faces, sizes and resolutions chosen by lot, worn in ways chosen by lot, and read by Tesseract. As Tesseract knows
English, and the engines that read most old scans knew less, every other passage is read without its word lists, and one
in four has words of no language (a chain of letters drawn from the text); one in eight is set with long s, and one in twelve in
capitals. The seed
settles everything but Tesseract.

Needs tesseract (English), fontconfig and the URW fonts (Debian: tesseract-ocr, fontconfig, fonts-urw-base35,
fonts-dejavu-core), pillow and numpy.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from channel import with_long_s
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Book faces mostly; of the others and of italics, bold and small capitals' kin a few.
FACES = (
    ("C059:style=Roman", 5), ("URW Bookman:style=Light", 3), ("P052:style=Roman", 3), ("Nimbus Roman:style=Regular", 4),
    ("DejaVu Serif:style=Book", 2), ("Nimbus Sans:style=Regular", 1), ("Nimbus Mono PS:style=Regular", 1),
    ("C059:style=Italic", 1), ("Nimbus Roman:style=Italic", 1), ("P052:style=Italic", 1), ("C059:style=Bold", 1),
)  # fmt: skip
SIZES = (8, 9, 10, 11, 12)  # points
RESOLUTIONS = (120, 140, 160, 180, 220)  # dots an inch
WIDTH = 4.0  # inches of a line
FINE = 3  # type is drawn and damaged in dots of a third, then seen by the scanner
LENGTH = 1400  # characters of a passage
QUOTES = str.maketrans(
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}", '""\''
)
SPEAKING = re.compile(r"\"(?=\w)|(?<!\S)'(?=\w)")


class Made(NamedTuple):
    """How a passage is set, worn and read."""

    truth: str
    face: str
    size: int
    resolution: int
    wears: tuple[tuple[str, float], ...]
    knowing: bool  # whether Tesseract may use its word lists
    seed: int


def passages(text: str, count: int, rng: Random) -> Iterator[str]:
    """Passages of running prose, spread over a text; blanks and line ends count as one blank."""
    text = re.sub(r"[\s_]+", " ", text.translate(QUOTES).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    text = re.sub(r" (?=[,;:.!?])", "", "".join(char for char in text if char.isprintable()))
    step = max(1, len(text) // (count + 1))
    for k in range(count):
        start = text.find(" ", k * step + rng.randrange(step // 2 + 1)) + 1
        yield text[start : text.find(" ", start + LENGTH)].strip()


def no_language(text: str, rng: Random) -> str:
    """As many letters of words that nobody knows: each letter follows two others as often as in the text."""
    follow: dict[str, str] = {}
    for a, b, c in zip(text, text[1:], text[2:], strict=False):
        follow[a + b] = follow.get(a + b, "") + c
    made = text[:2]
    while len(made) < len(text):
        made += rng.choice(follow.get(made[-2:], " "))
    return re.sub(r" +", " ", made).strip()


def drawn(made: Made) -> Image.Image:
    """The passage as black type on white, justified on the left, in fine dots."""
    font = ImageFont.truetype(_file(made.face), round(made.size * made.resolution * FINE / 72))
    width, lead = WIDTH * made.resolution * FINE, made.size * made.resolution * FINE / 60
    show = SPEAKING.sub(
        lambda found: "\N{LEFT DOUBLE QUOTATION MARK}" if found.group() == '"' else "\N{LEFT SINGLE QUOTATION MARK}",
        made.truth,
    )
    show = show.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    lines = [""]
    for word in show.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    margin = made.resolution * FINE // 3
    page = Image.new("L", (int(width) + 2 * margin, int(lead * len(lines)) + 2 * margin), 255)
    pen = ImageDraw.Draw(page)
    for k, line in enumerate(lines):
        pen.text((margin, margin + k * lead), line, font=font, fill=0)
    return page


@cache
def _file(face: str) -> str:
    found = subprocess.run(["fc-match", "-f", "%{family}\n%{file}", face], capture_output=True, text=True, check=True)  # noqa: S607
    family, path = found.stdout.split("\n")
    if face.partition(":")[0] not in family:
        raise SystemExit(f"the font {face} is missing (Debian: fonts-urw-base35, fonts-dejavu-core)")
    return path


def _field(shape: tuple[int, ...], grain: int, rng: np.random.Generator) -> np.ndarray:
    """Smooth noise between 0 and 1, with spots of about so many dots."""
    small = rng.random((shape[0] // grain + 2, shape[1] // grain + 2)) * 255
    return np.asarray(Image.fromarray(small.astype(np.uint8)).resize(shape[::-1], Image.Resampling.BICUBIC)) / 255.0


def _patchy(page: Image.Image, other: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """The other image where a field of noise says so: presses and films fail in patches."""
    where = _field((page.height, page.width), 12 * FINE, rng) < strength
    return Image.fromarray(np.where(where, np.asarray(other), np.asarray(page)).astype(np.uint8))


def thinned(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    return _patchy(page, page.filter(ImageFilter.MaxFilter(5)), 0.1 + 0.4 * k, rng)


def filled(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    return _patchy(page, page.filter(ImageFilter.MinFilter(5)), 0.2 + 0.6 * k, rng)


def broken(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    """Type whose strokes are missing in small spots."""
    spots = _field((page.height, page.width), 2 * FINE, rng) > 0.98 - 0.28 * k
    return Image.fromarray(np.where(spots, 255, np.asarray(page)).astype(np.uint8))


def shining(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    """The other side of the leaf shows through."""
    behind = page.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(1.5 * FINE))
    shade = 255 - (255 - np.roll(np.asarray(behind, float), int(rng.integers(5, 15)) * FINE, 0)) * (0.2 + 0.4 * k)
    return Image.fromarray(np.minimum(np.asarray(page), shade).astype(np.uint8))


def turned(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    return page.rotate(float(rng.choice((-1, 1))) * (0.3 + 0.7 * k), fillcolor=255, resample=Image.Resampling.BICUBIC)


def blurred(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur((0.6 + 0.7 * k) * FINE))


def speckled(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    """Specks of dirt, and specks of white, about as large as a dot of the scanner."""
    noise = rng.random((page.height // FINE + 1, page.width // FINE + 1))
    specks = np.kron(np.where(noise < 0.004 * k, 1, np.where(noise > 1 - 0.02 * k, 2, 0)), np.ones((FINE, FINE), int))
    specks = specks[: page.height, : page.width]
    return Image.fromarray(np.where(specks == 1, 0, np.where(specks == 2, 255, np.asarray(page))).astype(np.uint8))


def pale(page: Image.Image, k: float, rng: np.random.Generator) -> Image.Image:
    """Little contrast, uneven light, and the noise of the sensor."""
    grey = np.asarray(page, float) * (0.6 - 0.4 * k) + 120
    grey += _field(grey.shape, 60 * FINE, rng) * 60 + rng.normal(0, 8 * FINE * (0.5 + k), grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


WEARS: dict[str, Callable[[Image.Image, float, np.random.Generator], Image.Image]] = {
    wear.__name__: wear for wear in (thinned, filled, broken, shining, turned, blurred, speckled, pale)
}


def worn(page: Image.Image, made: Made) -> Image.Image:
    """The page as the scanner sees it: each wear in turn, then in coarse dots; "bitonal" leaves black and white only."""
    rng = np.random.default_rng(made.seed)
    wears = dict(made.wears)
    for name, wear in WEARS.items():
        if name in wears:
            page = wear(page, wears[name], rng)
    page = page.resize((page.width // FINE, page.height // FINE), Image.Resampling.BOX)
    if "bitonal" in wears:
        page = page.point(lambda grey, cut=110 + int(90 * wears["bitonal"]): 255 * (grey > cut))
    return page


def read(made: Made) -> str:
    """What Tesseract reads on the worn page; blanks and line ends count as one blank."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        worn(drawn(made), made).save(path, dpi=(made.resolution, made.resolution))
        command = ["tesseract", str(path), "-", "-l", "eng", "--psm", "6"]
        if not made.knowing:
            command += ["-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"]
        found = subprocess.run(
            command, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, text=True, check=True
        )
    return " ".join(found.stdout.split())


def chosen(text: str, count: int, rng: Random) -> Iterator[Made]:
    """Passages of a text, each with what the lot gives it: one to three wears of any strength."""
    faces, weights = zip(*FACES, strict=True)
    for k, passage in enumerate(passages(text, count, rng)):
        if len(passage) < LENGTH // 2:
            continue
        truth = no_language(passage, rng) if k % 4 == 1 else passage
        truth = with_long_s(truth) if k % 8 == 3 else truth.upper() if k % 12 == 6 else truth
        wears = rng.sample([*WEARS, "bitonal"], rng.randint(1, 3))
        yield Made(
            truth,
            rng.choices(faces, weights)[0],
            rng.choice(SIZES),
            rng.choice(RESOLUTIONS),
            tuple((wear, round(rng.random(), 2)) for wear in wears),
            rng.random() < 0.5,
            rng.randrange(1 << 30),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=12, help="of each text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    made = []
    for path in sorted(options.files):
        rng = Random(f"{options.seed} {path.name}")  # noqa: S311
        made += chosen(path.read_text(encoding="utf-8"), options.passages, rng)
    with ThreadPoolExecutor(options.jobs) as pool:
        for one, reading in zip(made, pool.map(read, made), strict=True):
            print(json.dumps({**one._asdict(), "read": reading}), flush=True)


if __name__ == "__main__":
    main()
