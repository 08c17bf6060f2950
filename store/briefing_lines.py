"""The briefing in lines: what a visitor asks first comes first; for screens, commands and paper."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from store import labels
from store.language import N_, _, listed
from store.lunar import YearlyDate

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import Briefing, NewsItem, Review, Talk, Trip
    from store.records.occasions import OccasionRow
    from store.records.remarks import RemarkRow
    from store.records.todos import TodoRow

PEOPLE = 8
"""So many people of an organisation are told by name."""

NO_OWN_CARD = N_("Say which card is your own (O on it), and this tells what you share.")


class Words(NamedTuple):
    """A piece of a line; `tone` is "", quiet, quote, warning or error."""

    text: str
    tone: str = ""


class Line(NamedTuple):
    """One line before it is broken; `deeper` ones say more of the line above."""

    words: tuple[Words, ...]
    deeper: bool = False

    @property
    def text(self) -> str:
        """The line without tones."""
        return "".join(word.text for word in self.words)


class Part(NamedTuple):
    """A titled paragraph; the title is in the language spoken."""

    key: str
    title: str
    lines: tuple[Line, ...]


def facts(
    briefing: "Briefing", clock: "Clock", *, full: bool = False
) -> list[list[tuple[str, str]]]:
    """The short facts on top, label and text: who he is, then how he stands with us.

    Args:
        full: days with their years, as paper and commands need them.
    """
    review = _Teller(clock, full).review(briefing.review)
    stage = [*briefing.stage.items(), *review]
    return [group for group in (list(briefing.identity.items()), stage) if group]


def parts(briefing: "Briefing", clock: "Clock", *, full: bool = False) -> list[Part]:
    """The paragraphs that have something to say.

    Args:
        full: days with their years, as paper and commands need them.
    """
    teller = _Teller(clock, full)
    percent = briefing.completeness
    written: list[tuple[str, str, Iterable[Line]]] = [
        ("warnings", _("Warnings"), (_line(f"! {text}", "error") for text in briefing.taboos)),
        ("now", _("Do now"), teller.next_step(briefing)),
        ("itinerary", _("Where he is"), map(teller.trip, briefing.itinerary)),
        ("promises", _("Promises"), map(teller.promise, briefing.promises)),
        ("told", _("Told by colleagues"), teller.told(briefing)),
        ("talks", _("Last talks"), teller.talks(briefing.last_interactions)),
        ("dates", _("Dates"), (_line(teller.date(row, briefing)) for row in briefing.dates)),
        ("common", _("In common"), _common(briefing)),
        ("likes", _("Likes"), _flowing(briefing.likes)),
        ("needs", _("Needs"), map(_line, briefing.needs)),
        ("gaps", _("Still missing"), _flowing(briefing.gaps)),
        ("competitors", _("Competitors"), map(_line, briefing.competitors)),
        ("money", _("Money"), map(_line, briefing.money)),
        ("news", _("News"), teller.news(briefing)),
        ("people", _("People"), _people(briefing)),
        ("met", _("How we met"), [_line(briefing.how_met)] if briefing.how_met else []),
        (
            "blanks",
            _("Ask today ({percent} % known)").format(percent=percent),
            [_line(listed(blank.label for blank in briefing.blanks))] if briefing.blanks else [],
        ),
    ]
    found = (Part(key, title, tuple(lines)) for key, title, lines in written)
    return [part for part in found if part.lines]


def _line(text: str, tone: str = "") -> Line:
    return Line((Words(text, tone),))


def _flowing(texts: Iterable[str]) -> list[Line]:
    """Short things in one line, which takes fewer than a line for each."""
    told = " · ".join(text.rstrip("。.") for text in texts)
    return [_line(told)] if told else []


def _pair(text: str, beside: str) -> Line:
    """A text, and something quiet behind it."""
    return Line((Words(text), Words(f"  {beside}", "quiet"))) if beside else _line(text)


def _common(briefing: "Briefing") -> Iterator[Line]:
    yield from _flowing(briefing.common_ground)
    if briefing.own_card is None and briefing.card.kind == "person":
        yield _line(_(NO_OWN_CARD), "quiet")


def _people(briefing: "Briefing") -> Iterator[Line]:
    """Who works there, with his part in a decision; a few of them."""
    for row in briefing.people[:PEOPLE]:
        part = briefing.parts.get(row.id, "")
        told = [Words(f"{row.name}  ")]
        if part:
            told.append(Words(f"{part}  "))
        about = "  ".join(text for text in (row.title, row.phone) if text)
        yield Line((*told, Words(about, "quiet")))
    more = len(briefing.people) - PEOPLE
    if more > 0:
        yield _line(_("and {count} more").format(count=more), "quiet")


class _Teller:
    """Tells what has a day.

    Args:
        full: days with their years.
    """

    def __init__(self, clock: "Clock", full: bool) -> None:
        self.clock = clock
        self.full = full
        self.today = clock.today()

    def day(self, day: date) -> str:
        """A day as it is told here."""
        if not self.full:
            return labels.short_day(day, self.today)
        return labels.aside(day.isoformat(), labels.days_away((day - self.today).days))

    def plain_day(self, day: date) -> str:
        """A day without how far it is away."""
        return day.isoformat() if self.full else labels.short_day(day, self.today)

    def past(self, day: date) -> str:
        """A past day as it is told here."""
        return day.isoformat() if self.full else f"{day:%m-%d}"

    def review(self, review: "Review") -> Iterator[tuple[str, str]]:
        """When the card is due to be looked through, and what a manager said of it."""
        told = []
        if review.verdict and review.at is not None:
            day = self.plain_day(self.clock.local(review.at).date())
            sent_back = review.verdict == "sent_back"
            said = _("sent back by {name} {day}") if sent_back else _("approved by {name} {day}")
            told.append(said.format(name=review.by, day=day))
        if review.due_on is not None:
            is_due = review.due_on <= self.today
            said = _("due since {day}") if is_due else _("due {day}")
            told.append(said.format(day=self.plain_day(review.due_on)))
        if told:
            yield _("Review"), _(", ").join(told)

    def next_step(self, briefing: "Briefing") -> Iterator[Line]:
        """What is set for the next time, and what the stage advises."""
        step = briefing.next_step
        if step.what or step.on:
            yield _line(f"{self.day(step.on) if step.on else ''} {step.what}".strip())
        if step.advice:
            yield _line(step.advice, "quiet")

    def trip(self, trip: "Trip") -> Line:
        """Where he is, from when until when, in which hotel, with which flight, what for."""
        days = self.days(trip.starts, trip.ends)
        is_now = (trip.starts or trip.ends) <= self.today
        head = Words(f"{days}  ", "" if is_now else "quiet")
        return Line((head, Words(trip_words(trip))))

    def days(self, starts: date | None, ends: date) -> str:
        """A span of days."""
        if starts is None:
            return _("until {day}").format(day=self.day(ends))
        if starts == ends:
            return self.day(ends)
        return _("{first} to {last}").format(first=self.day(starts), last=self.day(ends))

    def told(self, briefing: "Briefing") -> Iterator[Line]:
        """What colleagues wait for: an inspector's words first, then each remark."""
        for remark in briefing.review.remarks:
            head = _("{name} sent it back").format(name=briefing.review.by)
            yield Line((Words(f"{head}  ", "warning"), Words(" ".join(remark.split()))))
        for row in briefing.remarks:
            yield self.remark(row)

    def remark(self, remark: "RemarkRow") -> Line:
        """A remark that waits, with who told whom and when; all of its words."""
        told_on = self.clock.local(remark.at).date()
        day = told_on.isoformat() if self.full else labels.ago(told_on, self.today)
        head = _("{author} to {name}").format(author=remark.author, name=remark.addressee)
        head = labels.aside(head, labels.remark_kind(remark.kind))
        return Line((Words(f"{head} {day}  ", "quiet"), Words(" ".join(remark.text.split()))))

    def promise(self, todo: "TodoRow") -> Line:
        """Who owes what, and by when."""
        whose = _("he owes us") if todo.side == "theirs" else _("we owe him")
        day = f" {self.day(todo.due_on)}" if todo.due_on else ""
        late = todo.days is not None and todo.days < 0
        told = (Words(whose, "quiet"), Words(f"{day} {todo.title}"))
        return Line((*told, Words(_(" (late)"), "warning")) if late else told)

    def talks(self, talks: "Iterable[Talk]") -> Iterator[Line]:
        """Each talk with its day, and his own words on lines of their own."""
        for talk in talks:
            head = f"{self.past(self.clock.local(talk.at).date())} {labels.method(talk.method)}"
            if talk.interest:
                head += " " + _("interest {level}").format(level=talk.interest)
            who = [Words(f"{talk.who}  ")] if talk.who else []
            yield Line((Words(f"{head}  ", "quiet"), *who, Words(talk.summary)))
            said = []
            if talk.words:
                quoted = _("“{words}”").format(words=" ".join(talk.words.split()))
                said.append(Words(quoted, "quote"))
            if talk.feedback:
                said.append(Words(f"{'  ' if said else ''}{talk.feedback}", "quiet"))
            if said:
                yield Line(tuple(said), deeper=True)

    def date(self, row: "OccasionRow", briefing: "Briefing") -> str:
        """A coming date: when, whose, what, how old."""
        said = YearlyDate.parse(row.stored)
        owner = row.name if row.card_id != briefing.card.id else ""
        who = f"{owner} {row.relation} {row.who}".split()
        what = labels.occasion(row.occasion, row.note)
        day = row.date.isoformat() if self.full else f"{row.date:%m-%d}"
        words = [day, labels.weekday(row.date), *who, what, said.spoken(), age_words(row)]
        away = labels.days_away(row.days)
        return _(", ").join((" ".join(part for part in words if part), away))

    def news(self, briefing: "Briefing") -> Iterator[Line]:
        """What happened lately, and what the last visit to a dealer showed."""
        for item in briefing.news:
            yield self.news_item(item, briefing)
        if briefing.dealer_check:
            yield _line(briefing.dealer_check)

    def news_item(self, item: "NewsItem", briefing: "Briefing") -> Line:
        """What happened, when, and where it was heard."""
        day = self.past(item.on) if item.on else ""
        head = "  ".join(part for part in (day, item.kind) if part)
        told = [Words(f"{head}  ", "quiet")] if head else []
        name = [Words(f"{item.name}  ")] if item.card_id != briefing.card.id else []
        source = [Words(f"  {item.source}", "quiet")] if item.source else []
        return Line((*told, *name, Words(item.what), *source))


def trip_words(trip: "Trip", until: str = "") -> str:
    """Where somebody is and what for; until when, where that is said beside the place."""
    stays = _("stays at {hotel}").format(hotel=trip.hotel) if trip.hotel else ""
    told = (trip.city, until, trip.purpose, stays, trip.flight)
    return _(", ").join(part for part in told if part)


def age_words(row: "OccasionRow") -> str:
    """The age on a coming date: 虚 42, 周 7; years for what is no birthday."""
    if row.occasion != "birth":
        return _("{years} years").format(years=row.age) if row.age else ""
    if row.nominal_age:
        return _("nominal {age}").format(age=row.nominal_age)
    return _("age {age}").format(age=row.age) if row.age is not None else ""
