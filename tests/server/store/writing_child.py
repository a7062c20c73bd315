"""A process that writes deeds until it is killed, and says on stdout which were acknowledged.

Run by test_kill.py and test_full_disk.py: `writing_child.py URL KEY DEEDS [FILE_LIMIT]`.
"""

import asyncio
import resource
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server import clock
from server.store.database import Database
from server.store.journal import Journal, NotStored
from tests.server.store.deeds import deed, question


def say(*words: object) -> None:
    print(*words, flush=True)


async def write(url: str, key: Ed25519PrivateKey, deeds: int, file_limit: int | None) -> None:
    """Append groups of one to seven deeds. With a limit no file may grow beyond it, until a commit has failed."""
    database = Database(url)
    await database.migrate()
    journal = Journal(database, key)
    stream = await journal.stream("DUONG-03") or await journal.create("DUONG-03", at=clock.now())
    n = stream.n
    if file_limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, resource.RLIM_INFINITY))
    while n < deeds:
        group = [
            deed(n + i, question(n + i + 1, receipt=clock.token()), op=f"op-{n + i + 1}") for i in range(1 + n % 7)
        ]
        try:
            await journal.append(stream.id, n, group, clock.now())
        except NotStored:
            say("full", n + 1)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            continue
        for one in group:
            say("ok", one.op)
        n += len(group)
    await database.close()


if __name__ == "__main__":
    address, secret, wanted, *limit = sys.argv[1:]
    signing_key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    asyncio.run(write(address, signing_key, int(wanted), int(limit[0]) if limit else None))
