"""One card of a vCard file while its lines are taken up."""

from collections.abc import Iterator
from typing import Any

from store.cleaning import clean_line, clean_text
from store.errors import BadInput
from store.exchange import names, vcard_extras
from store.exchange.drafts import CardDraft, Kind
from store.exchange.vcard_lines import Line
from store.exchange.vcard_text import escape, unescape
from store.language import N_, _

_TOO_LONG = N_("Line {line} ({name}) is too long to keep and was left out.")


class VcardCard:
    """What the lines taken so far say; `finished` puts together what several say in common."""

    def __init__(self, row: int, labels: dict[str, str]) -> None:
        self.draft = CardDraft(row)
        self.kind: Kind | None = None
        """What a line said; None where none did."""
        self.is_group = False
        """Whether it is no card at all but a list of cards."""
        self.full_name = ""
        self.name_parts: list[str] = []
        """Family, given, middle, prefix, suffix."""
        self.own_birthday = ""
        """The lunar birthday as this program wrote it."""
        self._labels = labels
        """Group to the label that Apple gave it."""
        self._points: dict[str, list[tuple[bool, dict[str, str]]]] = {}

    def label(self, line: Line) -> str:
        """The label that a person chose for a line; "" for none, or one of Apple's own."""
        label = self._labels.get(line.group.lower(), "")
        return "" if vcard_extras.apple_word(label) else label

    def apple_word(self, line: Line) -> str:
        """The label that Apple offers by itself, in small letters: `homepage`; "" for none."""
        return vcard_extras.apple_word(self._labels.get(line.group.lower(), "")).lower()

    def text(self, line: Line) -> str:
        """The value of a line as one line of clean text."""
        return clean_line(unescape(line.value))

    def put(self, key: str, value: Any) -> bool:
        """Fill a field; False when it is filled already, with something else."""
        return bool(value) and self.draft.values.setdefault(key, value) == value

    def add_text(self, key: str, text: str) -> None:
        """Put a text below those that stand in a field already."""
        before = self.draft.values.get(key)
        self.draft.values[key] = f"{before}\n{text}" if before else text

    def add_point(self, key: str, value: str, label: str, line: Line) -> None:
        """One more way to reach the card."""
        if not value:
            return
        preferred = "pref" in line.types() or line.param("PREF") == "1"
        found = self._points.setdefault(key, [])
        if all(point["value"] != value for _preferred, point in found):
            found.append((preferred, {"value": value, "label": label}))

    def add_date(self, day: str, note: str) -> None:
        """One more date with a note."""
        further = self.draft.values.setdefault("further_dates", [])
        if {"date": day, "note": note} not in further:
            further.append({"date": day, "note": note})

    def keep(self, line: Line) -> None:
        """Keep a line that no field takes, with its label."""
        extra = vcard_extras.extra_of(line)
        if extra is None:
            warning = BadInput(_TOO_LONG, line=line.number, name=line.name)
            self.draft.warnings.append(warning)
            return
        self.draft.extras.append(extra)
        label = self._labels.get(line.group.lower())
        if label:
            name = f"{vcard_extras.PREFIX}{line.group}.{vcard_extras.LABEL}"
            self.draft.extras.append((name, escape(label)))

    def finished(self) -> CardDraft:
        """The card, its name put together and its points in order."""
        values = self.draft.values
        for key, points in self._points.items():
            # The sort is stable: after the preferred one they stand as in the file.
            ordered = [point for _preferred, point in sorted(points, key=lambda one: not one[0])]
            values[key] = ordered
        self._finish_name()
        if self.own_birthday:
            # The line that phones know comes first: somebody may have changed it there.
            values.setdefault("birth_lunar", self.own_birthday)
        self.draft.settle_kind(self.kind)
        if self.draft.kind == "organisation" and "home_phone" in values:
            values["work_phone"] = [*values.get("work_phone", ()), *values.pop("home_phone")]
        return self.draft

    def _finish_name(self) -> None:
        family, given, middle, prefix, suffix = self.name_parts or [""] * 5
        core = names.compose(family, given, middle)
        whole = " ".join(part for part in (prefix, core, suffix) if part)
        written = self.full_name
        if core and (not written or names.same_parts(written, core)):
            written = core
        elif core and names.same_parts(written, whole):
            written = core
            for heading, part in ((_("Name prefix"), prefix), (_("Name suffix"), suffix)):
                if part:
                    self.draft.extras.append((heading, part))
        elif core and core not in written:
            self.put("nickname", core)
        if written:
            as_said = bool(core) or self.kind == "organisation"
            self.draft.values["name"] = written if as_said else names.tidy(written)


def clean_parts(parts: list[str], count: int) -> list[str]:
    """The parts of a structured value as clean lines, as many as asked for."""
    cleaned = [clean_line(part) for part in parts[:count]]
    return cleaned + [""] * (count - len(cleaned))


def long_text(line: Line) -> str:
    """The value of a line as clean text of many lines."""
    return clean_text(unescape(line.value))


def labels_of(lines: list[Line]) -> dict[str, str]:
    """Group to label, from Apple's label lines."""
    return dict(_labels(lines))


def _labels(lines: list[Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.name == vcard_extras.LABEL and line.group:
            yield line.group.lower(), clean_line(unescape(line.value))
