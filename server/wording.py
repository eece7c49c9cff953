"""The words of the pages in Chinese and English, and the choice between them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request

LANGUAGES = ("zh", "en")
LANGUAGE_TAGS = {"zh": "zh-Hans", "en": "en"}

WORDS: Mapping[str, tuple[str, str]] = {
    "site": ("预算公开知识图谱", "Budget disclosure graph"),
    "lead": (
        "部门预算与决算公开文件中的每一笔金额、每个项目和单位，都可以追溯到原文中的字符。",
        "Amounts, projects and organisations of budget disclosures, each traceable to the character.",
    ),
    "skip": ("跳到正文", "Skip to the content"),
    "home": ("首页", "Home"),
    "dumps": ("数据下载", "Downloads"),
    "other-language": ("English", "中文"),
    "release": ("版本", "Release"),
    "public": ("草案未列入本站。", "Drafts are left out of this site."),
    "totals": ("总览", "In this release"),
    "documents": ("文件", "Documents"),
    "tables": ("表格", "Tables"),
    "figures": ("金额", "Amounts"),
    "projects": ("项目", "Projects"),
    "source": ("来源文件", "Source"),
    "title": ("名称", "Title"),
    "year": ("年度", "Year"),
    "status": ("状态", "Status"),
    "quarantined": ("未能收录的文件", "Sources that could not be read"),
    "reason": ("原因", "Reason"),
    "questions": ("常用问题", "Questions"),
    "questions-lead": (
        "每个问题都可以直接查看，也可以把查询语句改写后提交。",
        "Look at an answer as it is, or change its query and run it.",
    ),
    "category-structure": ("文件与表格", "Documents and tables"),
    "category-money": ("资金", "Money"),
    "category-statements": ("正文表述", "Statements"),
    "category-projects": ("项目", "Projects"),
    "category-performance": ("绩效", "Performance"),
    "category-legal": ("法律与政策依据", "Legal bases"),
    "category-organisations": ("单位", "Organisations"),
    "category-provenance": ("出处", "Provenance"),
    "category-integrity": ("完整性检查", "Integrity"),
    "show": ("查看", "Show"),
    "query-text": ("查询语句（SPARQL）", "Query (SPARQL)"),
    "run": ("运行查询", "Run the query"),
    "optional": ("可不填", "optional"),
    "rows": ("行", "rows"),
    "rows-shown": ("以下只显示前 {shown} 行。", "Only the first {shown} rows are shown below."),
    "no-rows": ("没有符合的结果。", "Nothing found."),
    "download": ("下载", "Download"),
    "answer": ("查询结果", "Answer"),
    "file": ("文件名", "File"),
    "checksum": ("校验值（SHA-256）", "Checksum (SHA-256)"),
    "dumps-lead": (
        "N-Quads 格式，每份文件一个命名图。",
        "N-Quads; each document is one named graph.",
    ),
    "nothing": ("本次发布没有收录文件。", "This release holds no documents."),
    "error": ("无法回答这个请求", "This request cannot be answered"),
    "status-published": ("已公开", "published"),
    "status-reviewDraft": ("审核稿", "review draft"),
    "status-superseded": ("已被替代", "superseded"),
    "status-withdrawn": ("已撤回", "withdrawn"),
    "status-unknown": ("未知", "unknown"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return the words for a key in a language of `LANGUAGES`, with `{…}` filled in."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def chosen_language(request: Request) -> str:
    """Return the language of the page: `?lang=`, else what Accept-Language prefers, else Chinese."""
    stated = request.args.get("lang", "")
    if stated in LANGUAGES:
        return stated
    for tag, quality in request.accept_languages:
        primary = tag.split("-")[0].lower()
        if quality > 0 and primary in LANGUAGES:
            return primary
    return "zh"
