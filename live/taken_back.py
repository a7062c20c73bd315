"""What everybody was shown and may be shown no more: words that an edit, a withdrawal or a strike took back.

A page forgets them by itself, for it is drawn anew. Whatever keeps old news for those who come back must ask here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from live.photos import shown_to_all
from live.questions import Question

if TYPE_CHECKING:
    from live.dialogue import Dialogue


def taken_back(before: "Dialogue", after: "Dialogue") -> frozenset[str]:
    """The keys (live/views) of public things whose words of `before` must not be told again."""
    return frozenset((*_questions(before, after), *_captions(before, after)))


def _questions(before: "Dialogue", after: "Dialogue") -> Iterator[str]:
    for number, question in before.questions.items():
        now = after.questions.get(number)
        if now is question or not question.public:
            continue
        if now is None or not now.public or _said(now) != _said(question):
            yield f"q-{number}"
            yield "stage"  # where it may have stood


def _said(question: Question) -> tuple[object, ...]:
    photo = shown_to_all(question) and question.photo
    return question.text, question.topic, question.name, question.locality, question.publish_name, photo


def _captions(before: "Dialogue", after: "Dialogue") -> Iterator[str]:
    stopped = after.captions_hidden and not before.captions_hidden
    if before.lines is after.lines and not stopped:
        return
    for number, line in before.lines.items():
        now = after.lines.get(number)
        if stopped or now is None or (now is not line and (now.struck or now.text != line.text)):
            yield f"caption-{number}"
