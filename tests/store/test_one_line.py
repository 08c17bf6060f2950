"""One line says it: what is understood, and that nothing typed is lost."""

from datetime import date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store import language
from store.clock import CHINA
from store.line_names import no_card, possible_names
from store.line_pieces import READ, pieces
from store.one_line import ContactLine, TodoLine, read_contact_line, read_todo_line
from store.records.cards import CardRow
from store.records.interactions import METHODS, InteractionValues
from store.records.todos import TodoValues

TODAY = date(2026, 9, 24)
"""A Thursday."""


def card(number: int, name: str, kind: str = "person") -> CardRow:
    return CardRow(
        *(number, f"P{number:06d}", kind, name, "", "", "", "", "prospect", "A", None, None),
        *(None, None, "", None, 0),
    )


ZHANG, HUADONG, SMITH, WANG = (
    card(1, "张伟"),
    card(2, "华东电子", "organisation"),
    card(3, "John Smith"),
    card(4, "王希"),
)
CARDS = {row.name: row for row in (ZHANG, HUADONG, SMITH, WANG)} | {"wx": WANG, "P000001": ZHANG}


def contact(text: str) -> ContactLine:
    return read_contact_line(text, TODAY, CARDS.get)


def todo(text: str) -> TodoLine:
    return read_todo_line(text, TODAY, CARDS.get)


def test_the_line_of_the_design() -> None:
    line = contact("张伟 电话 聊了新报价,担心交期 *4 @三天后 回访")
    assert line.card_id == ZHANG.id
    assert line.values == InteractionValues(
        method="phone",
        interest=4,
        minutes="聊了新报价,担心交期",
        next_on=date(2026, 9, 27),
        next_purpose="回访",
    )
    assert line.todos == ()
    assert line.understood == (
        "Card: 张伟",
        "phone",
        "Interest 4 of 5",
        "Next contact 2026-09-27 Sunday: 回访",
    )


def test_full_width_signs_quotes_and_todos_of_both_sides() -> None:
    line = contact(
        "张伟，微信，聊了新报价，他说“再降两个点就能定” ＊4 ＠下周三下午三点 电话回访 "
        "＋送样品 ＠明天 ！ +对方：发图纸 @周五"
    )
    assert line.card_id == ZHANG.id
    assert line.values == InteractionValues(
        method="wechat",
        interest=4,
        minutes="聊了新报价，他说“再降两个点就能定”",
        words="再降两个点就能定",
        next_on=date(2026, 9, 30),
        next_method="phone",
        next_purpose="15:00 电话回访",
    )
    assert line.todos == (
        TodoValues(title="送样品", important=True, due_on=date(2026, 9, 25)),
        TodoValues(title="发图纸", side="theirs", due_on=date(2026, 9, 25)),
    )


def test_english() -> None:
    line = contact(
        'John Smith phone talked about price "too expensive" *2 @next wed call back '
        "+send sample @tomorrow !!"
    )
    assert line.card_id == SMITH.id
    assert line.values == InteractionValues(
        method="phone",
        interest=2,
        minutes="talked about price",
        words="too expensive",
        next_on=date(2026, 9, 30),
        next_purpose="call back",
    )
    assert line.todos == (
        TodoValues(title="send sample", due_on=date(2026, 9, 25), important=True, urgent=True),
    )


@pytest.mark.parametrize(
    ("text", "number", "method", "minutes"),
    [
        ("张伟 dh 聊了", 1, "phone", "聊了"),
        ("张伟 ＤＨ 聊了", 1, "phone", "聊了"),
        ("电话 张伟 聊了", 1, "phone", "聊了"),
        ("P000001 wx 发了资料", 1, "wechat", "发了资料"),
        ("张伟：拜访：看了样品", 1, "visit", "看了样品"),
        ("wx 电话 聊了", 4, "phone", "聊了"),
        ("wx 张伟 发了报价", 1, "wechat", "发了报价"),
        ("wx 聊了", 4, "other", "聊了"),
        ("张伟电话聊了报价", 1, "phone", "张伟电话聊了报价"),
        ("跟张伟打电话聊了报价", 1, "phone", "跟张伟打电话聊了报价"),
        ("拜访张伟 谈了合同", 1, "visit", "拜访张伟 谈了合同"),
        ("微信 聊了", None, "wechat", "聊了"),
        ("电话聊了报价", None, "phone", "电话聊了报价"),
        ("张三疯 电话 聊了", None, "other", "张三疯 电话 聊了"),
        ("聊了 张伟", None, "other", "聊了 张伟"),
    ],
)
def test_card_and_method(text: str, number: int | None, method: str, minutes: str) -> None:
    line = contact(text)
    assert (line.card_id, line.values.method, line.values.minutes) == (number, method, minutes)


