"""What speaks for a member who could get some cards, and what was handed over, in words."""

from store.language import _, ngettext
from store.records.transfers import Suggestion, Transfer


def reasons(suggestion: Suggestion) -> str:
    """Why somebody is suggested, the strongest first; "" where nothing but his load tells."""
    parts = []
    if suggestion.city_cards:
        parts.append(
            _("{count} in {place}").format(count=suggestion.city_cards, place=suggestion.city)
        )
    elif suggestion.region_cards:
        parts.append(
            _("{count} in {place}").format(count=suggestion.region_cards, place=suggestion.region)
        )
    if suggestion.industry_cards:
        parts.append(
            _("{count} in the trade {trade}").format(
                count=suggestion.industry_cards, trade=suggestion.industry
            )
        )
    if suggestion.same_department:
        parts.append(_("same department"))
    if suggestion.trainee:
        parts.append(_("trainee"))
    return _(", ").join(parts)


def load(suggestion: Suggestion) -> str:
    """How much somebody looks after already: customers, and key ones among them."""
    cards = ngettext("{count} card", "{count} cards", suggestion.cards).format(
        count=suggestion.cards
    )
    keys = suggestion.key_cards
    return _("{cards}, {count} key").format(cards=cards, count=keys) if keys else cards


def handed(done: Transfer) -> str:
    """What went to whom."""
    if not done.cards and not done.todos:
        return _("{name} looks after them already").format(name=done.to)
    return _("Handed to {name} (cards: {cards}, to-dos: {todos})").format(
        name=done.to, cards=done.cards, todos=done.todos
    )
