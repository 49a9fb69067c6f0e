"""Reading evidence: each paper is described once, each category says how much it needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from talentsvc.policy.rules.criteria import read_condition
from talentsvc.policy.rules.reading import Reader, duplicates
from talentsvc.policy.rules.shapes import Condition, EvidenceItem
from talentsvc.policy.terms import (
    FILED_ON,
    NEVER_PLEDGED,
    AcceptedFile,
    EvidenceNeed,
    EvidenceSource,
    Operator,
)

#: More files than this under one item is a mistake in the policy, not a generous one.
MOST_FILES = 20


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is the same about a paper wherever it is asked for."""

    code: str
    source: EvidenceSource
    is_sensitive: bool
    retention_days: int | None
    accepts: tuple[AcceptedFile, ...]
    max_files: int
    text_zh: str
    text_en: str
    hint_zh: str
    hint_en: str
    pledge_origin: str | None


def read_papers(reader: Reader, image_retention: int | None) -> dict[str, Paper]:
    """Every paper by code. A sensitive one without its own retention takes the parameter's."""
    papers = [_read_paper(inner, image_retention) for inner in reader.each("evidence_items")]
    for code in duplicates(paper.code for paper in papers):
        reader.problem(f"evidence {code} is described twice", "evidence_items")
    return {paper.code: paper for paper in papers}


def read_need(reader: Reader, papers: Mapping[str, Paper]) -> EvidenceItem | None:
    """How much a category needs a paper; None, and a problem, if nobody described it."""
    need = reader.one_of("need", EvidenceNeed)
    group = reader.optional_code("group")
    if (need is EvidenceNeed.ONE_OF) != (group is not None):
        reader.problem("one_of and a group belong together", "group")
    when, unless = _read_condition(reader, "when"), _read_condition(reader, "unless")
    paper = papers.get(reader.code("code"))
    reader.done()
    if paper is None:
        reader.problem("this paper is not described under evidence_items", "code")
        return None
    return EvidenceItem(**vars(paper), need=need, group=group, when=when, unless=unless)


def _read_paper(reader: Reader, image_retention: int | None) -> Paper:
    text_zh, text_en = reader.both("text")
    hint_zh, hint_en = reader.both("hint")
    is_sensitive = reader.flag("is_sensitive")
    retention = reader.number("retention_days") if reader.has("retention_days") else None
    if retention is None and is_sensitive:
        retention = image_retention
    max_files = reader.number("max_files", least=1)
    if max_files > MOST_FILES:
        reader.problem(f"at most {MOST_FILES} files", "max_files")
    paper = Paper(
        code=reader.code("code"),
        source=reader.one_of("source", EvidenceSource),
        is_sensitive=is_sensitive,
        retention_days=retention,
        accepts=reader.several_of("accepts", AcceptedFile),
        max_files=max_files,
        text_zh=text_zh,
        text_en=text_en,
        hint_zh=hint_zh,
        hint_en=hint_en,
        pledge_origin=_read_pledge(reader),
    )
    reader.done()
    if paper.pledge_origin is not None:
        _check_pledge(reader, paper)
    return paper


def _read_pledge(reader: Reader) -> str | None:
    """Where it comes from that a paper may be pledged; None where it may not."""
    if not reader.has("pledge"):
        return None
    inner = reader.inner("pledge")
    origin = inner.text("origin")
    inner.done()
    return origin


def _check_pledge(reader: Reader, paper: Paper) -> None:
    """Main papers and whatever says who applies are never pledged (国办: 容缺受理, facts.md 6.3)."""
    if paper.is_sensitive or paper.code in NEVER_PLEDGED:
        reader.problem("this paper says who applies and can never be pledged", "pledge")
    if paper.source is not EvidenceSource.APPLICANT:
        reader.problem("only what the applicant brings can be pledged", "pledge")


def _read_condition(reader: Reader, key: str) -> Condition | None:
    if not reader.has(key):
        return None
    inner = reader.inner(key)
    condition = read_condition(inner)
    inner.done()
    # Papers are asked for while the form is filled in, before there is a day of filing.
    if condition.value == FILED_ON or condition.operator in (
        Operator.AGE_AT_MOST,
        Operator.DECIDED_BY_PERSON,
    ):
        inner.problem("a paper's condition cannot depend on the day of filing or on a person")
    return condition
