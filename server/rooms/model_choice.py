"""Which model this server hears with; and why it hears with none, when there is something that should be one."""

from pathlib import Path

from transcription.models import Model, verify
from transcription.problems import BadModel


def choose_model(models_dir: Path, wanted: str) -> Model | BadModel | None:
    """What `wanted` names, and nothing in its place; without a name the best of what is installed.

    None where nothing is installed; a problem in sentences where all that lies there is no usable model.
    """
    if wanted:
        return verify(directory_of(models_dir, wanted) or models_dir / wanted)
    inside = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    found = [verify(path) for path in inside if path.is_dir() and not path.name.startswith(".")]
    usable = [one for one in found if isinstance(one, Model)]
    return min(usable, key=_rank) if usable else next(iter(found), None)


def directory_of(models_dir: Path, wanted: str) -> Path | None:
    """Where a model given by its name or path lies; None where there is no such directory."""
    return next((path for path in (Path(wanted), models_dir / wanted) if path.is_dir()), None)


def _rank(model: Model) -> tuple[bool, bool, str]:
    """Vietnamese before all; then Vosk's, which hear while somebody speaks and need no further library."""
    return model.language != "vi", model.engine != "vosk", model.name
