"""Make `store/pinyin_table.txt` from pypinyin: `python -m bench.make_pinyin`.

The program itself never imports pypinyin (half a second and 57 MB). Readings that the table of
single characters gets wrong for names are kept by hand in `store/pinyin_readings.txt`.
"""

import json
import unicodedata
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

TABLE = Path(__file__).parent.parent / "store" / "pinyin_table.txt"

HEADING = """\
# Characters by reading, one syllable a line, without tones (ü is v); made by bench.make_pinyin.
# From the single-character readings of pypinyin (MIT licence, mozillazg and others).
"""

FURTHER = (
    "〇㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛"
    "䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡"
    "𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌"
)
"""Standard characters (通用规范汉字表, 2013) outside the basic block, with 〇; to extension B."""

SPARSE_BLOCKS = range(0x2A700, 0x323B0)
"""Extensions C to H: pypinyin has few of them, and most of these are standard characters."""


def plain(reading: str) -> str:
    """The syllable without its tone: `lǚ` becomes `lv`."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def first_readings() -> dict[str, str]:
    """Every character of the table with the usual one of its readings."""
    package = find_spec("pypinyin")
    assert package is not None
    assert package.submodule_search_locations is not None
    source = Path(package.submodule_search_locations[0]) / "pinyin_dict.json"
    known = {chr(int(code)): reading for code, reading in json.loads(source.read_text()).items()}
    return {
        char: plain(readings.split(",")[0])
        for char, readings in known.items()
        if "\u4e00" <= char <= "\u9fff" or char in FURTHER or ord(char) in SPARSE_BLOCKS
    }


def main() -> None:
    """Write the table; the same pypinyin always writes the same bytes."""
    by_syllable = defaultdict(list)
    for char, syllable in sorted(first_readings().items()):
        by_syllable[syllable].append(char)
    lines = [f"{syllable} {''.join(chars)}\n" for syllable, chars in sorted(by_syllable.items())]
    TABLE.write_text(HEADING + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
