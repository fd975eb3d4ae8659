"""Backslashes: half of a W, dirt, or what somebody wrote."""

import pytest

from cleaner.api import Cleaner
from cleaner.stages.words.cores import writes_strokes

CLEANER = Cleaner()
STORY = (
    "The mayor had carried the letter to the council, and the clerk read it aloud before them. It was said that the "
    "bridge would not bear another winter, and that the government must be asked for money.\n\n"
)
BAD = (
    "The mayor had carried tbe letter to the counoil, and the clerk read it aloud befbre them. It was said tbat the "
    "bridge would not bear anothcr winter, and that the goverument must be asked for monev.\n\n"
)
WRITTEN = r"""The command \textbf{word} sets a word in bold type, and \emph{word} in italics; with \begin{quote} it begins, with
\end{quote} it ends, \noindent or not. The letter \varphi, the norm \Vert, the signs \vee and \wedge, a page with \vfill at
its foot, and \verb for what stands as it is. The folder \Videos holds them, \Music the others.
"""


@pytest.mark.parametrize("before", [STORY, BAD * 3])
@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (r"\Vhat will he do? he asked.", "What will he do? he asked."),
        (r"The clerk asked: \Vhen will it be?", "The clerk asked: When will it be?"),
        (r"They went out of the \Vest and into the house.", "They went out of the West and into the house."),
        (r"\Ve have seen it, he said, and \Villiam has seen it.", "We have seen it, he said, and William has seen it."),
        (r"It fell \vhile they were asleep, \vhich was well.", "It fell while they were asleep, which was well."),
    ],
)
def test_half_of_a_w(before: str, read: str, printed: str) -> None:
    assert CLEANER.clean(f"{before}{read}\n".encode()).text.endswith(f"\n\n{printed}\n")


@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize("behind", ["", r"They are in C:\Windows\System and in \\server\share, he said." + "\n"])
def test_what_is_written_with_backslashes_stays(times: int, behind: str) -> None:
    done = CLEANER.clean((STORY + (WRITTEN + behind + "\n") * times).encode())
    assert [change for change in done.changes if change.stage == "words" and change.status == "applied"] == []


def test_what_is_no_half_of_a_w() -> None:
    for text in (
        r"the \Start of the matter",
        r"\V. Peet, the consul",
        r"either and\or both",
        r"a \Vqxn of it",
        r"the word \Various on the door",
    ):
        assert CLEANER.clean(f"{STORY}{text}\n".encode()).text.endswith(f"{text}\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\section{The mayor}", True),
        (r"an \item[first] of them", True),
        (r"in C:\Texts", True),
        (r"on \\server\texts", True),
        (r'print("one\n")', True),
        (r"Mr. \Vhitman[2] wrote", False),
        (r"Q:\Vhat did he say?", False),
        (r"\Vhat was it \with them", False),
        (r"the bridge \ the river \\ the town", False),
        (r"mtx\{Q and tl}:\ and f\qt", False),
        ("no backslash { at all", False),
    ],
)
def test_who_writes_backslashes(text: str, written: bool) -> None:
    assert writes_strokes(text) is written
