"""What is known about a yearly date at once, as the editor shows it while one types."""

from dataclasses import dataclass
from datetime import date

from store import calendar_words as words
from store import labels
from store.language import _, ngettext
from store.lunar import DEFAULT_POLICY, Policy, YearlyDate, is_round_year


@dataclass(frozen=True, slots=True)
class Description:
    """A yearly date as understood, seen from one day; None stands for what cannot be known."""

    value: YearlyDate
    """The date as it is kept."""
    other: YearlyDate | None
    """The same day in the other calendar."""
    next_on: date | None
    """The solar day on which it comes next, today included."""
    days: int | None
    """Days from today to `next_on`."""
    years: int | None
    """Years it counts on `next_on`: 0 on the day itself that began it."""
    age: int | None
    """周岁 today."""
    nominal_age: int | None
    """虚岁 today."""
    coming_age: int | None
    """周岁 on `next_on`."""
    coming_nominal_age: int | None
    """虚岁 on `next_on`."""
    animal: str | None
    """生肖, in the language that was spoken."""
    sign: str | None
    """星座, in the language that was spoken."""

    @property
    def weekday(self) -> int | None:
        """The weekday of `next_on`, 0 for Monday."""
        return None if self.next_on is None else self.next_on.weekday()

    @property
    def is_round(self) -> bool:
        """Whether the years it counts next are worth a mark."""
        return self.years is not None and is_round_year(self.years)

    def sentence(self, birth: bool = True) -> str:
        """All of it in one line, in the language spoken now.

        Args:
            birth: somebody was born on it, so that it tells ages and signs; else years alone.
        """
        calendars = self.value.spoken(with_year=True)
        if self.other is not None:
            calendars = f"{calendars} = {self.other.spoken(with_year=True)}"
        of_birth = (self._ages(), self._birth_signs()) if birth else ()
        parts = (calendars, self._coming(birth), *of_birth)
        return " · ".join(part for part in parts if part)

    def _coming(self, birth: bool) -> str:
        if self.next_on is None or self.days is None:
            return _("does not come again before 2100")
        on = f"{self.next_on} {words.weekday(self.next_on.weekday())}"
        if self.days == 0:
            when = _("today")
        elif self.days == 1:
            when = _("tomorrow")
        else:
            when = _("in {days} days").format(days=self.days)
        if self.is_round:
            years = _("{years} years, a round number").format(years=self.years)
        elif self.years and not birth:
            years = ngettext("{years} year", "{years} years", self.years).format(years=self.years)
        else:
            return labels.aside(on, when)
        return labels.aside(on, _(", ").join((when, years)))

    def _ages(self) -> str:
        if self.age is None:
            return ""
        if self.nominal_age is None:
            return _("age {age}").format(age=self.age)
        return _("age {age}, by Chinese count {nominal}").format(
            age=self.age, nominal=self.nominal_age
        )

    def _birth_signs(self) -> str:
        animal = _("year of the {animal}").format(animal=self.animal) if self.animal else ""
        return _(", ").join(part for part in (animal, self.sign) if part)


def describe(value: YearlyDate, today: date, policy: Policy = DEFAULT_POLICY) -> Description:
    """Everything worth showing about a yearly date, reckoned from `today`."""
    next_on = value.next_occurrence(today, policy)
    return Description(
        value=value,
        other=value.in_other_calendar(),
        next_on=next_on,
        days=None if next_on is None else (next_on - today).days,
        years=None if next_on is None else value.years_on(next_on, policy),
        age=value.age(today, policy),
        nominal_age=value.nominal_age(today),
        coming_age=None if next_on is None else value.age(next_on, policy),
        coming_nominal_age=None if next_on is None else value.nominal_age(next_on),
        animal=value.animal(),
        sign=value.zodiac(),
    )
