"""The dialogue. Pure: standard library only; no clock, dice, files or await.

A command and a seat go into `Dialogue.decide`, facts or a refusal come out; numbered facts are entries, and
`Dialogue.apply` moves the dialogue forward by one entry. `views` says who sees what of it.
"""

from live import (
    additions,
    asides,
    assigning,
    calling,
    cards,
    claims,
    commitments,
    desk,
    floor,
    glossary,
    hall,
    marks,
    messages,
    minutes,
    mixing,
    naming,
    notice,
    order,
    questions,
    reasons,
    returning,
    review,
    sites,
    transcript,
)

__all__ = [
    "additions",
    "asides",
    "assigning",
    "calling",
    "cards",
    "claims",
    "commitments",
    "desk",
    "floor",
    "glossary",
    "hall",
    "marks",
    "messages",
    "minutes",
    "mixing",
    "naming",
    "notice",
    "order",
    "questions",
    "reasons",
    "returning",
    "review",
    "sites",
    "transcript",
]
