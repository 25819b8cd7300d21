"""How old a reader in the UK is likely to be who understands a text: SMOG, in its British form.

SMOG (McLaughlin, SMOG Grading: a New Readability Formula, 1969) counts words of three syllables or more
in a sentence. Adult learning and the NHS in the UK use it as 8 + √(such words in 30 sentences), which is
an age (NIACE, Readability, 2009). The ``readability`` package gives the American school grade, which is
five less. It needs no network and no data to download.
"""

import re

from readability import getmeasures

from hub.toolkits.page import Toolkit

#: A child in grade 1 in the United States is six.
YEARS_BEFORE_GRADE_ONE = 5
_SENTENCE_END = re.compile(r"(?<=[.?!…])[”\"]?\s+")
_WORD = re.compile(r"[a-z]+(?:[’'-][a-z]+)*")


def reading_age(toolkit: Toolkit) -> float:
    """In years. Each paragraph and item counts its sentences; headings are no sentences.

    Lower case, because the package takes capitals for names and leaves them out.
    """
    blocks = [block.text.lower() for section in toolkit.sections for block in section.blocks]
    sentences = [
        " ".join(words)
        for block in blocks
        for sentence in _SENTENCE_END.split(block)
        if (words := _WORD.findall(re.sub(r"^(say|avoid):", "", sentence)))
    ]
    measures = getmeasures("\n".join(sentences), lang="en")
    return measures["readability grades"]["SMOGIndex"] + YEARS_BEFORE_GRADE_ONE
