"""What a run of the program works with: the options, the configuration, the desk."""

import sys
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from store import language
from store.clock import Clock, zone_named
from store.errors import NotFound, WrongUsage
from store.language import N_, _
from tui import places
from tui.box_place import BEGUN, check_place

if TYPE_CHECKING:
    from argparse import Namespace

    from store.database import Store
    from store.desk import Desk
    from store.errors import NotAllowed
    from tui.config import Configuration
    from tui.visit import Visit

DEMO_IS_APART = N_("The sample team has a box of its own: leave out --database.")
CONFIGURED_IS_GONE = N_(
    "The configuration names “{login}” as who works here, and there is no such active member: "
    "say `--as LOGIN`, or change `member` there (`shuke config` says where)."
)
MAKING = N_("Making the sample team, a moment …")
ORIGIN = "shell"
"""Where changes come from, as the trail notes it."""


def no_options() -> SimpleNamespace:
    """The options that every command takes, none of them given."""
    return SimpleNamespace(database=None, acting=None, lang=None, today=None, demo=False)


class Session:
    """One run of a command, or of the app.

    Args:
        options: what `tui.arguments` read, with the options that every command takes.
        configuration: the files and variables.
        begins: whether a new box may be begun where there is none; over SSH none is.
        visit: the member's session over SSH, if it is one.
    """

    def __init__(
        self,
        options: "Namespace | SimpleNamespace",
        configuration: "Configuration",
        begins: bool = True,
        visit: "Visit | None" = None,
    ) -> None:
        self.options = options
        self.configuration = configuration
        self.begins = begins and visit is None
        self.is_noted = visit is None
        """Whether the trail tells that the member came in; who is at the computer need not."""
        self.visit = visit
        self.agreed_to_begin = False
        """Whether somebody was asked about a new box, and wants it."""
        if options.demo and options.database:
            raise WrongUsage(DEMO_IS_APART)

    @property
    def url(self) -> str:
        """The box that is meant, a file or a URL."""
        if self.options.demo:
            return str(places.demo_file())
        return self._named_url or str(places.box_file())

    @property
    def _named_url(self) -> str | None:
        """The box that the command line names, or else the configuration."""
        said = self.visit.database if self.visit is not None else self.options.database
        named = said or self.configuration.get("database")
        return str(named) if named else None

    def work_as_owner(self) -> None:
        """Go on as the account that the box belongs to, where root works on the server.

        Raises:
            NotAllowed: that account cannot read this program.
            StorageTrouble: the URL names no file.
        """
        if self.visit is None:
            from store.box_url import file_of
            from tui.box_owner import become_owner

            become_owner(file_of(self.url))

    @property
    def login(self) -> str | None:
        """The member who works; None: the box knows. The real team is not the sample team."""
        if self.visit is not None:
            return self.visit.login
        if self.options.acting or self.options.demo:
            return str(self.options.acting) if self.options.acting else None
        member = self.configuration.get("member")
        return None if member is None else str(member)

    @cached_property
    def clock(self) -> Clock:
        """The clock of the box, in the configured zone, with the day that `--today` shows."""
        zone = self.configuration.get("zone")
        clock = Clock(shown_today=self.options.today)
        if zone is not None:
            clock.zone = zone_named(zone)
        return clock

    @property
    def defaults(self) -> dict[str, Any]:
        """The installation's defaults for the settings of members."""
        return self.configuration.values()

    def say_led_on(self) -> None:
        """Say which numbers that were given lead to other cards, because they were merged."""
        desk = self.__dict__.get("desk")
        if desk is not None and desk.led_on:
            from tui.output import complain

            for number, kept in desk.led_on.items():
                complain(_("{number} was merged into {kept}.").format(number=number, kept=kept))

    def existing_box(self) -> Path:
        """The box's file, for what makes no sense with a box that is not there.

        Raises:
            NotFound: there is no such file.
            StorageTrouble: the URL names no file, or a folder.
        """
        from store.box_url import file_of

        file = file_of(self.url)
        check_place(file, self._named_url is not None, begins=False)
        return file

    def new_box(self) -> Path | None:
        """The file of a named box that is not there yet, and will be begun.

        Raises:
            NotFound: there is no box, and none is to be begun.
            StorageTrouble: no box can be there.
        """
        from store.box_url import file_of

        if self.options.demo:
            return None
        file = file_of(self.url)
        named = self._named_url is not None
        begins = self.begins and not (named and getattr(self.options, "dry_run", False))
        return file if check_place(file, named, begins) and named else None

    def prepare(self) -> None:
        """Make the sample team where it is asked for and missing, which takes a few seconds.

        Raises:
            StorageTrouble: the disk refuses.
        """
        if not self.options.demo or Path(self.url).exists():
            return
        from store.demo import make_demo
        from tui.output import complain

        if sys.stderr.isatty():
            complain(_(MAKING))
        make_demo(Path(self.url), Clock(self.clock.zone))

    @cached_property
    def store(self) -> "Store":
        """The box, opened when first asked for.

        Raises:
            NotFound: there is none, and none is to be begun.
            StorageTrouble: it cannot be opened.
        """
        from store.database import open_store

        self.prepare()
        new = self.new_box()
        store = open_store(self.url, self.clock)
        store.defaults = self.defaults
        if new is not None:
            self._tell_of(new)
        return store

    def _tell_of(self, new: Path) -> None:
        """Say that a box was begun, unless whoever works was asked about it."""
        from tui.output import complain

        if not self.agreed_to_begin:
            complain(_(BEGUN).format(file=new))

    @cached_property
    def desk(self) -> "Desk":
        """The desk of whoever works; from now on his language is spoken.

        Raises:
            NotFound: there is no such member, or it is not clear who is meant.
            NotAllowed: he comes over SSH, and does not work here any more.
            StorageTrouble: the box cannot be opened.
        """
        if self.visit is None:
            desk = self._desk_here()
        else:
            from tui.coming_in import come_in

            desk = come_in(self.store, self.visit, ORIGIN)
        if not self.options.lang:
            language.use(str(desk.settings.get("language", language.current())))
        return desk

    def _desk_here(self) -> "Desk":
        """The desk of whoever is at the computer itself."""
        try:
            return self.store.desk(self.login, ORIGIN)
        except NotFound:
            if self.login is None or self.options.acting:
                raise
            raise NotFound(CONFIGURED_IS_GONE, login=self.login) from None

    def note_refusal(self, refusal: "NotAllowed", what: str) -> None:
        """Note in the trail what was refused to whoever works, where a desk was opened for him."""
        from store.deeds import note_refusal

        if "desk" in self.__dict__:
            note_refusal(self.desk, refusal, what)

    def note_login(self) -> None:
        """Let the trail tell that the member came in, once.

        Raises:
            StorageTrouble: the box cannot be written; one that is read-only does without.
        """
        if not self.is_noted and "desk" in self.__dict__:
            from tui.coming_in import note_login

            self.is_noted = True
            note_login(self.desk)

    def close(self) -> None:
        """Close the box, where it was opened."""
        if "store" in self.__dict__:
            self.store.close()
