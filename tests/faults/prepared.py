"""An evening whose server comes and goes on one folder and one port."""

from pathlib import Path

from tests.faults.served_apart import ServedApart, free_port
from tests.serving import Served
from tests.visitors import citizen_cookie, open_dialogue, staff_cookie


class Prepared:
    """A folder with an open dialogue, a citizen's and a secretary's cookie; the server comes and goes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        with Served(folder) as served:
            open_dialogue(served)
            self.citizen = citizen_cookie(served, "Hạnh")
            self.secretary = staff_cookie(served, "secretary")

    def serving(self) -> ServedApart:
        return ServedApart(self.folder, self.port)

    def texts(self) -> list[str]:
        with Served(self.folder) as served:
            room = served.run(served.parts.rooms.get("TEST01"))
            assert room is not None
            return [str(question.text) for question in room.dialogue.questions.values()]
