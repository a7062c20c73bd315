"""An engine of the poorest useful kind, as another package might bring it: no word times, no ends, short sessions."""

from tests.transcription.scripted import Scripted
from transcription.engine import Abilities

SESSION = 64_000


def load(model_dir: str) -> Scripted:
    poor = Abilities(cut_after=40_000, longest_session=SESSION, own_pauses=True)
    return Scripted(poor, endpoints=False, word_times=False, name="streaming")
