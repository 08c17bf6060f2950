"""A list of rows of any length: the owner delivers pages, only changed lines are painted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.language import N_, _
from widgets.cells import fit, fit_content
from widgets.columns import Column, lay_out
from widgets.row_line import paint_line
from widgets.row_pages import PAGE, Row, RowPages

COLOURED = ("muted", "success", "warning", "error")

TONES = ("strong", *COLOURED)
"""The tones of a row besides the plain one. A tone goes with a word in the row, never alone."""

BOLD = Style(bold=True)


class RowListMessage(Message):
    """Something happened in a row list."""

    def __init__(self, row_list: RowList) -> None:
        super().__init__()
        self.row_list = row_list

    @property
    def control(self) -> RowList:
        """The list it happened in."""
        return self.row_list


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows in columns, with a cursor and marks, of which only the looked-at pages are known.

    The owner says how many rows there are with `set_source`, is asked for pages by `PageWanted`
    and answers with `put_page`. A row whose page has not come yet is blank.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor",
        "row-list--cursor-blurred",
        *(f"row-list--{tone}" for tone in COLOURED),
    }
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .row-list--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .row-list--cursor-blurred {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
        }
        & > .row-list--muted { color: $text-muted; }
        & > .row-list--success { color: $text-success; }
        & > .row-list--warning { color: $text-warning; }
        & > .row-list--error { color: $text-error; }
    }
    RowList:nocolor > .row-list--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("Row up"), show=False, id="list.up"),
        Binding("down,j", "move(1)", N_("Row down"), show=False, id="list.down"),
        Binding("pageup", "turn(-1)", N_("Page up"), show=False, id="list.page_up"),
        Binding("pagedown", "turn(1)", N_("Page down"), show=False, id="list.page_down"),
        Binding("home,g", "first", N_("First row"), show=False, id="list.first"),
        Binding("end,G", "last", N_("Last row"), show=False, id="list.last"),
        Binding("enter", "open", N_("Open"), id="list.open"),
        Binding("space", "mark", N_("Mark"), id="list.mark"),
    ]

    cursor: reactive[int] = reactive(-1, repaint=False)
    """The index of the row under the cursor, from 0; -1 when there is no row."""

    class PageWanted(RowListMessage):
        """A page is looked at, or soon will be, and has to come by `put_page`."""

        def __init__(self, row_list: RowList, page: int, edition: int) -> None:
            super().__init__(row_list)
            self.page = page
            """Its number, from 0: rows `page * PAGE` to `page * PAGE + PAGE - 1`."""
            self.edition = edition
            """What to give back to `put_page`, so that an overtaken answer is dropped."""

    class Highlighted(RowListMessage):
        """Another row is under the cursor; `row` is None where there is none, or not yet."""

        def __init__(self, row_list: RowList, index: int, row: Row | None) -> None:
            super().__init__(row_list)
            self.index = index
            self.row = row

    class Opened(RowListMessage):
        """A row was chosen with Enter or a double click."""

        def __init__(self, row_list: RowList, row: Row) -> None:
            super().__init__(row_list)
            self.row = row

    class Marked(RowListMessage):
        """Rows were marked or marks taken away; `keys` are all that are marked now."""

        def __init__(self, row_list: RowList, keys: tuple[str, ...]) -> None:
            super().__init__(row_list)
            self.keys = keys

    class SortWanted(RowListMessage):
        """The heading of a column was clicked."""

        def __init__(self, row_list: RowList, column: str) -> None:
            super().__init__(row_list)
            self.column = column

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = N_("Nothing here yet"),
        header: bool = True,
        marking: bool = True,
        opening: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a list without rows.

        Args:
            columns: what stands in the cells of a row, in order.
            empty: the message id of what is shown when there are no rows.
            header: whether a line with the headings of the columns stands on top.
            marking: whether rows can be marked.
            opening: whether rows can be opened.
            id: as of any widget.
            classes: as of any widget.
        """
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._empty = empty
        self._top = 1 if header else 0
        self._marking = marking
        self._opening = opening
        self._pages = RowPages()
        self._marks: dict[str, None] = {}
        self._sorted_by: tuple[str, bool] | None = None
        self._sought: str | None = None
        self._announced: tuple[int, Row | None] | None = None
        self._is_following = False
        """Whether the cursor goes along with its row, and the list is not to be scrolled to it."""
        self._laid_out: tuple[int, list[int]] | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have no key for what is not done with these rows, or where there are none."""
        if action in ("mark", "open"):
            return self.count > 0 and (self._marking if action == "mark" else self._opening)
        return super().check_action(action, parameters)

    @property
    def count(self) -> int:
        """The number of rows, known or not."""
        return self._pages.count

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None where there is none, or where it has not come yet."""
        return self._pages.row(self.cursor)

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self.row.key if self.row else None

    @property
    def marks(self) -> tuple[str, ...]:
        """The keys of the marked rows, in the order of marking."""
        return tuple(self._marks)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys to act on: the marked ones, or else that of the row under the cursor."""
        return self.marks or ((self.key,) if self.key is not None else ())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; rows that fit them are the owner's business."""
        self._columns = tuple(columns)
        self._laid_out = None
        self.refresh()

    def set_sorting(self, column: str | None, *, descending: bool = False) -> None:
        """Show by which column the rows come sorted; None shows no mark."""
        self._sorted_by = None if column is None else (column, descending)
        self._refresh_line(0)

    def set_empty(self, empty: str) -> None:
        """Show another text when there are no rows; a message id."""
        if empty != self._empty:
            self._empty = empty
            self.refresh()

    def set_source(
        self,
        count: int,
        *,
        keep: bool = False,
        cursor: int | None = None,
        pages: Mapping[int, Sequence[Row]] | None = None,
    ) -> None:
        """Begin with another source, or with the same one after a change.

        What is on screen stays until the new pages come, so that nothing flickers.

        Args:
            count: how many rows there are.
            keep: whether it is the same list after a change: the cursor stays with its row, or at
                its place when the row is gone. Otherwise the cursor goes to the top.
            cursor: where to put the cursor, when the owner knows better.
            pages: pages that are known already, by number.
        """
        self._begin(count, keep, cursor, pages or {}, 0)

    def set_rows(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Show rows that are all known, as a short list has them; `keep` as in `set_source`."""
        pages = {start // PAGE: rows[start : start + PAGE] for start in range(0, len(rows), PAGE)}
        places = {row.key: index for index, row in enumerate(rows)}
        kept = places.get(self.key or "") if keep else None
        self._begin(len(rows), keep, kept, pages, len(pages))
        self.mark(key for key in self._marks if key in places)

    def _begin(
        self,
        count: int,
        keep: bool,
        cursor: int | None,
        pages: Mapping[int, Sequence[Row]],
        pages_kept: int,
    ) -> None:
        self._sought = self.key if keep and cursor is None else None
        had_rows = self.count > 0
        place = cursor if cursor is not None else (self.cursor if keep else 0)
        line = self._line_of_cursor() if keep else None
        shown = [self._pages.shown(index) for index in self._visible()]
        self._pages.begin(count, same=keep, kept=pages_kept)
        self.virtual_size = Size(0, count + self._top)
        for number, rows in pages.items():
            self._pages.put(number, rows)
        if len(shown) != len(self._visible()) or not count:
            self.refresh()
        else:
            self._repaint_changed(self._visible(), shown)
        if keep:
            self._follow(max(0, place), line)
        else:
            self.scroll_to(y=0, animate=False, force=True)
            self.cursor = max(0, place)
        for number, rows in pages.items():
            self._find_sought(number, rows)
        if not keep:
            self._show_cursor()
        self._announce()
        self._want_pages()
        if had_rows != (count > 0):
            self.refresh_bindings()

    def put_page(self, page: int, rows: Sequence[Row], edition: int | None = None) -> None:
        """Deliver a page; one that was asked for before the last `set_source` is dropped.

        Args:
            page: its number, as in `PageWanted`.
            rows: its rows, `PAGE` of them but in the last page.
            edition: as in `PageWanted`; None takes the page to be of the present source.
        """
        if edition is not None and edition != self._pages.edition:
            return
        visible = self._visible()
        shown = [self._pages.shown(index) for index in visible]
        self._pages.put(page, rows)
        self._repaint_changed(visible, shown)
        self._find_sought(page, rows)
        if not self._pages.waiting:
            self._sought = None
        self._announce()

    def update_row(self, row: Row) -> None:
        """Show a row anew that has the same key as before; nothing happens if it is not known."""
        if (index := self._pages.replace(row)) is not None:
            self._refresh_row(index)
            self._announce()

    def mark(self, keys: Iterable[str]) -> None:
        """Mark these rows and no others."""
        marks = dict.fromkeys(keys)
        if list(marks) == list(self._marks):
            return
        changed = marks.keys() ^ self._marks.keys()
        self._marks = marks
        for index in self._visible():
            if (row := self._pages.shown(index)) and row.key in changed:
                self._refresh_row(index)
        self.post_message(self.Marked(self, self.marks))

    def clear_marks(self) -> None:
        """Take all marks away."""
        self.mark(())

    def _repaint_changed(self, visible: range, before: Sequence[Row | None]) -> None:
        for index, row in zip(visible, before, strict=True):
            if self._pages.shown(index) != row:
                self._refresh_row(index)

    def _find_sought(self, page: int, rows: Sequence[Row]) -> None:
        """Put the cursor on the row that it was on before the source changed."""
        for place, row in enumerate(rows):
            if row.key == self._sought:
                self._sought = None
                self._follow(page * PAGE + place, self._line_of_cursor())
                return

    def _line_of_cursor(self) -> int | None:
        """On which line of the screen the cursor is, from 0; None where it is out of sight."""
        line = self.cursor - round(self.scroll_target_y)
        return line if 0 <= line < self.size.height - self._top else None

    def _follow(self, place: int, line: int | None) -> None:
        """Put the cursor where its row has gone.

        The row stays on its line of the screen as far as that is possible; where it was out of
        sight nothing is scrolled.
        """
        self._is_following = True
        self.cursor = place
        self._is_following = False
        if line is not None:
            self.scroll_to(y=max(0, self.cursor - line), animate=False, force=True)
            self._show_cursor()

    def _want_pages(self) -> None:
        visible = self._visible()
        for page in self._pages.wanted(visible.start, max(visible.start, visible.stop - 1)):
            self.post_message(self.PageWanted(self, page, self._pages.edition))

    def _visible(self) -> range:
        """The indexes of the rows on screen."""
        top = round(self.scroll_target_y)
        return range(top, min(self.count, top + max(0, self.size.height - self._top)))

    def _refresh_line(self, line: int) -> None:
        self.refresh(Region(0, line, self.size.width, 1))

    def _refresh_row(self, index: int) -> None:
        line = index - round(self.scroll_y) + self._top
        if self._top <= line < self.size.height:
            self._refresh_line(line)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return min(max(0, cursor), self.count - 1)

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Repaint the row it left and the row it came to."""
        self._refresh_row(before)
        self._refresh_row(cursor)
        if not self._is_following:
            self._show_cursor()
        self._announce()

    def _announce(self) -> None:
        """Tell the owner which row is under the cursor, once for each."""
        found = (self.cursor, self.row)
        if found != self._announced:
            self._announced = found
            self.post_message(self.Highlighted(self, *found))

    def _show_cursor(self) -> None:
        """Scroll as far as needed to have the cursor on screen."""
        height = self.size.height - self._top
        top = round(self.scroll_target_y)
        if self.cursor < 0 or height <= 0:
            return
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Have the pages ready that come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want_pages()

    def on_resize(self) -> None:
        """Keep the cursor in sight, and ask for what has come into sight."""
        self._show_cursor()
        self._want_pages()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; open on a double click, mark at the left edge."""
        place = event.get_content_offset(self)
        if place is None:
            return
        if place.y < self._top:
            self._click_heading(place.x)
            return
        index = round(self.scroll_y) + place.y - self._top
        if index >= self.count:
            return
        self._go(index)
        if place.x == 0 and self._marking:
            self._toggle_mark()
        elif event.chain == 2:
            self.action_open()

    def _click_heading(self, x: int) -> None:
        start = 1
        for column, width in zip(self._columns, self._widths(), strict=True):
            if width and start <= x < start + width and column.sortable:
                self.post_message(self.SortWanted(self, column.key))
            start += width + 1 if width else 0

    def action_move(self, rows: int) -> None:
        """Move the cursor down by a number of rows, or up by a negative one."""
        self._go(self.cursor + rows)

    def action_turn(self, pages: int) -> None:
        """Move the cursor by as many rows as are on screen."""
        self._go(self.cursor + pages * max(1, self.size.height - self._top - 1))

    def action_first(self) -> None:
        """Go to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self._go(self.count - 1)

    def _go(self, index: int) -> None:
        self._sought = None
        self.cursor = index

    def action_open(self) -> None:
        """Choose the row under the cursor."""
        if (row := self.row) is not None:
            self.post_message(self.Opened(self, row))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        self._toggle_mark()
        self.action_move(1)

    def _toggle_mark(self) -> None:
        if (key := self.key) is not None:
            others = [other for other in self._marks if other != key]
            self.mark(others if key in self._marks else [*others, key])

    def _widths(self) -> list[int]:
        width = max(0, self.size.width - 2)
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = (width, lay_out(self._columns, width))
        return self._laid_out[1]

    def render_line(self, y: int) -> Strip:
        """Paint a line from what is known."""
        index = round(self.scroll_y) + y - self._top
        if y < self._top:
            return self._paint(self.heading(), self._muted + BOLD)
        if index < self.count:
            row = self._pages.shown(index)
            return self._paint(self._cells_of(row, index), self._style_of(row, index))
        if not self.count and self._pages.edition and y == self._top:
            return self._paint([f" {_(self._empty)}"], self._muted)
        return self._paint([], self.rich_style)

    def heading(self) -> list[str | Content]:
        """The parts of the heading line; subclasses may show something else."""
        parts: list[str | Content] = [" "]
        for column, width in zip(self._columns, self._widths(), strict=True):
            if width:
                title = _(column.title)
                if self._sorted_by and self._sorted_by[0] == column.key:
                    title += "v" if self._sorted_by[1] else "^"
                parts += [fit(title, width, column.align), " "]
        return parts

    def _cells_of(self, row: Row | None, index: int) -> list[str | Content]:
        if row is None:
            return []
        parts: list[str | Content] = ["*" if row.key in self._marks else " "]
        for column, width, cell in zip(self._columns, self._widths(), row.cells, strict=False):
            if not width:
                continue
            if isinstance(cell, str):
                parts.append(fit(cell, width, column.align))
            elif index == self.cursor:
                parts.append(fit(cell.plain, width, column.align))
            else:
                parts.append(fit_content(cell, width, column.align))
            parts.append(" ")
        return parts

    def _style_of(self, row: Row | None, index: int) -> Style:
        if index == self.cursor:
            name = "cursor" if self.has_focus else "cursor-blurred"
        elif row is None or row.tone not in TONES:
            return self.rich_style
        elif row.tone == "strong":
            return self.rich_style + BOLD
        else:
            name = row.tone
        return self.get_component_rich_style(f"row-list--{name}")

    @property
    def _muted(self) -> Style:
        return self.get_component_rich_style("row-list--muted")

    def _paint(self, parts: Sequence[str | Content], style: Style) -> Strip:
        return paint_line(parts, self.size.width, style, self.app.stylesheet.parse_style)
