"""The rules of the stage: what each does, where it fires, and where it must not."""

from __future__ import annotations

from cleaner.rulebook import Rule

REFLOW, BLANKS, TRAILING, INDENT = "paragraphs.reflow", "paragraphs.blank", "paragraphs.trailing", "paragraphs.indent"
WHY = {
    REFLOW: "the line ended where the column did",
    BLANKS: "one blank line between paragraphs",
    TRAILING: "blanks at a line end",
    INDENT: "the blank line shows the paragraph",
}

RULES: tuple[Rule, ...] = (
    Rule(
        id=REFLOW,
        why=WHY[REFLOW],
        examples=(
            (
                "The party was young, and those who led it in the\ncapital were younger than the men who had led it\n"
                "before the war.\n",
                "The party was young, and those who led it in the capital were younger than the men who had led it "
                "before the war.\n",
            ),
            (
                "They had come from the north to hear the others\N{EM DASH}\n"
                "those who had stayed and would not come back now\nwithout an answer.\n",
                "They had come from the north to hear the others\N{EM DASH}those who had stayed and would not "
                "come back now without an answer.\n",
            ),
        ),
        keep=(
            "To the Central Committee\nMoscow\n",
            "The party was young when it met.\n\nThose who led it were younger.\n",
        ),
    ),
    Rule(
        id=BLANKS,
        why=WHY[BLANKS],
        examples=(
            ("The party was young.\n\n\n\nIts leaders were not.\n", "The party was young.\n\nIts leaders were not.\n"),
            ("\n\nThe party was young.\n", "The party was young.\n"),
            (
                "The letter was written in the spring, when those\nwho could have answered it were no longer in the\n"
                "town.\nNobody else had known of it before the men of the\ncommission came to ask for the file.\n",
                "The letter was written in the spring, when those who could have answered it were no longer in the "
                "town.\n\nNobody else had known of it before the men of the commission came to ask for the file.\n",
            ),
        ),
        keep=("The party was young.\n\nIts leaders were not.\n",),
    ),
    Rule(
        id=TRAILING,
        why=WHY[TRAILING],
        examples=(
            ("The party was young. \n \nIts leaders were not. \n", "The party was young.\n\nIts leaders were not.\n"),
        ),
        keep=("The party  was young.\n",),
    ),
    Rule(
        id=INDENT,
        why=WHY[INDENT],
        examples=(
            ("The party was young.\n\n    Its leaders were not.\n", "The party was young.\n\nIts leaders were not.\n"),
        ),
        keep=("The party was young.\n\nIts leaders  were not.\n",),
    ),
)
