"""Three members at once, each in his own session, with Chinese text and windows that are pulled."""

import pytest

from bench.loopback_sshd import MEMBERS, LoopbackServer
from store.records.cards import CardQuery
from tests.sshd.asking import arrive, box_of, none_left, open_terminal, sessions, wait_until

SIZES = ((80, 24), (120, 40), (60, 20), (100, 30))
NEW = {"zhang": "欧阳娜娜", "wang": "尉迟敬德", "li": "令狐冲"}


@pytest.mark.slow
def test_three_members_work_at_once(server: LoopbackServer):
    terminals = {login: open_terminal(server, login) for login in MEMBERS}
    try:
        for login, terminal in terminals.items():
            arrive(terminal)
            terminal.wait_for(MEMBERS[login])
        assert wait_until(lambda: len(sessions(server)) == 3)
        for terminal in terminals.values():
            terminal.press("2")
        for login, terminal in terminals.items():
            terminal.wait_for("搜索")
            terminal.settle()
            terminal.press("n")
            terminal.settle()
            terminal.press("1")
            terminal.wait_for("姓名*")
            terminal.send(NEW[login])
        for columns, lines in SIZES:
            for terminal in terminals.values():
                terminal.resize(columns, lines)
            for login, terminal in terminals.items():
                terminal.wait_for(NEW[login])
                terminal.settle(0.6)
                assert NEW[login] in terminal.screen_text()
        for terminal in terminals.values():
            terminal.press("ctrl+s")
        for login, terminal in terminals.items():
            terminal.settle(1)
            terminal.press("ctrl+q")
            assert terminal.wait_for_end(30) == 0, login
    finally:
        for terminal in terminals.values():
            terminal.close()
    for login, name in NEW.items():
        with box_of(server, login) as desk:
            (card,) = desk.cards.page(CardQuery(text=name), 0, 10)
            assert card.owner == MEMBERS[login]
    assert none_left(server)
