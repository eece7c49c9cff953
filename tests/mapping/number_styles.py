"""The ways to print one document number, for tests: brackets, dashes, years in words, whitespace anywhere."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

# Codes of several provinces and levels, known ones and ones of small places.
CODES = (
    "晋工发",
    "财建",
    "冀财行",
    "晋财行",
    "川财社",
    "国办发",
    "国发",
    "泽政办发",
    "沪府办规",
    "吕财行字",
    "冀办字",
    "粤财教",
    "巴政办发",
    "隰政发",
    "湘财预",
    "人社部发",
    "鲁财社指",
)
YEARS = st.integers(1990, 2026)
SERIALS = st.integers(1, 1999)
_DIGITS = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def CHINESE_YEARS(year: int) -> str:  # noqa: N802 (a table like the others)
    """The year in Chinese digits."""
    return "".join(_DIGITS[int(one)] for one in str(year))


def _bracketed(opening: str, closing: str) -> Callable[[str, int, int], str]:
    return lambda code, year, serial: f"{code}{opening}{year}{closing}{serial}号"


STYLES: dict[str, Callable[[str, int, int], str]] = {
    pair: _bracketed(*pair)
    for pair in ("〔〕", "﹝﹞", "﹙﹚", "[]", "［］", "【】", "()", "（）", "{}", "｛｝", "「」", "<>", "〔]", "（】")
} | {
    "dash": lambda code, year, serial: f"{code}{year}-{serial}号",
    "dashes": lambda code, year, serial: f"{code}—{year}—{serial}号",
    "year": lambda code, year, serial: f"{code}{year}年{serial}号",
    "year and 第": lambda code, year, serial: f"{code}{year}年第{serial}号",
    "第": lambda code, year, serial: f"{code}〔{year}〕第{serial}号",
    "字第": lambda code, year, serial: f"{code}[{year}]字第{serial}号",
    "zeros": lambda code, year, serial: f"{code}〔{year}〕0{serial}号",
    "wide": lambda code, year, serial: f"{code}〔{year}〕{serial}号".translate(_WIDE),
    "words": lambda code, year, serial: f"{code}〔{CHINESE_YEARS(year)}〕{serial}号",
    "slip": lambda code, year, serial: f"{code}〔{year}〕-{serial}号",
    "lost open": lambda code, year, serial: f"{code}{year}〕{serial}号",
}


def spaced(printed: str, data: st.DataObject) -> str:
    """`printed` with blanks put in at up to two places, and a line end perhaps at one."""
    for blank in data.draw(st.lists(st.sampled_from([" ", "　", "  "]), max_size=2)) + data.draw(
        st.sampled_from([[], ["\n"]])
    ):
        at = data.draw(st.integers(1, len(printed) - 1))
        printed = printed[:at] + blank + printed[at:]
    return printed
