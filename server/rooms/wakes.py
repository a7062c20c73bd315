"""Redis between the processes: what is told may come late, twice, in another order or never, and no page is wrong.

Nobody waits for Redis: one task sends, one listens, and what is newer takes the place of what was not sent yet. Whoever
got at the Redis server could neither read what goes there nor be believed: every message is encrypted and authenticated
(AES-256-GCM, NIST SP 800-38D) with a key made of the secret that the processes share, and nothing is kept there.
"""

import asyncio
import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

BEAT = 2.0
"""Seconds after which something is said in any case: silence then means that the line is dead."""
SILENCE = 5.0
AGAIN = 0.5
"""Seconds between two tries to reach a Redis that is gone."""
PATIENCE = 1.0
"""Seconds that the sending task waits for Redis; nobody waits for the task."""
_NONCE = 12
"""Random bytes before each message, as many as GCM wants."""

log = structlog.get_logger()


class Wakes:
    """One process on the line that all processes of one installation share.

    `take` is called with what another one told; `missed` when some of that may have been lost. Both must not wait.
    """

    def __init__(self, url: str, secret: str, take: Callable[[Any], None], missed: Callable[[], None]) -> None:
        key = hmac.digest(secret.encode(), b"doithoai wakes 2", "sha256")
        self._cipher = AESGCM(key)
        self._channel = f"doithoai:{hmac.digest(key, b'channel', 'sha256').hex()[:16]}"
        self._take = take
        self._missed = missed
        self._outbox: dict[str, bytes] = {}
        self._due = asyncio.Event()
        self.connected = False
        self._client = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        )
        self._tasks = [asyncio.create_task(work(), name=f"wakes {work.__name__}") for work in (self._listen, self._say)]

    def tell(self, about: str, content: object) -> None:
        """Tell the others soon; a newer word about the same thing takes this one's place."""
        self._outbox[about] = msgspec.json.encode(content)
        self._due.set()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def _say(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self._due.wait()
            self._due.clear()
            outbox, self._outbox = self._outbox, {}
            try:
                line = self._client.pipeline(transaction=False)
                for content in outbox.values() or (b"null",):
                    line.publish(self._channel, self._sealed(content))
                await line.execute()
            except (RedisError, OSError):
                await asyncio.sleep(AGAIN)  # what was in hand is lost: the others ask the database

    async def _listen(self) -> None:
        while True:
            with suppress(RedisError, OSError):
                async with self._client.pubsub() as line:
                    await line.subscribe(self._channel)
                    while (message := await line.get_message(timeout=SILENCE)) is not None:
                        self._heard(message)
            if self.connected:
                log.warning("redis_lost")
            self.connected = False
            await asyncio.sleep(AGAIN)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":  # also the only trace of a line that was lost and mended
            log.info("redis_found")
            self.connected = True
            self._missed()
        elif message["type"] == "message":
            content = self._opened(message["data"])
            if content != b"null":
                self._pass_on(content)

    def _pass_on(self, content: bytes) -> None:
        try:
            self._take(msgspec.json.decode(content))
        except Exception:  # logged; what another version of ours says must not end the hearing of all the others
            log.exception("wake_not_understood")

    def _sealed(self, content: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, None)

    def _opened(self, sealed: bytes) -> bytes:
        """The content; "null", which says nothing, for what none of us sealed."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError):  # a stranger's; ValueError: too short for a nonce
            return b"null"
