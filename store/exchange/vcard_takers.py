"""What becomes of each line of a vCard: the field that takes it, or that it is kept as it is."""

from collections.abc import Callable

from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.exchange import vcard_own
from store.exchange.addresses import Address
from store.exchange.phone_kinds import HOME, phone_field
from store.exchange.vcard_card import VcardCard, clean_parts, long_text
from store.exchange.vcard_dates import is_date, read_date
from store.exchange.vcard_lines import Line
from store.exchange.vcard_text import parts
from store.language import _
from store.lunar import Calendar, YearlyDate


def take(card: VcardCard, line: Line) -> None:
    """Put one line where it belongs on the card, or keep it."""
    if line.name.startswith(vcard_own.PREFIX):
        taken = _own(card, line)
    else:
        taker = _TAKERS.get(line.name)
        taken = taker is not None and taker(card, line)
    if not taken:
        card.keep(line)


def _name(card: VcardCard, line: Line) -> bool:
    card.name_parts = clean_parts(parts(line.value), 5)
    return True


def _full_name(card: VcardCard, line: Line) -> bool:
    text = card.text(line)
    if card.full_name and card.full_name != text:
        return False
    card.full_name = text
    return True


def _nickname(card: VcardCard, line: Line) -> bool:
    return card.put("nickname", ", ".join(clean_line(part) for part in parts(line.value, ",")))


def _organisation(card: VcardCard, line: Line) -> bool:
    organisation, *departments = (clean_line(part) for part in parts(line.value))
    if not card.put("organisation", organisation) and organisation:
        return False
    department = " ".join(part for part in departments if part)
    return not department or card.put("org_department", department)


def _title(card: VcardCard, line: Line) -> bool:
    return card.put("title", card.text(line))


def _phone(card: VcardCard, line: Line) -> bool:
    number = card.text(line)
    if number.lower().startswith("tel:"):
        number = number[4:].replace(";ext=", "转")
    types = [word.lower().removeprefix("x-") for word in line.words()]
    words = [word for word in (card.apple_word(line), *types) if word and word not in _NO_PLACE]
    chosen = card.label(line)
    key, label = phone_field(words or [chosen], number)
    if not key:
        return False
    card.add_point(key, number, chosen or label, line)
    return True


_NO_PLACE = frozenset({"pref", "voice", "type", "internet", "msg", "text", "dom", "intl"})


def _email(card: VcardCard, line: Line) -> bool:
    address = card.text(line).removeprefix("mailto:")
    card.add_point("email", address, card.label(line) or _place(line), line)
    return True


def _website(card: VcardCard, line: Line) -> bool:
    card.add_point("website", card.text(line), card.label(line) or _place(line), line)
    return True


def _place(line: Line) -> str:
    return next((word for word in ("home", "work") if word in line.types()), "")


def _address(card: VcardCard, line: Line) -> bool:
    box, extended, street, city, region, postcode, country = clean_parts(parts(line.value), 7)
    text = Address(box, extended, street, city, region, country=country).text()
    home = "home" in line.types() or HOME.search(card.label(line))
    key = "home_address" if home and "work" not in line.types() else "work_address"
    if text and not card.put(key, text):
        return False
    if postcode and not card.put("postcode", postcode):
        card.draft.extras.append((_("Postcode"), postcode))
    return True


def _address_label(card: VcardCard, line: Line) -> bool:
    key = "home_address" if "home" in line.types() else "work_address"
    text = card.text(line)
    # Outlook writes the whole address once more, with the country above it.
    return card.draft.values.setdefault(key, text) in text


def _note(card: VcardCard, line: Line) -> bool:
    card.add_text("note", long_text(line))
    return True


def _tags(card: VcardCard, line: Line) -> bool:
    said = [clean_line(part) for part in parts(line.value, ",")]
    tags = [*card.draft.values.get("tags", ()), *said]
    kept = [tag for tag in dict.fromkeys(tags) if tag not in {"", "myContacts"}]
    if kept:
        card.draft.values["tags"] = kept
    return True


def _birthday(card: VcardCard, line: Line) -> bool:
    day = _day(line)
    return day is not None and card.put(f"birth_{day.calendar}", str(day))


def _other_birthday(card: VcardCard, line: Line) -> bool:
    return line.param("CALSCALE").lower() in {"chinese", ""} and _birthday(card, line)


def _anniversary(card: VcardCard, line: Line) -> bool:
    day = _day(line)
    return day is not None and card.put("wedding", str(day))


def _labelled_date(card: VcardCard, line: Line) -> bool:
    """Apple's further dates; people keep lunar birthdays there too, and say so in the label."""
    day = _day(line)
    if day is None:
        return False
    label = card.label(line)
    if card.apple_word(line) == "anniversary":
        return card.put("wedding", str(day))
    if ("农历" in label or "阴历" in label) and "生日" in label and not day.leap:
        lunar = _as_lunar(day)
        return lunar is not None and card.put("birth_lunar", str(lunar))
    card.add_date(str(day), label or card.apple_word(line))
    return True


