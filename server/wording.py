"""The words of the pages in Chinese and English, and the choice between them.

Words of all pages are in `WORDS`; those of one page in `wording/{page}.yaml`, where each key has `zh` and `en`, and
are named `{page}.{key}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from flask import Request

LANGUAGES = ("zh", "en")
LANGUAGE_TAGS = {"zh": "zh-Hans", "en": "en"}
COOKIE = "lang"
"""The one cookie there is: the language that a reader has switched to."""

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
    "catalogue": ("数据目录", "Catalogue"),
    "about": ("许可与署名", "Licence and attribution"),
    "datasets": ("数据集", "Data sets"),
    "dataset": ("数据集", "Data set"),
    "series": ("系列", "Series"),
    "services": ("服务", "Services"),
    "years": ("年度", "Years"),
    "units": ("单位", "Unit"),
    "places": ("地域", "Place"),
    "files": ("文件下载", "Files"),
    "size": ("字节数", "Bytes"),
    "publisher": ("发布者", "Publisher"),
    "contact": ("联系方式", "Contact"),
    "no-publisher": ("本次发布没有写明发布者。", "This release does not state who publishes it."),
    "rights-facts": ("事实数据的许可", "Licence of the facts"),
    "rights-vocabulary": ("词汇表的许可", "Licence of the vocabulary"),
    "rights-source": ("原文的权利", "Rights in the source texts"),
    "attribution": ("署名方式", "Attribution"),
    "not-stated": ("未写明", "not stated"),
    "counts": ("数据统计", "In numbers"),
    "count-triples": ("三元组", "Triples"),
    "count-entities": ("实体", "Entities"),
    "count-classes": ("类", "Classes"),
    "count-properties": ("属性", "Properties"),
    "count-distinctSubjects": ("主语", "Subjects"),
    "count-distinctObjects": ("宾语", "Objects"),
    "all-said": ("全部说明", "All that is stated"),
    "all-parts": ("各部分的陈述", "What is said of its parts"),
    "said": ("内容", "What is said of it"),
    "value": ("值", "Value"),
    "more-values": ("另有 {more} 个值，见其他格式。", "{more} more values are in the other formats."),
    "pointing": ("引用此处的内容", "What points to it"),
    "pointing-count": ("共 {total} 条，第 {page} 页，共 {pages} 页。", "{total} in all; page {page} of {pages}."),
    "thing": ("事物", "Thing"),
    "by-property": ("关系", "By"),
    "previous-page": ("上一页", "Previous page"),
    "next-page": ("下一页", "Next page"),
    "first-page": ("第一页", "First page"),
    "last-page": ("最后一页", "Last page"),
    "pages": ("分页", "Pages"),
    "as-text": ("纯文本", "plain text"),
    "quotation": ("原文", "In the text"),
    "characters": ("第 {start} 至 {end} 个字符之间", "characters {start} to {end}"),
    "graph-of": ("命名图，共 {total} 条陈述。", "A named graph of {total} triples."),
    "legal-documents": ("法律与政策文件", "Legal and policy documents"),
    "legal-lead": ("按文号查找，任何写法均可。", "Look one up by its number, however it is written."),
    "legal-several": ("以下文件使用这个文号：", "Several documents have this number:"),
    "document-number": ("文号", "Document number"),
    "look-up": ("查找", "Look up"),
    "vocabulary": ("词汇表", "Vocabulary"),
    "part-budget": ("预算与决算公开", "Budget disclosures"),
    "part-legal": ("法律与政策依据", "Legal bases"),
    "part-audit": ("审核", "Audit"),
    "part-other": ("其他", "Other terms"),
    "namespace": ("命名空间", "Namespace"),
    "version": ("版本号", "Version"),
    "licence": ("许可", "Licence"),
    "see-also": ("另见", "See also"),
    "contents": ("目录", "Contents"),
    "formats": ("其他格式", "Other formats"),
    "kind": ("种类", "Kind"),
    "kind-class": ("类", "class"),
    "kind-object-property": ("对象属性", "property whose values are things"),
    "kind-datatype-property": ("数据属性", "property whose values are data"),
    "sub-of": ("上位", "Narrower than"),
    "super-of": ("下位", "Broader than"),
    "domain": ("用于", "Used of"),
    "range": ("取值", "Values"),
    "note": ("说明", "Note"),
    "property": ("属性", "Property"),
    "properties": ("所具属性", "Properties"),
    "aligned": ("对应的其他词汇", "In other vocabularies"),
    "shapes": ("相关校验规则", "Shapes that use it"),
    "example": ("示例", "Example"),
    "code-list": ("代码表", "Code list"),
    "code-lists": ("代码表", "Code lists"),
    "code-lists-lead": (
        "数据中使用的代码及其含义；分年度的政府收支分类是数据，不在此列。",
        "The codes that the data use, and what they mean; the yearly classifications are data and not among them.",
    ),
    "entries": ("条目", "Entries"),
    "label": ("名称", "Label"),
    "definition": ("定义", "Definition"),
    "notation": ("代码", "Notation"),
    "other-names": ("其他写法", "Other names"),
    "broader": ("上级", "Broader"),
    "narrower": ("下级", "Narrower"),
    "used-by": ("用于属性", "Values of"),
    "uses": ("使用次数", "Uses"),
    "no-uses": ("本次发布没有使用。", "Nothing in this release uses it."),
    "rule": ("规则", "Rule"),
    "rules": ("审核规则", "Audit rules"),
    "rules-lead": (
        "规则提出疑问，不作结论。每条规则说明查什么、依据什么、何时可能误报。",
        "A rule asks, it does not judge. Each says what it compares, on what ground, and where it may err.",
    ),
    "severity": ("程度", "Severity"),
    "explanation": ("说明", "Explanation"),
    "concern": ("关注点", "Concern"),
    "ground": ("依据", "Ground"),
    "false-alarm": ("可能的误报", "Where it may err"),
    "remedy": ("如何核对", "What to check"),
    "findings": ("发现", "Findings"),
    "findings-here": ("本次发布中的发现", "Findings in this release"),
    "findings-counted": (
        "共 {count} 项（由其他发现引起的不计）。",
        "{count}, without those that only follow from others.",
    ),
    "show-finding": ("查看该项发现", "Show the finding"),
    "lines": ("第 {lines} 行", "line {lines}"),
    "columns": ("列", "Columns"),
    "api-lead": (
        "每个问题都有固定的地址，以 JSON 或 CSV 返回；limit 与 offset 分页，参数见各问题。",
        "Each question has an address that answers in JSON or CSV; limit and offset make pages.",
    ),
    "search": ("搜索", "Search"),
    "search-lead": (
        "单位、项目、法规文件、表格、绩效指标、原文语句，以及表格和表单里的数；文号和金额怎么写都能找到。",
        "Units, projects, legal documents, tables, indicators, sentences, and the numbers of tables and forms; "
        "document numbers and amounts in any spelling.",
    ),
    "search-words": ("关键词、文号或金额", "Words, document number or amount"),
    "search-found": ("共 {total} 条", "{total} found"),
    "search-all": ("全部", "all"),
    "search-kind": ("类别", "Kind"),
    "search-region": ("地区", "Region"),
    "search-year": ("年度", "Year"),
    "search-unit": ("公开单位", "Unit"),
    "search-number": ("文号或代码", "Number or code"),
    "search-narrow": ("缩小范围", "Narrow down"),
    "search-pages": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "search-before": ("上一页", "Previous page"),
    "search-after": ("下一页", "Next page"),
    "found-organisation": ("单位", "organisation"),
    "found-project": ("项目", "project"),
    "found-legal": ("法规文件", "legal document"),
    "found-disclosure": ("公开事项", "disclosure"),
    "found-document": ("文件", "document"),
    "found-table": ("表格", "table"),
    "found-indicator": ("绩效指标", "indicator"),
    "found-statement": ("正文语句", "statement"),
    "found-citation": ("引用", "citation"),
    "found-measure": ("指标口径", "measure"),
    "found-class": ("预算科目", "budget class"),
    "found-other": ("其他", "other"),
    "found-number": ("表内数字", "number"),
}


FOREIGN: Mapping[str, Mapping[str, str]] = {
    name: dict(zip(LANGUAGES, words, strict=True))
    for name, words in {
        "dcat:Dataset": ("数据集", "data set"),
        "dcat:downloadURL": ("下载地址", "download address"),
        "dct:date": ("日期", "date"),
        "dct:hasVersion": ("版本", "version"),
        "dct:isPartOf": ("所属", "is part of"),
        "dct:issued": ("公开日期", "issued"),
        "dct:license": ("许可", "licence"),
        "dct:publisher": ("发布单位", "publisher"),
        "dct:replaces": ("替代", "replaces"),
        "dct:isReplacedBy": ("已被替代为", "is replaced by"),
        "dct:title": ("标题", "title"),
        "foaf:name": ("名称", "name"),
        "org:Organization": ("单位", "organisation"),
        "prov:specializationOf": ("是其一个版本", "is a version of"),
        "prov:used": ("所用", "used"),
        "prov:wasDerivedFrom": ("依据", "derived from"),
        "prov:wasGeneratedBy": ("产生于", "generated by"),
        "qb:dataSet": ("所在表格", "table"),
        "rdf:type": ("类型", "type"),
        "rdfs:comment": ("说明", "comment"),
        "rdfs:isDefinedBy": ("定义于", "defined by"),
        "rdfs:label": ("名称", "label"),
        "sh:NodeShape": ("审核规则", "audit rule"),
        "sh:ValidationReport": ("审核报告", "validation report"),
        "sh:ValidationResult": ("审核结果", "validation result"),
        "sh:conforms": ("是否一致", "conforms"),
        "sh:focusNode": ("涉及对象", "focus"),
        "sh:result": ("审核发现", "finding"),
        "sh:resultPath": ("涉及属性", "path"),
        "sh:resultSeverity": ("程度", "severity"),
        "sh:sourceConstraintComponent": ("约束类型", "constraint component"),
        "sh:sourceShape": ("规则", "rule"),
        "sh:value": ("值", "value"),
        "skos:Concept": ("代码表条目", "entry of a code list"),
        "skos:ConceptScheme": ("代码表", "code list"),
        "skos:altLabel": ("别名", "alternative label"),
        "skos:broader": ("上级类", "broader"),
        "skos:definition": ("定义", "definition"),
        "skos:exactMatch": ("对应", "exact match"),
        "skos:inScheme": ("所属分类", "in scheme"),
        "skos:notation": ("代码", "notation"),
        "skos:prefLabel": ("名称", "preferred label"),
        "skos:topConceptOf": ("顶层类属于", "top concept of"),
    }.items()
}
"""What properties and classes of other vocabularies are called on our pages, by prefixed name and language."""


def word(key: str, language: str, **values: object) -> str:
    """Return the words for a key in a language of `LANGUAGES`, with `{…}` filled in."""
    known = page_words() if "." in key else WORDS
    return known[key][LANGUAGES.index(language)].format(**values)


@cache
def page_words() -> Mapping[str, tuple[str, str]]:
    """Return the words of single pages, Chinese and English, by `{page}.{key}`."""
    found: dict[str, tuple[str, str]] = {}
    for each in sorted(files("server").joinpath("wording").iterdir(), key=lambda file: file.name):
        if each.name.endswith(".yaml"):
            stated = yaml.load(each.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            page = each.name.removesuffix(".yaml")
            found |= {f"{page}.{key}": (words["zh"], words["en"]) for key, words in stated.items()}
    return found


def chosen_language(request: Request) -> str:
    """Return the language of the page: `?lang=`, else `unstated_language`."""
    stated = request.args.get("lang", "")
    return stated if stated in LANGUAGES else unstated_language(request)


def unstated_language(request: Request) -> str:
    """Return the language of a page whose address states none: the reader's, else what is accepted, else Chinese."""
    kept = request.cookies.get(COOKIE, "")
    if kept in LANGUAGES:
        return kept
    for tag, quality in request.accept_languages:
        primary = tag.split("-")[0].lower()
        if quality > 0 and primary in LANGUAGES:
            return primary
    return "zh"
