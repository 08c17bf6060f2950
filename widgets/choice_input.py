"""A field in which one chooses: typing narrows a list down, labels and pinyin are understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from store.forms.assistance import last_word, offered, toggled, with_word, words_of
from store.forms.choosing import SEPARATORS, between
from store.forms.declaration import Field
from store.language import N_
from widgets.cells import tidy
from widgets.choice_picker import ChoicePicker
from widgets.text_input import WIDE_SPACE, LineInput


class ChoiceInput(LineInput):
    """The line of a choice, with its list below it while one types.

    Free words stay as they are unless an option is moved to; where only the options are allowed,
    the best one is ready to be taken, and so it is for what can only be pinyin.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close_list", N_("Close the list"), show=False),
    ]

    def __init__(
        self, field: Field, text: str, picker: ChoicePicker, known: Sequence[str] = ()
    ) -> None:
        # Set first: the field of Textual begins by setting its text, which is watched here.
        self._moved = self._typing = False
        self.field = field
        self.picker = picker
        super().__init__(tidy(text))
        self.known = known
        """Free words that were used here before."""
        self.select_on_focus = not self.holds_several and field.type != "text"

    @property
    def holds_several(self) -> bool:
        """Whether the text is a list of words."""
        return self.field.type == "choices"

    @property
    def is_choosing(self) -> bool:
        """Whether the list is open for this field."""
        return self.has_focus and self.picker.is_open

    def show_list(self, all_of_it: bool = True, highlighted: int | None = None) -> None:
        """Open the list, with all options or those that fit what was typed."""
        if not self.has_focus:
            return
        options = offered(self.field, "" if all_of_it else self._word, self.known)
        if highlighted is None:
            self._moved = False
            highlighted = -1 if self._takes_words and not self._is_pinyin_for(options) else 0
            if all_of_it and self.value in options:
                highlighted = options.index(self.value)
        marked = words_of(self.value) if self.holds_several else None
        self.picker.open(options, self, highlighted, marked)

    @property
    def _takes_words(self) -> bool:
        """Whether other words than the options are welcome."""
        return self.field.other or self.field.type in ("card", "text")

    def _is_pinyin_for(self, options: Sequence[str]) -> bool:
        """Whether small letters were typed that lead to a word in Chinese characters."""
        word = self._word
        typed = word.isascii() and word.islower() and word.isalpha()
        return typed and bool(options) and not options[0].isascii()

    @property
    def _word(self) -> str:
        return last_word(self.value) if self.holds_several else self.value

    def offer(self, words: Sequence[str]) -> None:
        """Offer these free words from now on, in the open list as well."""
        self.known = words
        if self.has_focus and self._word:
            self.show_list(all_of_it=False)

    def move(self, step: int) -> None:
        """Move the mark of the open list."""
        self._moved = True
        self.picker.move(step)

    def take(self) -> None:
        """Put the marked option into the text, where one is meant, and close the list."""
        option = self.picker.option if self.is_choosing else None
        if option is not None and (not self.holds_several or self._word):
            self._put(with_word(self.value, option) if self.holds_several else option)
        self.picker.close()

    def choose(self, option: str) -> None:
        """Take an option that was pointed at; of several, add it or take it out."""
        self.picker.highlighted = self.picker.options.index(option)
        if self.holds_several:
            self.mark()
        else:
            self.take()

    def mark(self) -> None:
        """Add the marked option to the text, or take it out; the list stays open."""
        if self.picker.option is not None:
            place = offered(self.field, "", self.known).index(self.picker.option)
            self._put(toggled(self.value, self.picker.option))
            self.show_list(highlighted=place)

    def _put(self, text: str) -> None:
        self._typing = False
        self.value = text
        self.cursor_position = len(text)

    def replace(self, text: str, start: int, end: int) -> None:
        """As somebody types: words of a closed list are parted by themselves."""
        if start == len(self.value) and self._ends_in_option and text[:1] not in SEPARATORS:
            text = between() + text
        self._typing = True
        super().replace(text, start, end)

    @property
    def _ends_in_option(self) -> bool:
        return (
            self.holds_several and not self._takes_words and self._word in offered(self.field, "")
        )

    def watch_value(self, value: str) -> None:
        """Narrow the list down to what fits."""
        if self._typing or self.is_choosing:
            self._typing = False
            # Who takes a word out means to leave the field blank, not to take the first option.
            emptied = not self._word and not self.holds_several
            self._moved = False
            self.show_list(all_of_it=not self._word, highlighted=-1 if emptied else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while there is no list to close."""
        if action == "close_list":
            return self.is_choosing
        return super().check_action(action, parameters)

    def action_close_list(self) -> None:
        """Close the list, leaving the text as it is."""
        self.picker.close()

    async def _on_key(self, event: events.Key) -> None:
        """Let the space bar open the list and mark in it, where it is not part of a word."""
        if event.character in (" ", WIDE_SPACE) and self._space_chooses:
            event.stop()
            event.prevent_default()
            if not self.is_choosing:
                if self._ends_in_option:
                    self._put(self.value + between())
                self.show_list()
            elif self.holds_several:
                self.mark()
            else:
                self.take()

    @property
    def _space_chooses(self) -> bool:
        if not self._takes_words:
            return True
        return (self.is_choosing and self._moved) or not self._word
