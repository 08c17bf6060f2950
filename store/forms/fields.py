"""The field types by the name a declaration uses."""

from store.forms.choosing import OneChoice, SeveralChoices, YesNo
from store.forms.contacts import ContactPoint, Email, Phone, Web
from store.forms.days import Day, Occasion
from store.forms.declaration import Field, FieldType
from store.forms.identity import CreditCode, IdNumber
from store.forms.links import CardLink
from store.forms.numbers import Amount, Number, PerCent, Whole
from store.forms.tables import Rows
from store.forms.texts import LongText, Text
from store.forms.times import Repeat, TimeOfDay

TYPES: dict[str, FieldType] = {
    "text": Text(),
    "long_text": LongText(),
    "choice": OneChoice(),
    "choices": SeveralChoices(),
    "yes_no": YesNo(),
    "whole": Whole(),
    "decimal": Number(),
    "per_cent": PerCent(),
    "amount": Amount(),
    "date": Day(),
    "occasion": Occasion(),
    "time": TimeOfDay(),
    "repeat": Repeat(),
    "card": CardLink(),
    "phone": Phone(),
    "email": Email(),
    "web": Web(),
    "id_number": IdNumber(),
    "credit_code": CreditCode(),
    "rows": Rows(),
}
"""Name to type; a type keeps nothing of a field, so one of each serves all."""

_CONTACT_TEXT = ContactPoint()


def type_of(field: Field) -> FieldType:
    """The type of a field; a text of which there are several is a contact point, as QQ."""
    return _CONTACT_TEXT if field.several and field.type == "text" else TYPES[field.type]