def test_every_method_but_other_can_be_said() -> None:
    words = "拜访 电话 微信 邮件 会议 宴请 礼品 活动 资料 问卷 短信 售后".split()  # noqa: SIM905
    said = {contact(f"张伟 {word}").values.method for word in words}
    assert said == set(METHODS) - {"other"}


def test_who_was_not_reached() -> None:
    line = contact("张伟 电话 没接 @明天 再打")
    assert not line.values.reached
    assert line.values.not_reached_reason == "没接"
    assert line.values.next_on == date(2026, 9, 25)
    assert line.values.minutes is None
    assert contact("张伟 电话 他没接这个项目").values.reached


@pytest.mark.parametrize(
    ("text", "interest", "minutes"),
    [
        ("张伟 *1", 1, None),
        ("张伟 担心交期*5 @明天", 5, "担心交期"),
        ("张伟 很好。*5", 5, "很好。"),
        ("张伟 *6", None, "*6"),
        ("张伟 *0", None, "*0"),
        ("张伟 3*4 的箱子", None, "3*4 的箱子"),
        ("张伟 *4*5", None, "*4*5"),
        ("张伟 *4 *5", 4, "*5"),
        ("张伟 *4.5", None, "*4.5"),
        ("张伟 *12", None, "*12"),
    ],
)
def test_interest(text: str, interest: int | None, minutes: str | None) -> None:
    values = contact(text).values
    assert (values.interest, values.minutes) == (interest, minutes)


def test_pieces_in_a_todo_are_no_interest() -> None:
    line = contact("张伟 聊了 +送样品*4 @明天")
    assert line.values.interest is None
    assert line.todos == (TodoValues(title="送样品*4", due_on=date(2026, 9, 25)),)


def test_words_after_the_interest_belong_to_the_talk_again() -> None:
    values = contact("张伟 @明天 回访 *4 聊得很好").values
    assert (values.minutes, values.next_purpose) == ("聊得很好", "回访")


def test_a_day_gone_by_is_the_day_of_the_talk() -> None:
    values = contact("张伟 拜访 @昨天 谈了合同 @月底 再谈").values
    assert values.at == datetime(2026, 9, 23, 12, tzinfo=CHINA)
    assert (values.minutes, values.next_on) == ("谈了合同", date(2026, 9, 30))
    assert values.next_purpose == "再谈"


def test_what_is_no_sign_stays() -> None:
    text = '写信给 a@b.com 或 +86 138 0000 0000, 5" 管 3+2 @某处 +'
    assert read_contact_line(text, TODAY, no_card).values == InteractionValues(minutes=text)


def test_a_quote_alone_is_taken_out() -> None:
    values = contact("张伟 电话 聊了报价 「太贵了」 “下月再说”").values
    assert (values.minutes, values.words) == ("聊了报价", "太贵了\n下月再说")


def test_on_a_card_no_name_is_looked_for() -> None:
    line = read_contact_line("电话 聊了", TODAY, no_card)
    assert (line.card_id, line.values.method, line.values.minutes) == (None, "phone", "聊了")


def test_the_todo_of_the_design() -> None:
    line = todo("给张伟送样品 @下周三 !")
    assert line.values == TodoValues(
        title="给张伟送样品", important=True, due_on=date(2026, 9, 30), card=ZHANG.id
    )
    assert line.understood == ("Card: 张伟", "Due 2026-09-30 Wednesday", "Important")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "!! 张伟 送样品 @明天 15:30",
            TodoValues("送样品", None, True, True, date(2026, 9, 25), time(15, 30), card=1),
        ),
        (
            "每周一写周报 #内部 ^",
            TodoValues(
                title="写周报",
                urgent=True,
                due_on=date(2026, 9, 28),
                repeat="FREQ=WEEKLY;BYDAY=MO",
                tags=("内部",),
            ),
        ),
        ("P000001 送样品", TodoValues("送样品", card=1)),
        ("问p000001要样品", TodoValues("问p000001要样品")),
        ("给华东电子的张伟送样品", TodoValues("给华东电子的张伟送样品", card=1)),
        ("华东电子", TodoValues("华东电子", card=2)),
        (
            "交报表 ＠月底！！",
            TodoValues("交报表", None, True, True, date(2026, 9, 30)),
        ),
        ("送样品！", TodoValues("送样品", important=True)),
        ("快！快！送样品", TodoValues("快！快！送样品")),
        ("太好了！！！", TodoValues("太好了！！！")),
        ("C# 培训 #3 机器 *4", TodoValues("C# 培训 #3 机器 *4")),
        ("a +b", TodoValues("a +b")),
        ("他：发图纸 @周五", TodoValues("发图纸", side="theirs", due_on=date(2026, 9, 25))),
        ("@明天 @后天 开会", TodoValues("@后天 开会", due_on=date(2026, 9, 25))),
        (
            "call John Smith every monday #sales",
            TodoValues(
                title="call",
                due_on=date(2026, 9, 28),
                repeat="FREQ=WEEKLY;BYDAY=MO",
                card=3,
                tags=("sales",),
            ),
        ),
    ],
)
def test_todo_lines(text: str, values: TodoValues) -> None:
    assert todo(text).values == values


