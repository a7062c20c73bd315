"""Names of kinds: what a class of the heart is called on the wire, on disk and among the partials."""

import re


def snake(kind: type) -> str:
    """QuestionReceived is question_received everywhere outside Python."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