def _as_lunar(day: YearlyDate) -> YearlyDate | None:
    try:
        return YearlyDate(Calendar.LUNAR, day.year, day.month, day.day)
    except BadValue:
        return None


def _day(line: Line) -> YearlyDate | None:
    try:
        return read_date(line)
    except BadValue:
        return None


def _qq(card: VcardCard, line: Line) -> bool:
    card.add_point("qq", card.text(line), card.label(line), line)
    return True


def _wechat(card: VcardCard, line: Line) -> bool:
    card.add_point("wechat", card.text(line), card.label(line), line)
    return True


def _chat(card: VcardCard, line: Line) -> bool:
    """IMPP and Apple's social profiles."""
    value = card.text(line)
    scheme, colon, handle = value.partition(":")
    service = line.param("X-SERVICE-TYPE") or (scheme if colon else "")
    said = " ".join([service, *line.types()]).lower()
    user = line.param("X-USER") or (handle if colon else value)
    for key, words in _CHATS.items():
        if any(word in said for word in words):
            label = card.label(line)
            card.add_point(key, user, "" if label.lower() in words else label, line)
            return True
    return False


_CHATS = {"qq": ("qq", "tencent"), "wechat": ("wechat", "weixin", "微信", "micromsg")}


def _gender(card: VcardCard, line: Line) -> bool:
    gender = _GENDERS.get(card.text(line).lower().rstrip(";"))
    return gender is not None and card.put("gender", gender)


_GENDERS = {
    **dict.fromkeys(["m", "male", "男", "2"], "male"),
    **dict.fromkeys(["f", "female", "女", "1"], "female"),
}
"""What GENDER, X-GENDER and Outlook's X-WAB-GENDER (1 and 2) say."""


def _kind(card: VcardCard, line: Line) -> bool:
    said = card.text(line).lower()
    if said in {"org", "organization", "company"}:
        card.kind = "organisation"
    elif said == "individual":
        card.kind = "person"
    elif said == "group":
        card.is_group = True
    return card.kind is not None or card.is_group


def _android(card: VcardCard, line: Line) -> bool:
    """Android's own lines: `vnd.android.cursor.item/nickname;老王;1;;;` and the like."""
    what, *rest = clean_parts(parts(line.value), 5)
    item = what.rpartition("/")[2]
    if item == "nickname":
        return card.put("nickname", rest[0])
    if item != "contact_event":
        return False
    day = _day(Line(line.number, "", "BDAY", {}, rest[0]))
    if day is None:
        return False
    if rest[1] == "3":
        return card.put(f"birth_{day.calendar}", str(day))
    if rest[1] == "1":
        return card.put("wedding", str(day))
    card.add_date(str(day), rest[2])
    return True


def _own(card: VcardCard, line: Line) -> bool:
    """What this program itself wrote."""
    if line.name == vcard_own.NUMBER:
        card.draft.number = card.text(line)
        if card.draft.number.startswith("P"):
            # Nothing else tells a person who bears the name of his own firm from the firm.
            card.kind = card.kind or "person"
        return True
    if line.name == vcard_own.BIRTHDAY:
        said = card.text(line)
        card.own_birthday = said if is_date(said) else ""
        return bool(card.own_birthday)
    if line.name == vcard_own.EXTRA:
        name, *rest = parts(line.value)
        card.draft.extras.append((clean_line(name), clean_text(";".join(rest))))
        return True
    own = vcard_own.own_value(line)
    if own is None:
        return False
    card.draft.values[own[0]] = own[1]
    return True


_TAKERS: dict[str, Callable[[VcardCard, Line], bool]] = {
    "N": _name,
    "FN": _full_name,
    "NICKNAME": _nickname,
    "X-NICKNAME": _nickname,
    "ORG": _organisation,
    "TITLE": _title,
    "ROLE": _title,
    "TEL": _phone,
    "EMAIL": _email,
    "URL": _website,
    "ADR": _address,
    "LABEL": _address_label,
    "NOTE": _note,
    "CATEGORIES": _tags,
    "X-GROUP-MEMBERSHIP": _tags,
    "BDAY": _birthday,
    "X-ALTBDAY": _other_birthday,
    **dict.fromkeys(
        ["ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"],
        _anniversary,
    ),
    "X-ABDATE": _labelled_date,
    **dict.fromkeys(["IMPP", "X-SOCIALPROFILE"], _chat),
    **dict.fromkeys(["X-QQ", "X-TENCENT-QQ"], _qq),
    **dict.fromkeys(["X-WECHAT", "X-WEIXIN"], _wechat),
    **dict.fromkeys(["GENDER", "X-GENDER", "X-WAB-GENDER", "X-MS-GENDER"], _gender),
    **dict.fromkeys(["KIND", "X-ADDRESSBOOKSERVER-KIND"], _kind),
    "X-ABSHOWAS": _kind,
    "X-ANDROID-CUSTOM": _android,
}
"""What takes a line of this name; it answers False when the line must be kept as it is."""
