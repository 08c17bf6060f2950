"""What speaks for a member who could get some cards, in words."""

from store.language import _
from store.records.transfers import Suggestion


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
    if suggestion.key_cards:
        return _("{cards} cards, {key} key").format(
            cards=suggestion.cards, key=suggestion.key_cards
        )
    return _("{cards} cards").format(cards=suggestion.cards)
