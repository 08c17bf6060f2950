"""A desk for the event loop: one reading and one writing thread, each with its connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from store.errors import NotAllowed

if TYPE_CHECKING:
    from store.clock import Clock
    from store.database import Store
    from store.desk import Desk

Answer = TypeVar("Answer")


class Background:
    """Asks a desk without making the event loop wait.

    The box is opened in the reading thread at the first call, so that making one costs nothing;
    what cannot be opened raises at every call.

    Args:
        url: the box's file or URL.
        login: the member; the box's usual one where None.
        clock: the clock that the box and the screens share.
        open_box: opens it in another way, in the reading thread; None opens the URL.
        place: the key and the address of a session over SSH, for the trail.
        way_in: what its member typed to come in, such as `ssh shuke@10.0.0.5`; "" where this is
            no such session, and files are the member's own.
    """

    def __init__(
        self,
        url: str,
        login: str | None,
        clock: "Clock",
        open_box: "Callable[[], Store] | None" = None,
        place: str = "",
        way_in: str = "",
    ) -> None:
        self.url = url
        self.login = login
        self.clock = clock
        self.place = place
        self.way_in = way_in
        self._open_box = open_box
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._store: Store | None = None
        self._desk: Desk | None = None
        self._seen = 0
        self._version: int | None = None

    def _open(self) -> "Desk":
        if self._desk is None:
            self._store = self._store or self._open_store()
            desk = self._store.desk(self.login, place=self.place)
            self._look_from_now(desk)
            self._desk = desk
        return self._desk

    def _look_from_now(self, desk: "Desk") -> None:
        """What others change from now on is told; screens read the box only after this."""
        from store.changes import newest
        from store.trouble import storage_errors

        with storage_errors():
            self._version = desk.store.data_version()
            self._seen = newest()

    def _open_store(self) -> "Store":
        if self._open_box is not None:
            return self._open_box()
        from store.database import open_store

        return open_store(self.url, self.clock)

    async def open(self) -> "Desk":
        """Open the box now, in the reading thread."""
        return await self._in(self._reader, self._open)

    async def read(self, question: "Callable[[Desk], Answer]") -> Answer:
        """Ask in the reading thread.

        Raises:
            StoreError: what the question met with, or the box cannot be opened.
        """
        return await self._in(self._reader, lambda: self._ask(question))

    async def write(self, use_case: "Callable[[Desk], Answer]") -> Answer:
        """Do something in the writing thread.

        Raises:
            StoreError: it was refused or failed; nothing was written.
        """
        await self._in(self._reader, self._open)
        return await self._in(self._writer, lambda: self._ask(use_case))

    def _ask(self, question: "Callable[[Desk], Answer]") -> Answer:
        desk = self._open()
        from store.trouble import storage_errors

        try:
            with storage_errors():
                return question(desk)
        except NotAllowed as refusal:
            from store.deeds import note_refusal

            note_refusal(desk, refusal, desk.origin)
            raise

    @staticmethod
    async def _in(pool: ThreadPoolExecutor, job: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(pool, job)

    async def changes(self) -> frozenset[int] | None:
        """The cards that others changed since the last call; None when they changed nothing.

        Raises:
            SessionOver: the box has a newer schema, or the member left: the session has to end.
            StoreError: the box cannot be opened or read.
        """
        return await self._in(self._reader, lambda: self._ask(self._changes))

    def _changes(self, desk: "Desk") -> frozenset[int] | None:
        from store.changes import cards_changed_after, newest

        version = desk.store.data_version()
        if version == self._version:
            return None
        desk.check_in_session()
        self._version = version
        before, self._seen = self._seen, newest()
        return cards_changed_after(before, desk.change_sets)

    def close(self) -> None:
        """End both threads after what they are doing; a write that runs is finished."""
        for pool in (self._writer, self._reader):
            if self._store is not None:
                pool.submit(self._store.close_connection)
            pool.shutdown(wait=True)
