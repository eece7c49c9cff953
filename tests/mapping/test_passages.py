"""What is running text, and where its characters stand."""

from mapping.passages import is_heading, read_passages, unify
from mapping.read import read
from mapping.recognise import recognise


def words(text: str) -> list[str]:
    document = read(text.encode())
    return [passage.words for passage in read_passages(document, recognise(document), [])]


def test_paragraphs_without_whitespace_and_markup() -> None:
    assert words("**收入** 预算 5 万元,其中:\n") == ["收入预算5万元，其中："]


def test_two_printed_numbers_stay_two() -> None:
    assert words("支出分别为 12.5 34 万元。\n") == ["支出分别为12.5¦34万元。"]


def test_a_cut_sentence_is_joined_and_its_parts_keep_their_places() -> None:
    text = "涉及资金10万元，其中基本支出0万\n\n元，项目支出2621万元。\n"
    (passage,) = read_passages(read(text.encode()), (), ())
    start = passage.words.rindex("0万元")
    assert [text[span.start : span.end] for span in passage.spans(start, start + 3)] == ["0万", "元"]


def test_headings() -> None:
    assert is_heading("（二）支出决算情况说明")
    assert is_heading("第四部分名词解释")
    assert not is_heading("（二）人员概况。编制4人。")
    assert not is_heading("公用经费支出5万元。")


def test_one_sign_for_each_mark() -> None:
    assert unify("（１）“三公”经费,(2)—") == "（1）“三公“经费，（2）-"
