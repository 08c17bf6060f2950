"""Borrowing 借阅: a card that a member may see for some days, or a paper from the shelf.

In the program a loan is access: it ends by itself at its moment, by the real clock
(`store.visibility`). Papers have to be brought back, and are late when they are not.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import TYPE_CHECKING, Any

from store import loan_rows, rows
from store.arguments import Limit, checks_arguments, in_reach, shortened
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.language import N_, listed
from store.merged_numbers import leading
from store.models.cards import Card
from store.models.sharing import Loan
from store.records.loans import LoanDays, LoanRow, Pages, Reading
from store.rights import NO_LENDING, Right
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

LOAN_ASKED = N_("Asked to see a card")
LOAN_APPROVED = N_("Card lent")
LOAN_REFUSED = N_("Loan refused")
LOAN_RETURNED = N_("Loan returned")
LOAN_WITHDRAWN = N_("Request withdrawn")
LOAN_RECALLED = N_("Loan taken back")
PAPER_LENT = N_("Paper lent")
PAPER_WANTED = N_("Paper asked back")

NO_CARD = N_("There is no card “{text}”.")
NO_LOAN = N_("There is no loan {number}.")
SEEN_ALREADY = N_("You see all of this card already.")
ASKED_ALREADY = N_("You have asked for this card already; the request waits for an answer.")
NO_SECTION = N_("Choose at least one section, or the whole card.")
UNKNOWN_SECTION = N_("This card has no section “{text}”; there are: {titles}.")
SETTLED = N_("This request is settled already: somebody else answered it, or it was withdrawn.")
OVER = N_("This loan is over already.")
HAS_LEFT = N_("{name} does not work here any more.")
ORIGINALS = N_("Originals are consulted on the spot and never lent: lend a copy.")
NO_PAPER = N_("Say which paper is lent.")
NOT_ON_CARD = N_("Among this customer's papers there is no {number}.")
LENT_ALREADY = N_("{number} is lent to {name} already.")
NO_MEMBER = N_("There is no member “{login}” here.")
MAY_NOT_APPROVE = N_("{name} does not decide on this customer's papers.")
PAST_DUE = N_("The day by which it has to be back lies in the past.")
BACK_AT_SHELF = N_("Bring the paper back to whoever lent it: he notes that it is there.")

ORIGINAL_WORDS = ("原件", "原始", "正本", "original")
"""Words by which a paper is known to be an original."""

COPY_WORDS = ("复印", "复制", "副本", "扫描", "copy", "copies", "scan")
"""Words by which it is one that may leave the shelf, whatever it was made from."""

REFUSAL_TOLD = timedelta(days=3)
"""So long a refusal stands on Today of whoever asked."""

NEWEST = "loan.id DESC"


@explains_trouble
@checks_arguments
class Loans:
    """What is lent to the member, what others ask of him, and what is out."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    # Asking

    def named(self, text: str) -> int:
        """The card that somebody wants to see: of this number, seen or not, else the one that a
        text finds.

        Raises:
            NotFound: there is none.
            Ambiguous: several fit.
        """
        number = text.strip().upper()
        found = Card.select(Card.id).where((Card.number == number) & Card.trashed_at.is_null())
        card = found.scalar() or leading([number]).get(number)
        return int(card) if card is not None else self.desk.cards.resolve(text).id

    def ask(
        self,
        card_id: int,
        sections: Sequence[str] | None = None,
        days: LoanDays = 3,
        reason: str = "",
    ) -> LoanRow:
        """Ask to see a card for some days: of a card that is released, or known by its number.

        Managers above its owner and the keepers of the files are asked (`asked_of`).

        Args:
            sections: by key or title, as of the card's form; None for the whole card.

        Raises:
            BadValue: the card is seen already or asked for, or has no such section.
            NotFound: there is no such card.
        """
        why = _line(reason, "reason")
        with self.desk.change(LOAN_ASKED) as change:
            card = rows.fetch(Card, [card_id]).get(card_id)
            if card is None or card["trashed_at"] is not None:
                raise NotFound(NO_CARD, text=str(card_id))
            if self._sees(card_id):
                raise BadValue(SEEN_ALREADY, field="card_id")
            mine = (Loan.card == card_id) & (Loan.member == self.desk.member.id)
            if Loan.select().where(mine & (Loan.status == "asked")).exists():
                raise BadValue(ASKED_ALREADY, field="card_id")
            loan_id = change.insert(
                Loan,
                {
                    "card_id": card_id,
                    "member_id": self.desk.member.id,
                    "sections": _sections(card["kind"], sections),
                    "reason": why,
                    "asked_at": change.now,
                    "days": days,
                },
            )
        return self.get(loan_id)

    def asked_of(self, card_id: int) -> list[str]:
        """The names of those who may let others see a card, whom a request waits for."""
        from store.members import active_members
        from store.visibility import departments_below

        card = rows.fetch(Card, [card_id]).get(card_id)
        if card is None:
            return []
        place = card["department_id"]
        names = []
        for member in active_members():
            below = member.role == "manager" and member.department is not None
            decides = member.role in ("director", "custodian") or (
                below and place in departments_below(member.department or 0)
            )
            if decides and member.id != self.desk.member.id:
                names.append(member.name)
        return names

    def sections_of(self, card_id: int) -> list[tuple[str, str]]:
        """Key and title of the sections that can be asked for of a card, in their order.

        Raises:
            NotFound: there is no such card.
        """
        from store.lendable import titles_of

        card = rows.fetch(Card, [card_id]).get(card_id)
        if card is None or card["trashed_at"] is not None:
            raise NotFound(NO_CARD, text=str(card_id))
        return list(titles_of(card["kind"]).items())

    # Deciding

    def approve(
        self,
        loan_id: int,
        *,
        days: LoanDays | None = None,
        sections: Sequence[str] | None = None,
        whole: bool = False,
        answer: str = "",
    ) -> LoanRow:
        """Let the member who asked see the card from now on, for so many days of 24 hours.

        Args:
            days: None for as many as he asked for.
            sections: by key or title, as of the card's form; None for those he asked for.
            whole: the whole card, whatever he asked for.

        Raises:
            BadValue: the card has no such section.
            Conflict: the request is settled already.
            NotAllowed: the card is not the member's to lend.
            NotFound: there is no such request.
        """
        said = _line(answer, "answer")
        with self.desk.change(LOAN_APPROVED) as change:
            row, loan = self._asked(loan_id)
            given = days or loan.days
            kept = None if whole else loan.sections
            if sections is not None and not whole:
                kept = tuple(_sections(loan.card_kind, sections) or ())
            change.update(
                Loan,
                row["id"],
                {
                    "status": "lent",
                    "days": given,
                    "sections": None if kept is None else list(kept),
                    "due_at": change.now + timedelta(days=given),
                    **self._decided(change, said),
                },
            )
        return self.get(loan_id)

    def refuse(self, loan_id: int, answer: str = "") -> LoanRow:
        """Refuse what a member asked for, and say why.

        Raises:
            Conflict: the request is settled already.
            NotAllowed: the card is not the member's to lend.
            NotFound: there is no such request.
        """
        said = _line(answer, "answer")
        with self.desk.change(LOAN_REFUSED) as change:
            row, _loan = self._asked(loan_id)
            change.update(Loan, row["id"], {"status": "refused", **self._decided(change, said)})
        return self.get(loan_id)

    def recall(self, loan_id: int, answer: str = "") -> LoanRow:
        """Take a loan back before its end: access ends at once, a paper is late from now on.

        Raises:
            Conflict: the loan is over already.
            NotAllowed: the card is not the member's to lend.
            NotFound: there is no such loan.
        """
        said = _line(answer, "answer")
        loan = self.get(loan_id)
        summary = PAPER_WANTED if loan.kind == "paper" else LOAN_RECALLED
        with self.desk.change(summary) as change:
            loan = self._to_lend(loan_id)
            if loan.state not in ("running", "late"):
                raise Conflict(OVER)
            values: dict[str, Any] = {"answer": said or loan.answer}
            if loan.kind == "paper":
                values["due_at"] = min(change.now, loan.due_at or change.now)
            else:
                values |= {"status": "recalled", "returned_at": change.now}
            change.update(Loan, loan_id, values)
        return self.get(loan_id)

    def give_back(self, loan_id: int) -> LoanRow:
        """Return a loan, or withdraw a request that nobody answered yet.

        That a paper is back is noted by whoever lends it.

        Raises:
            Conflict: the loan is over already.
            NotAllowed: it is a paper, and the member is not who lends it.
            NotFound: there is no such loan of his.
        """
        loan = self.get(loan_id)
        withdrawn = loan.state == "asked"
        with self.desk.change(LOAN_WITHDRAWN if withdrawn else LOAN_RETURNED) as change:
            loan = self.get(loan_id)
            if loan.kind == "paper" and not loan.decides:
                raise NotAllowed(BACK_AT_SHELF)
            if not loan.mine and not loan.decides:
                raise NotAllowed(NO_LENDING)
            if loan.state not in ("asked", "running", "late"):
                raise Conflict(OVER)
            if loan.state == "asked" and not loan.mine:
                raise NotAllowed(NO_LENDING)
            status = "withdrawn" if loan.state == "asked" else "returned"
            change.update(Loan, loan_id, {"status": status, "returned_at": change.now})
        return self.get(loan_id)

    def paper(
        self,
        card_id: int,
        to_login: str,
        what: str,
        due: date,
        pages: Pages | None = None,
        reason: str = "",
        approved_by: str | None = None,
    ) -> LoanRow:
        """Note that a paper of a customer's file leaves the shelf; the member hands it out.

        Args:
            what: the paper: the number of a listed one, words behind it or not, or any words;
                an original is refused.
            due: the day by which it has to be back.
            approved_by: the login of who said that it may go, where it was somebody else.

        Raises:
            BadValue: no paper is named, it is an original, the card has none of this number, the
                day is past, or whoever is said to have approved it may not.
            Conflict: the listed paper is lent already.
            NotAllowed: the card is not the member's to lend.
            NotFound: there is no such card or member.
        """
        from store.members import member_named

        named = _line(what, "what")
        why = _line(reason, "reason")
        if not named:
            raise BadValue(NO_PAPER, field="what")
        if is_original(named):
            raise BadValue(ORIGINALS, field="what")
        in_reach(due, "due")
        if due < self.desk.store.clock.local(self.desk.store.clock.now()).date():
            raise BadValue(PAST_DUE, field="due")
        with self.desk.change(PAPER_LENT) as change:
            self.desk.cards.check_visible(card_id)
            self.desk.require(Right.LEND, [card_id])
            approver = self._approver(card_id, approved_by)
            paper_id, named = self._listed(card_id, named)
            borrower = member_named(to_login)
            if borrower is None:
                raise NotFound(NO_MEMBER, login=shortened(to_login))
            loan_id = change.insert(
                Loan,
                {
                    "card_id": card_id,
                    "member_id": borrower.id,
                    "kind": "paper",
                    "paper_id": paper_id,
                    "what": named,
                    "pages": pages,
                    "reason": why,
                    "status": "lent",
                    "asked_at": change.now,
                    "due_at": self._end_of(due),
                    "decided_by_id": self.desk.member.id,
                    "decided_at": change.now,
                    "approved_by_id": approver,
                },
            )
        return self.get(loan_id)

    def _listed(self, card_id: int, what: str) -> tuple[int | None, str]:
        """The listed paper that is meant, if any, and what the loan calls it."""
        from store.paper_values import NUMBER
        from store.paper_words import numbered

        number = what.split()[0].upper()
        if not NUMBER.fullmatch(number):
            return None, what
        paper = self.desk.papers.named(number)
        if paper.card_id != card_id or paper.trashed:
            raise BadValue(NOT_ON_CARD, field="what", number=number)
        if paper.values.original:
            raise BadValue(ORIGINALS, field="what")
        if paper.loan_id is not None:
            raise Conflict(LENT_ALREADY, number=number, name=paper.borrower)
        return paper.id, numbered(paper)

    def _approver(self, card_id: int, login: str | None) -> int | None:
        """The id of whoever is said to have approved a paper; None where it was the handler."""
        from store.members import member_named

        if not login or login == self.desk.member.login:
            return None
        found = member_named(login)
        if found is None:
            raise BadValue(NO_MEMBER, field="approved_by", login=shortened(login))
        if found.name not in self.asked_of(card_id):
            raise BadValue(MAY_NOT_APPROVE, field="approved_by", name=found.name)
        return found.id

    # Looking

    def get(self, loan_id: int) -> LoanRow:
        """One loan of the member's, or of a card that is his to lend or his own.

        Raises:
            NotFound: there is none.
        """
        found = loan_rows.find(self.desk, self._concerning("loan.id = ?", [loan_id]), NEWEST)
        if not found:
            raise NotFound(NO_LOAN, number=loan_id)
        return found[0]

    def requests(self, limit: Limit = 100) -> list[LoanRow]:
        """Requests that wait for the member's word, the oldest first."""
        lends, parameters = loan_rows.lending(self.desk)
        wanted = (
            "loan.status = 'asked' AND borrower.active AND card.trashed_at IS NULL "
            f"AND loan.member_id <> ? AND {lends}",
            [self.desk.member.id, *parameters],
        )
        return loan_rows.find(self.desk, wanted, "loan.id", limit)

    def mine(self, limit: Limit = 100) -> list[LoanRow]:
        """What the member borrowed or asked for, what is open first, then the newest."""
        now = _stored(self.desk.store.clock.now())
        wanted = ("loan.member_id = ?", [self.desk.member.id])
        is_open = (
            "loan.status = 'asked' OR loan.status = 'lent' "
            f"AND (loan.kind = 'paper' OR loan.due_at > '{now}')"
        )
        return loan_rows.find(self.desk, wanted, f"({is_open}) DESC, {NEWEST}", limit)

    def lent(self, limit: Limit = 100) -> list[LoanRow]:
        """What others have of the cards that are the member's to lend or his own, what is late
        or ends soonest first.
        """
        concerned, parameters = self._held()
        wanted = (
            "loan.status = 'lent' AND loan.member_id <> ? AND (loan.kind = 'paper' OR "
            f"loan.due_at > ?) AND {concerned}",
            [self.desk.member.id, _stored(self.desk.store.clock.now()), *parameters],
        )
        return loan_rows.find(self.desk, wanted, "loan.due_at, loan.id", limit)

    def of_card(self, card_id: int, limit: Limit = 100) -> list[LoanRow]:
        """The loans of a card that concern the member, the newest first."""
        wanted = self._concerning("loan.card_id = ?", [card_id])
        return loan_rows.find(self.desk, wanted, NEWEST, limit)

    def reads(self, loan_id: int, limit: Limit = 100) -> list[Reading]:
        """When the borrower opened the card during a loan, the newest first.

        Raises:
            NotFound: there is no such loan.
        """
        return loan_rows.readings(self.get(loan_id), self.desk.store.clock.now(), limit)

    def due(self, limit: Limit = 50) -> list[LoanRow]:
        """What of loans stands on the member's Today, each with `why`.

        Requests that wait for his word; papers that he has to bring back today or should have
        brought, and those that he lent and that are late; what he may read just now; what was
        refused to him lately.
        """
        clock = self.desk.store.clock
        now = clock.now()
        me, tonight = self.desk.member.id, _stored(self._end_of(clock.local(now).date()))
        own = "loan.member_id = ? AND "
        paper = "loan.kind = 'paper' AND loan.status = 'lent' AND loan.due_at <= ?"
        access = "loan.kind = 'access' AND loan.status = 'lent' AND loan.due_at > ?"
        refused = "loan.status = 'refused' AND loan.decided_at > ?"
        since = _stored(now - REFUSAL_TOLD)
        groups = {
            "decide": self.requests(limit),
            "return": self._find(own + paper, [me, tonight], "loan.due_at", limit),
            "collect": self._find(
                "loan.decided_by_id = ? AND loan.member_id <> ? AND " + paper,
                [me, me, _stored(now)],
                "loan.due_at",
                limit,
            ),
            "open": self._find(own + access, [me, _stored(now)], "loan.due_at", limit),
            "refused": self._find(own + refused, [me, since], NEWEST, limit),
        }
        found = [replace(row, why=why) for why, several in groups.items() for row in several]
        return found[:limit] if limit >= 0 else found

    def _find(self, where: str, parameters: list[Any], order: str, limit: int) -> list[LoanRow]:
        return loan_rows.find(self.desk, (where, parameters), order, limit)

    # Within

    def _held(self) -> loan_rows.Condition:
        """The condition on a card under which its loans are the member's business."""
        from store.search import expression_sql

        lends, parameters = loan_rows.lending(self.desk)
        held = self.desk.held()
        owned, owned_parameters = ("1", []) if held is None else expression_sql(held)
        return f"({lends} OR {owned})", [*parameters, *owned_parameters]

    def _concerning(self, where: str, parameters: list[Any]) -> loan_rows.Condition:
        concerned, further = self._held()
        return (
            f"{where} AND (loan.member_id = ? OR {concerned})",
            [*parameters, self.desk.member.id, *further],
        )

    def _sees(self, card_id: int) -> bool:
        try:
            self.desk.cards.check_visible(card_id)
        except NotFound:
            return False
        return True

    def _to_lend(self, loan_id: int) -> LoanRow:
        """A loan of a card that is the member's to lend."""
        loan = self.get(loan_id)
        if not loan.decides:
            raise NotAllowed(NO_LENDING)
        return loan

    def _asked(self, loan_id: int) -> tuple[rows.Row, LoanRow]:
        """A request that waits for the member's word."""
        loan = self._to_lend(loan_id)
        if loan.state != "asked":
            raise Conflict(SETTLED)
        from store.members import member_named

        if member_named(loan.borrower_login) is None:
            raise NotFound(HAS_LEFT, name=loan.borrower)
        return rows.fetch(Loan, [loan_id])[loan_id], loan

    def _decided(self, change: "Recorder", answer: str) -> dict[str, Any]:
        return {
            "decided_by_id": self.desk.member.id,
            "decided_at": change.now,
            "answer": answer,
        }

    def _end_of(self, day: date) -> datetime:
        """The moment when a day is over, in the team's time."""
        zone = self.desk.store.clock.zone
        midnight = datetime.combine(day + timedelta(days=1), clock_time.min, zone)
        return midnight.astimezone(UTC)


def is_original(what: str) -> bool:
    """Whether a paper is an original, by what it is called."""
    small = what.casefold()
    is_copy = any(word in small for word in COPY_WORDS)
    return not is_copy and any(word in small for word in ORIGINAL_WORDS)


def _sections(kind: str, wanted: Sequence[str] | None) -> list[str] | None:
    """Sections by key or title, as keys in the order of the form; None for the whole card."""
    if wanted is None:
        return None
    from store.lendable import labels_of, titles_of

    parts = labels_of(kind)
    chosen = set()
    for text in wanted:
        found = [key for key, label in parts.items() if text in (key, *label.values())]
        if not found:
            titles = listed(titles_of(kind).values())
            raise BadValue(UNKNOWN_SECTION, field="sections", text=shortened(text), titles=titles)
        chosen.update(found)
    if not chosen:
        raise BadValue(NO_SECTION, field="sections")
    return [key for key in parts if key in chosen]


def _line(text: str, field: str) -> str:
    from store.forms.tidy import one_line

    try:
        return one_line(text)
    except BadValue as error:
        error.field = field
        raise


def _stored(moment: datetime) -> str:
    return str(Loan.asked_at.db_value(moment))
