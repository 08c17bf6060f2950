"""What a large write needs beside the box is given back, and readers do not let it grow."""

import threading

from store.database import PRAGMAS
from store.desk import Desk
from store.models.base import database
from store.records.interactions import InteractionValues


def size_of_log(desk: Desk) -> int:
    return desk.store.path.with_name(f"{desk.store.path.name}-wal").stat().st_size


def test_the_log_of_a_large_write_is_given_back(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"}).id
    with desk.store.transaction():
        database.execute_sql("CREATE TABLE large (words TEXT)")
        for _ in range(30):
            database.execute_sql("INSERT INTO large VALUES (?)", ["x" * 2**20])
    assert size_of_log(desk) > PRAGMAS["journal_size_limit"]
    database.execute_sql("DROP TABLE large")
    for _ in range(3):
        desk.interactions.log(card, InteractionValues(minutes="聊了"))
    assert size_of_log(desk) <= PRAGMAS["journal_size_limit"]


def test_the_log_stays_small_while_others_read(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"}).id
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            database.execute_sql("SELECT count(*) FROM card a, card b, change").fetchall()
        database.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(150):
            desk.interactions.log(card, InteractionValues(minutes="聊了" * 500))
        assert size_of_log(desk) < PRAGMAS["journal_size_limit"]
    finally:
        over.set()
        for reader in readers:
            reader.join()
