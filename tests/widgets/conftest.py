"""What the tests of widgets share."""

from collections.abc import Callable

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App


@pytest.fixture
def type_raw() -> Callable[[App, str], None]:
    """Sends an app what a terminal sends; `pilot.press` sends keys without their characters."""

    def send(app: App, text: str) -> None:
        for event in XTermParser().feed(text):
            app._driver.process_message(event)

    return send