def test_what_was_understood_is_said_in_chinese() -> None:
    language.use("zh")
    said = " ".join(contact("张伟 电话 聊了 *4 @三天后 回访 +送样品 @明天 !!").understood)
    for word in ("张伟", "电话", "4", "下次联系", "2026-09-27", "回访", "送样品", "重要又紧急"):
        assert word in said


SIGNS = st.sampled_from(
    [
        *(
            "@明天 ",
            "@三天后 ",
            "＠周五",
            "@",
            "@@",
            "+@",
            "@+3d",
            "*4",
            "＊5",
            " *2 ",
            "+",
            "＋送",
        ),
        *(
            " +",
            "!",
            "！",
            "!!",
            "^",
            "＾",
            "#标签",
            "#",
            " #3",
            "每周一",
            "every ",
            "“",
            "”",
            "「",
        ),
        *("」", '"', "张伟", "P000001", "电话", "dh ", " ", "　", "，", ":", "没接", "他：", "\n"),
        *("x@y.z", "30号", "下午三点", "农历八月十五"),
    ]
)
LINES = st.lists(SIGNS | st.text(max_size=6), max_size=14).map("".join)


@given(LINES)
@example("+@明天")
@example("@每周一!!")
@example('“”「」""')
@example("ßﬁ@ﬃ*4")
def test_the_pieces_of_a_line_are_the_line(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, TODAY)) == text


@st.composite
def lines_of_words(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A line of signs and words, and the words, each of them another one."""
    signs = draw(st.lists(SIGNS, min_size=1, max_size=14))
    words = [f"项{place}目" for place in range(len(signs))]
    return "".join(sign + word for sign, word in zip(signs, words, strict=True)), words


@given(lines_of_words())
@example(("张伟 +他：", []))
@example(("张伟@每周一项1目", ["项1目"]))
def test_no_word_of_a_talk_is_lost(case: tuple[str, list[str]]) -> None:
    text, words = case
    line = contact(text)
    values = line.values
    kept = [values.minutes, values.words, values.next_purpose, values.not_reached_reason]
    kept += [f"{each.title} {' '.join(each.tags)}" for each in line.todos]
    present = " ".join(word or "" for word in kept)
    assert [word for word in words if word not in present] == []


@given(lines_of_words())
def test_no_word_of_a_todo_is_lost(case: tuple[str, list[str]]) -> None:
    text, words = case
    line = todo(text)
    present = f"{line.values.title} {' '.join(line.values.tags)}"
    assert [word for word in words if word not in present] == []


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert read_contact_line(text, TODAY, no_card).card_id is None
    read_todo_line(text, TODAY, no_card)


def test_pasted_pages_are_text_and_quick() -> None:
    page = "@明天 *4 +x !" * 2000
    line = contact(f"张伟 {page}")
    assert page[READ + 200 :] in "".join(t.title for t in line.todos) + str(line.values.minutes)


def test_names_are_looked_for_at_word_borders_only() -> None:
    text = "给John Smith发A4纸"
    found = {text[start:end] for start, end in possible_names(text)}
    assert {"John Smith", "给John", "A4纸", "A4"} <= found
    assert not {"ohn", "J", "4纸"} & found


def test_a_quote_behind_the_date_of_a_todo_is_his() -> None:
    line = contact("张伟 拜访 看了样品 +他：发图纸 @下周三 “质量没得说，就是贵” *5")
    assert line.values.words == "质量没得说，就是贵"
    assert line.values.minutes == "看了样品"
    assert line.values.interest == 5
    assert [todo.title for todo in line.todos] == ["发图纸"]
    (todo,) = contact("张伟 拜访 +送“新款”样品 @周三").todos
    assert todo.title == "送“新款”样品"
    (todo,) = contact("张伟 拜访 +送 “新款” 样品 @周三").todos
    assert todo.title == "送 “新款” 样品"
