from tests.server.doors.conftest import room, served

__all__ = ["room", "served"]  # fixtures, found by their names
