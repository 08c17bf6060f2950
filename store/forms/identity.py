"""Field types for official numbers: id_number, credit_code, and what such a number tells."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from store.errors import BadValue
from store.forms.declaration import Field, FieldType, Value, Values
from store.forms.texts import as_text
from store.forms.tidy import narrow
from store.language import N_

ID_NUMBER, CREDIT_CODE = "id_number", "credit_code"
"""The fields that hold the customer's own numbers."""


class IdNumber(FieldType):
    """A resident identity number (GB 11643), checked; one of 15 digits becomes one of 18."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """18 or 15 places, however grouped."""
        number = _compact(text)
        return checked_id(number) if number else None

    def check(self, field: Field, value: object) -> Value | None:
        """A text, as `read`."""
        return self.read(field, as_text(value), None)


class CreditCode(FieldType):
    """A unified social credit code (GB 32100), checked."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """18 places, however grouped."""
        code = _compact(text)
        return checked_credit_code(code) if code else None

    def check(self, field: Field, value: object) -> Value | None:
        """A text, as `read`."""
        return self.read(field, as_text(value), None)


def checked_id(number: str) -> str:
    """An ID number that is possible; raises `BadValue` with what is wrong in it."""
    # stdnum is imported where a number is at hand: most cards have none.
    from stdnum import exceptions
    from stdnum.cn import ric

    if len(number) == 15 and number.isdecimal():
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    try:
        return str(ric.validate(number))
    except exceptions.InvalidLength:
        raise BadValue(
            N_("An ID number has 18 characters, this one has {count}."), count=len(number)
        ) from None
    except exceptions.InvalidFormat:
        raise BadValue(N_("An ID number consists of digits, the last place may be an X.")) from None
    except exceptions.InvalidChecksum:
        raise BadValue(
            N_("The last place of this ID number does not fit the others: a slip in typing?")
        ) from None
    except exceptions.InvalidComponent:
        try:
            ric.get_birth_date(number)
        except exceptions.InvalidComponent:
            raise BadValue(N_("The birth date in this ID number does not exist.")) from None
        # The region may be one that the library's list does not have.
        return number


def checked_credit_code(code: str) -> str:
    """A credit code that is possible; raises `BadValue` with what is wrong in it."""
    from stdnum import exceptions
    from stdnum.cn import uscc

    try:
        return str(uscc.validate(code))
    except exceptions.InvalidLength:
        raise BadValue(
            N_("A credit code has 18 characters, this one has {count}."), count=len(code)
        ) from None
    except exceptions.InvalidFormat:
        raise BadValue(
            N_("A credit code begins with 8 digits and has no letters I, O, S, V, Z.")
        ) from None
    except exceptions.InvalidChecksum:
        raise BadValue(
            N_("The last place of this credit code does not fit the others: a slip in typing?")
        ) from None


MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Provinces that are one city, by the first two digits of a region."""

BODIES = {
    "12": "public_institution",
    "51": "public_institution",
    "52": "public_institution",
    "53": "public_institution",
    "92": "sole_trader",
}
"""Ownership by the authority and the kind of body with which a credit code begins (GB 32100)."""


def implied(values: Mapping[str, Any], key: str = ID_NUMBER) -> Values:
    """What an official number among these values tells about blank fields, to be offered.

    An ID number tells `birth_solar` (unless a lunar birthday is known: that is the one he keeps),
    `gender`, `birthplace` and `native_place` (the region that issued it, in Chinese); a credit
    code `organisation_code`, `tax_no`, `registered_place`, `city` and, of some bodies,
    `ownership`.

    Args:
        key: the field that the number stands in; others tell nothing of this card.
    """
    number = values.get(key)
    if not isinstance(number, str) or len(number) != 18:
        return {}
    told = {ID_NUMBER: _implied_by_id, CREDIT_CODE: _implied_by_code}.get(key)
    found = told(number) if told is not None else {}
    if values.get("birth_lunar"):
        found.pop("birth_solar", None)
    return {key: value for key, value in found.items() if value and not values.get(key)}


def _implied_by_id(number: str) -> Values:
    from stdnum import exceptions
    from stdnum.cn import ric

    found: Values = {"gender": "male" if int(number[16]) % 2 else "female"}
    try:
        found["birth_solar"] = ric.get_birth_date(number).isoformat()
        place = ric.get_birth_place(number)
        found["birthplace"] = place.get("province", "") + place.get("county", "")
        found["native_place"] = found["birthplace"]
    except exceptions.InvalidComponent:
        pass
    return found


def _implied_by_code(code: str) -> Values:
    found: Values = {"organisation_code": f"{code[8:16]}-{code[16]}", "tax_no": code}
    found["ownership"] = BODIES.get(code[:2], "")
    region = code[2:8]
    province, county = _region(f"{region[:2]}0000"), _region(region)
    city = province if region[:2] in MUNICIPALITIES else _region(f"{region[:4]}00")
    parts = dict.fromkeys(part for part in (province, city, county) if part)
    found["registered_place"] = "".join(parts)
    if (city and city != province) or region[:2] in MUNICIPALITIES:
        found["city"] = city.removesuffix("市")
    return found


def _region(code: str) -> str:
    """What a region of this code is called now; "" for one that is not known."""
    from stdnum import numdb

    info = {k: v for _part, named in numdb.get("cn/loc").info(code) for k, v in named.items()}
    names = str(info.get("county", "")).split(",")
    present = [name.partition("-]") for name in names if "-]" in name or "[" not in name]
    return (present[-1][2] or present[-1][0]) if present else ""


def _compact(text: str) -> str:
    return "".join(narrow(text).upper().replace("-", " ").split())
