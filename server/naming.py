"""Names of kinds: what a class of the heart is called on the wire, on disk and among the partials."""

import re
from functools import cache


def snake(kind: type) -> str:
    """QuestionReceived is question_received everywhere outside Python."""
    return _snake(kind.__name__)


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
