"""What a command says instead of a stack of calls, when the trouble is not our mistake."""

from server.settings import BadSetting


def sentence(problem: Exception) -> str | None:
    """What to tell the person; None for a mistake of ours, which needs the whole report."""
    from server.store import problems
    from transcription.problems import Problem

    expected = (
        BadSetting,
        Problem,
        FileExistsError,
        FileNotFoundError,
        PermissionError,
        problems.AlreadyOpen,
        problems.NotRestorable,
        problems.NotStored,
        problems.SchemaUnknown,
    )
    return str(problem) if isinstance(problem, expected) else None
