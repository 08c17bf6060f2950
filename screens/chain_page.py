"""Who came through whom: the chain of referrals from one customer, and what it has brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.base import PageScreen
from store import relation_words
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background
    from store.records.referrals import Chain, ChainLink

COLUMNS = (
    Column("name", N_("Who"), 30, least=14, share=3, sortable=False),
    Column("house", N_("Organisation"), 18, least=8, share=2, sortable=False),
    Column("on", N_("When"), 10, sortable=False),
    Column("bought", N_("Bought"), 6, least=4, sortable=False),
    Column("amount", N_("Purchases"), 12, least=8, align="right", sortable=False),
)


class ChainPage(PageScreen[None]):
    """A tree of referrals; Enter opens a card."""

    HELP = N_(
        "Who brought whom, from the customer down. A chain that keeps bringing buyers is worth a "
        "visit and a thank-you; what each has bought stands beside him, and the whole above."
    )
    DEFAULT_CSS = """
    ChainPage > #brought { height: auto; max-height: 3; padding: 0 1; }
    """
    AUTO_FOCUS: ClassVar[str] = "#chain"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "thanks", N_("Whom to thank"), id="chain.thanks"),
    ]

    def __init__(self, desk: Background, card_id: int) -> None:
        super().__init__(desk)
        self.card = card_id
        self.links: list[ChainLink] = []

    def compose_body(self) -> ComposeResult:
        """What the chain brought, and the tree."""
        yield SteadyText(id="brought")
        yield RowList(COLUMNS, marking=False, id="chain")

    @property
    def list(self) -> RowList:
        """The tree, as a list."""
        return self.query_one("#chain", RowList)

    @property
    def card_id(self) -> int | None:
        """The card under the cursor."""
        place = self.list.cursor
        return self.links[place].card.id if 0 <= place < len(self.links) else None

    def reload(self) -> None:
        """Read the chain anew."""
        self.load()

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.reload()

    @work(exclusive=True, exit_on_error=False, group="chain")
    async def load(self) -> None:
        """Show the chain; a newer call replaces an older one."""
        card = self.card
        try:
            chain = await self.desk.read(lambda desk: desk.referrals.chain(card))
        except StoreError as error:
            self.report(error)
            self.dismiss(None)
            return
        self.links = list(chain.links)
        self.set_title(_("Who came through {name}").format(name=chain.links[0].card.name))
        self.query_one("#brought", SteadyText).update(Content(chain_text(chain)))
        self.list.set_rows(chain_rows(chain.links), keep=True)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the card under the cursor."""
        if self.card_id is not None:
            self.open_card(self.card_id)

    def action_thanks(self) -> None:
        """See whom to thank."""
        from screens.referrals_page import ReferralsPage

        self.app.push_screen(ReferralsPage(self.desk))


def chain_text(chain: Chain) -> str:
    """Who brought the first one, and what the chain has brought."""
    said = []
    if chain.origin:
        names = " > ".join(card.name for card in chain.origin)
        said.append(_("He came through {names}").format(names=names))
    brought = chain.brought
    if not brought.customers:
        said.append(_("Nobody came through him yet"))
    else:
        told = _("{direct} brought by himself, {customers} in all; {bought} have bought")
        said.append(
            told.format(direct=brought.direct, customers=brought.customers, bought=brought.bought)
        )
        if brought.amount:
            amount = relation_words.amount(brought.amount)
            said.append(_("Purchases of all together: {amount}").format(amount=amount))
    return "\n".join(said)


def chain_rows(links: list[ChainLink] | tuple[ChainLink, ...]) -> list[Row]:
    """The tree as rows, each behind the one who brought it."""
    rows = []
    for place, link in enumerate(links):
        stem = "   " * max(0, link.depth - 1) + ("`- " if link.depth else "")
        name = f"{stem}{link.card.name}"
        if link.again:
            name = _("{name} (see above)").format(name=name)
        rows.append(
            Row(
                str(place),
                (
                    name,
                    link.card.organisation or link.card.title,
                    link.on.isoformat() if link.on else "",
                    _("yes") if link.bought else "",
                    relation_words.amount(link.amount),
                ),
                "muted" if link.again else "",
            )
        )
    return rows
