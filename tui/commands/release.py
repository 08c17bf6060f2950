"""`shuke release`: what others get of a department's cards."""

from collections.abc import Sequence

from store import release_words
from store.errors import WrongUsage
from store.language import N_, _
from store.records.releases import RELEASED_TO, ReleaseRow
from tui.arguments import Parser, positive, read_date
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import release_shape

WHERE = N_("Say which department with --department, or --everywhere.")


def declare_give(parser: Parser) -> None:
    """Arguments of `shuke release give`."""
    parser.add_argument(
        "--department", metavar="NAME", help=_("cards of this department and those below it")
    )
    parser.add_argument("--everywhere", action="store_true", help=_("cards of all departments"))
    parser.add_argument("--role", choices=RELEASED_TO, help=_("to everybody of this role"))
    parser.add_argument("--to", metavar="LOGIN", help=_("to this member"))
    parser.add_argument(
        "--whole",
        action="store_true",
        help=_("the whole card; without it name, organisation and title"),
    )
    parser.add_argument(
        "--until", metavar="DATE", type=read_date, help=_("the last day; without it, no end")
    )
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("what it is needed for"))
    parser.json_option()


def give(session: Session) -> int:
    """Release cards to a role or a member."""
    options, desk = session.options, session.desk
    if bool(options.department) == options.everywhere:
        raise WrongUsage(WHERE)
    department = desk.departments.resolve(options.department).id if options.department else None
    release = desk.releases.give(
        "whole" if options.whole else "released",
        department=department,
        role=options.role,
        login=options.to,
        until=options.until,
        reason=options.reason,
    )
    return _told(session, release)


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke release list`."""
    parser.add_argument(
        "--all", action="store_true", help=_("also those that ended or were taken back")
    )
    parser.json_option()


def list_releases(session: Session) -> int:
    """List releases, those without an end first."""
    found = session.desk.releases.all(ended=session.options.all)
    if session.options.json:
        write_json([release_shape(release, session.clock) for release in found])
    elif found:
        write_releases(session, found)
    else:
        say(_("Nothing is released."))
    return 0


def declare_take_back(parser: Parser) -> None:
    """Arguments of `shuke release take-back`."""
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("its number, as `shuke release list` shows")
    )
    parser.json_option()


def take_back(session: Session) -> int:
    """Take a release back."""
    return _told(session, session.desk.releases.take_back(session.options.id))


def _told(session: Session, release: ReleaseRow) -> int:
    if session.options.json:
        write_json(release_shape(release, session.clock))
    else:
        write_releases(session, [release])
    return 0


def write_releases(session: Session, releases: Sequence[ReleaseRow]) -> None:
    """Write releases as a table."""
    write_table(
        [_("No."), _("Whose cards"), _("Released to"), _("How much"), _("State"), _("Reason")],
        [
            (
                release.id,
                release_words.department(release),
                release_words.receiver(release),
                release_words.level(release),
                release_words.state(release, session.clock),
                release.reason,
            )
            for release in releases
        ],
    )


COMMANDS = {
    "release give": Command(declare_give, give),
    "release list": Command(declare_list, list_releases),
    "release take-back": Command(declare_take_back, take_back),
}
