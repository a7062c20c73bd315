"""What a command says instead of a stack of calls, when the trouble is not our mistake."""

import errno
import shutil

from server.settings import BadSetting

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
_NO_ROOM = (
    "Đĩa đã đầy hoặc không cho ghi; hãy dọn chỗ rồi chạy lại. / The disk is full or takes no writing; make room and "
    "run it again."
)


def sentence(problem: Exception) -> str | None:
    """What to tell the person; None for a mistake of ours, which needs the whole report."""
    from server.store import problems
    from transcription.problems import Problem

    expected = (
        BadSetting,
        Problem,
        FileExistsError,
        FileNotFoundError,
        IsADirectoryError,
        NotADirectoryError,
        PermissionError,
        problems.AlreadyOpen,
        problems.NotRestorable,
        problems.NotStored,
        problems.OtherKeys,
        problems.SchemaUnknown,
    )
    if isinstance(problem, OSError) and (problem.errno in _DISK or _copying_failed(problem)):
        return f"{_NO_ROOM} ({problem})"
    return str(problem) if isinstance(problem, expected) else None


def _copying_failed(problem: OSError) -> bool:
    """Copying a tree tells its troubles as text only."""
    return isinstance(problem, shutil.Error) and any(f"[Errno {number}]" in str(problem) for number in _DISK)
