"""The Chinese catalogue: `python -m bench.catalogue extract | merge | check`.

`extract` prints the texts that nobody has translated yet, ready to be filled in.
`merge` writes `shuke.po` and `shuke.mo` anew: the texts that the code holds, as `shuke.po` and the
fragments (`store/locale/zh/*.po`, plain entries without a heading) translate them; a fragment is
newer than `shuke.po`. `merge --absorb` removes the fragments afterwards.
`check` says what is wrong, one line each.

The files carry no times and no line numbers, so the same texts always give the same bytes.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from bench.messages import Source, places, read_source
from bench.punctuation import half_width, texts_of_forms

ROOT = Path(__file__).parent.parent
FORMS = Path("store", "forms")
FRAGMENTS = Path("store", "locale", "zh")
PO = FRAGMENTS / "LC_MESSAGES" / "shuke.po"
MO = PO.with_suffix(".mo")

HEADING = "# Chinese texts of shuke. After a change: python -m bench.catalogue merge"

HEADERS = [
    ("Language", "zh"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit\n"),
]


class StableCatalogue(Catalog):
    """A catalogue whose heading does not say when and by what it was written."""

    mime_headers = property(lambda _self: HEADERS, lambda _self, _headers: None)

    def __init__(self) -> None:
        super().__init__(locale="zh", header_comment=HEADING, fuzzy=False)


@dataclass(frozen=True)
class Translation:
    """One text in Chinese; `fuzzy` means that somebody has to look at it again."""

    text: str
    origin: str
    fuzzy: bool = False


@dataclass
class Translations:
    """The translations there are, by singular, and what is wrong among them."""

    by_text: dict[str, Translation] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def translations(root: Path) -> Translations:
    """What `shuke.po` and the fragments translate."""
    result = Translations()
    if (root / PO).exists():
        result.by_text.update(_read(root / PO))
    from_fragments: dict[str, Translation] = {}
    for path in fragments(root):
        for text, translation in _read(path).items():
            other = from_fragments.setdefault(text, translation)
            if other.text != translation.text:
                result.problems.append(
                    f"“{text}” is {other.text} in {other.origin}, "
                    f"{translation.text} in {translation.origin}"
                )
    result.by_text.update(from_fragments)
    return result


def fragments(root: Path) -> list[Path]:
    """The files of translations beside the catalogue."""
    return sorted((root / FRAGMENTS).glob("*.po"))


def merge(root: Path, absorb: bool = False) -> list[str]:
    """Write the catalogue anew; what was noticed, one line each."""
    source = read_source(root)
    known = translations(root)
    catalogue = StableCatalogue()
    for singular, found in source.texts.items():
        translation = known.by_text.get(singular, Translation("", ""))
        message = catalogue.add(
            (singular, found.plural) if found.plural else singular,
            (translation.text,) if found.plural else translation.text,
        )
        message.flags.clear()
        if translation.fuzzy:
            message.flags.add("fuzzy")
    _write(root / PO, lambda file: write_po(file, catalogue, sort_output=True, no_location=True))
    _write(root / MO, lambda file: write_mo(file, catalogue))
    if absorb:
        for path in fragments(root):
            path.unlink()
    return [
        f"{len(catalogue)} texts",
        *source.problems,
        *known.problems,
        *_incomplete(source, known),
    ]


def untranslated(root: Path) -> str:
    """The texts without a translation as entries of a fragment, with where they stand."""
    source = read_source(root)
    known = translations(root).by_text
    catalogue = StableCatalogue()
    for singular, found in source.texts.items():
        if singular not in known:
            name, _, line = found.place.rpartition(":")
            text = (singular, found.plural) if found.plural else singular
            catalogue.add(text, locations=[(name, int(line))]).flags.clear()
    file = io.BytesIO()
    write_po(file, catalogue, sort_by_file=True, omit_header=True)
    return file.getvalue().decode()


def check(root: Path) -> list[str]:
    """What is wrong with the texts, their translations or the files; one line each."""
    source = read_source(root)
    known = translations(root)
    problems = [*source.problems, *known.problems, *_incomplete(source, known)]
    for text, translation in known.by_text.items():
        if translation.fuzzy:
            problems.append(f"to be looked at again: “{text}”")
        found = source.texts.get(text)
        says = (found and found.plural) or text
        problems.extend(_differing_places(says, translation.text))
    problems.extend(_half_width(root, known))
    problems.extend(f"{path.name} is left over: merge --absorb" for path in fragments(root))
    if not (root / MO).exists() or _compiled(root / MO) != _sent_to_readers(root / PO):
        problems.append("shuke.mo is not what shuke.po says: merge")
    return problems


def _half_width(root: Path, known: Translations) -> Iterator[str]:
    """Chinese sentences, of the forms too, with signs that belong into English ones."""
    translated = ((each.origin, each.text) for each in known.by_text.values())
    for origin, text in [*translated, *texts_of_forms(root / FORMS)]:
        place = half_width(text)
        if place is not None:
            yield f"{origin}: half-width sign beside Chinese: “{place}”"


def _incomplete(source: Source, known: Translations) -> Iterator[str]:
    for text, found in source.texts.items():
        if text not in known.by_text:
            yield f"{found.place}: not translated: “{text}”"
    for text, translation in known.by_text.items():
        if text not in source.texts:
            yield f"{translation.origin}: nobody says “{text}”"


def _differing_places(text: str, translated: str) -> Iterator[str]:
    try:
        wanted = places(text)
    except ValueError:
        return
    try:
        if places(translated) != wanted:
            yield f"“{text}” and “{translated}” have different places"
    except ValueError as error:
        yield f"“{translated}”: {error}"


def _read(path: Path) -> dict[str, Translation]:
    """The entries of a file that say something; its first plural form stands for all."""
    entries: Iterable[Message] = read_po(io.BytesIO(path.read_bytes()), locale="zh")
    return {
        _singular(entry): Translation(_text(entry), path.name, entry.fuzzy)
        for entry in entries
        if entry.id and _text(entry)
    }


def _singular(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _text(entry: Message) -> str:
    return entry.string if isinstance(entry.string, str) else entry.string[0]


def _sent_to_readers(path: Path) -> dict[str, str]:
    return {text: entry.text for text, entry in _read(path).items() if not entry.fuzzy}


def _compiled(path: Path) -> dict[str, str]:
    entries: Iterable[Message] = read_mo(io.BytesIO(path.read_bytes()))
    return {_singular(entry): _text(entry) for entry in entries if entry.id}


def _write(path: Path, write: Callable[[io.BytesIO], None]) -> None:
    """Replace a file at once, for the program may be reading it."""
    content = io.BytesIO()
    write(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(content.getvalue())
    fresh.replace(path)


def main() -> int:
    """The command; 1 where `check` finds something."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="print what is not translated yet")
    merging = commands.add_parser("merge", help="write shuke.po and shuke.mo")
    merging.add_argument("--absorb", action="store_true", help="remove the fragments afterwards")
    commands.add_parser("check", help="say what is wrong")
    asked = parser.parse_args()
    if asked.command == "extract":
        print(untranslated(ROOT), end="")
        return 0
    if asked.command == "merge":
        print("\n".join(merge(ROOT, asked.absorb)))
        return 0
    problems = check(ROOT)
    print("\n".join(problems) or "All texts are translated.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
