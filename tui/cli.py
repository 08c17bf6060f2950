"""The command line: finds the command that is meant, and runs nothing else.

Every import stands where it is used: `shuke find` is over before all of the program is read.
"""

import gc
import os
import sys
from typing import TYPE_CHECKING

from store import language
from store.errors import Ambiguous, BadInput, NotAllowed, StoreError
from store.language import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.config import Configuration
    from tui.session import Session
    from tui.visit import Visit

NO_OUTPUT = N_("What was asked for cannot be written out: {reason}.")

INTERRUPTED = 130
"""What the shell is told after Ctrl+C."""


def main(arguments: "Sequence[str] | None" = None, visit: "Visit | None" = None) -> int:
    """Run one command, or open the app, and give the exit status (interface.md: 0 to 6).

    Args:
        arguments: those of the process where None, which is then expected to end.
        visit: the member's session over SSH, which may do less.
    """
    from tui.output import complain, prepare_streams

    collecting = gc.isenabled()
    gc.disable()
    prepare_streams()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments), visit)
    except Ambiguous as error:
        complain(str(error))
        for candidate in error.candidates:
            complain(f"  {candidate}")
        return error.exit_status
    except StoreError as error:
        complain(str(error))
        return error.exit_status
    except UnicodeEncodeError as error:  # bytes of an argument that are no text
        from tui.spoken_words import LONGEST_SHOWN, NOT_UTF8

        complain(language._(NOT_UTF8).format(text=error.object[:LONGEST_SHOWN]))
        return BadInput.exit_status
    except SystemExit as finished:  # argparse after --help
        return int(finished.code or 0)
    except BrokenPipeError:
        _swallow_output()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _refused(error, visit)
    except Exception as error:  # noqa: BLE001  the outermost door: a traceback is for the log
        from tui.error_log import explained

        complain(explained(error, over_ssh=visit is not None))
        return StoreError.exit_status
    finally:
        if arguments is None:
            gc.freeze()  # the process ends: looking for garbage first takes a quarter of a search
        elif collecting:
            gc.enable()


def _run(arguments: list[str], visit: "Visit | None") -> int:
    from tui.config import read_configuration

    if visit is None:
        configuration = read_configuration()
    else:
        from tui.places import SYSTEM_CONFIG

        configuration = read_configuration({}, (SYSTEM_CONFIG,))
    _choose_language(arguments, configuration)
    from tui.command_table import split

    name, rest = split(arguments)
    if visit is None:
        return _run_command(name, rest, configuration)
    try:
        return _run_command(name, rest, configuration, visit)
    except NotAllowed as refusal:
        from tui.coming_in import note_refusal

        note_refusal(visit, configuration, refusal, f"shuke {name}".strip())
        raise


def _run_command(
    name: str, rest: list[str], configuration: "Configuration", visit: "Visit | None" = None
) -> int:
    from tui.command_table import COMMANDS

    if name not in COMMANDS:
        from tui import overview

        return overview.run(name, rest, configuration, visit)
    if visit is not None:
        from tui.over_ssh import check_command

        check_command(name)
        from tui.output_guard import guard_output, outlive_terminal

        outlive_terminal()
        guard_output()
    if not COMMANDS[name].quick:
        gc.enable()
    from tui.spoken_words import FILE_COMMANDS, readable

    if name not in FILE_COMMANDS:
        rest = readable(rest)
    from importlib import import_module

    from tui.arguments import Parser
    from tui.session import Session

    command = import_module(f"tui.commands.{COMMANDS[name].module}").COMMANDS[name]
    parser = Parser(name, language._(COMMANDS[name].purpose), over_ssh=visit is not None)
    command.declare(parser)
    options = parser.finish().parse_args(rest)
    session = Session(options, configuration, command.begins, visit)
    if name != "config":
        warn(configuration)
        session.work_as_owner()
    from store.trouble import storage_errors

    try:
        if visit is not None and not COMMANDS[name].quick:
            session.desk  # noqa: B018  he comes in first
            session.note_login()
        with storage_errors():
            status: int = command.run(session)
        sys.stdout.flush()
        session.say_led_on()
    except NotAllowed as refusal:
        session.note_refusal(refusal, f"shuke {name}")
        raise
    finally:
        _leave(session)
    return status


def _leave(session: "Session") -> None:
    """Close the box. Of a quick command over SSH the trail is told now, when the answer is out:
    that takes as long as the command, and nobody who hangs up meanwhile is left out.
    """
    try:
        if not session.is_noted:
            from signal import SIGINT

            from tui.output_guard import outlive_terminal

            outlive_terminal([SIGINT])
            session.note_login()
    finally:
        session.close()


def warn(configuration: "Configuration") -> None:
    """Name the keys that do not exist, and refuse to go on with a wrong value.

    Raises:
        BadInput: a configuration file cannot be read, or a value is none.
    """
    from tui.output import complain

    for error in configuration.unknown:
        complain(str(error))
    configuration.check()


def _choose_language(arguments: list[str], configuration: "Configuration") -> None:
    """The language until a member is known: `--lang`, the configuration, `LANG`, Chinese."""
    environment = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    language.use(language.from_environment(environment))
    if "language" in configuration.held:
        language.use(configuration.get("language"))
    for place, word in enumerate(arguments):
        if word == "--lang":
            language.use("".join(arguments[place + 1 : place + 2]))
        elif word.startswith("--lang="):
            language.use(word.partition("=")[2])


def _refused(error: OSError, visit: "Visit | None") -> int:
    """What the system refused: to take the output, or else something that nobody thought of."""
    from store.system_words import reason_of
    from tui.error_log import explained
    from tui.output import OUTPUT_ERRORS, complain

    if error.filename is None and error.errno in OUTPUT_ERRORS:
        _swallow_output()
        complain(language._(NO_OUTPUT).format(reason=reason_of(error)))
    else:
        complain(explained(error, over_ssh=visit is not None))
    return StoreError.exit_status


def _swallow_output() -> None:
    """Output goes nowhere any more: what is still buffered must not fail again at the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
