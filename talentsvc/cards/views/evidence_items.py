"""The papers of an application as its page shows them: what is asked, what is there, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import url_for

from talentsvc.cards.drafting import answers_of, draft_of, editable_items, items_taking_files
from talentsvc.cards.evidencing import (
    EvidenceFile,
    category_of,
    codes_present,
    files_of,
    pledged_codes,
)
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.forms.filing import EvidenceForm, PledgeForm
from talentsvc.cards.freezing import employer_facts
from talentsvc.cards.models import Application
from talentsvc.cards.pledge_words import PledgeView, pledge_views
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.terms import EDITABLE_STATES, PledgeState
from talentsvc.cards.views.correction_items import paper_explanations
from talentsvc.cards.views.step_forms import employer_by_text
from talentsvc.core.clock import now
from talentsvc.extensions.language import pick
from talentsvc.policy.rules.evidence import items_needed, missing_items
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.rules.shapes import EvidenceItem
from talentsvc.policy.terms import AcceptedFile, EvidenceNeed, EvidenceSource

EXTENSIONS: Mapping[AcceptedFile, str] = {
    AcceptedFile.PDF: ".pdf",
    AcceptedFile.JPEG: ".jpg,.jpeg",
    AcceptedFile.PNG: ".png",
}


@dataclass(frozen=True)
class ItemView:
    """One item with its files."""

    item: EvidenceItem
    title: str
    hint: str
    files: list[dict[str, Any]]
    is_missing: bool
    is_editable: bool
    explanations: list[str] = field(default_factory=list)
    pledge: PledgeView | None = None
    pledge_form: PledgeForm | None = None

    @cached_property
    def form(self) -> EvidenceForm | None:
        """For a new file, where the item can be changed now; made when a page asks for it."""
        return upload_form(self.item) if self.is_editable else None

    @property
    def code(self) -> str:
        """The item's code."""
        return self.item.code

    @property
    def anchor(self) -> str:
        """Where the item is on its page."""
        return f"item-{self.item.code}"

    @property
    def accept(self) -> str:
        """Kinds of file for the browser's dialogue."""
        return ",".join(EXTENSIONS[kind] for kind in self.item.accepts)

    @property
    def is_needed(self) -> bool:
        """Whether it stands on the page itself, or among what one may add."""
        is_asked = self.item.need is not EvidenceNeed.OPTIONAL
        return is_asked or bool(self.files or self.explanations or self.pledge)

    @property
    def is_replaced(self) -> bool:
        """Whether a new file takes the place of the one that is there: an item for one file only."""
        is_full = self.item.max_files == 1 and bool(self.files)
        return is_full and all(file["remove_href"] for file in self.files)

    @property
    def room(self) -> int:
        """How many files the page lets stand here, the one to be replaced among them."""
        return self.item.max_files + self.is_replaced

    @property
    def takes_pdf(self) -> bool:
        """Whether a PDF will do, or only a picture."""
        return AcceptedFile.PDF in self.item.accepts


def item_views(
    application: Application, entries: Sequence[EvidenceFile] | None = None
) -> list[ItemView]:
    """Every item this applicant may bring, in the order of the rules; `entries` where they were read already."""
    category = category_of(application)
    if category is None:
        return []
    facts = facts_of(application)
    items = items_needed(category, facts)
    if entries is None:
        entries = files_of(application.id)
    present = codes_present(entries) | pledged_codes(application)
    missing = {item.code for item in missing_items(category, facts, present)}
    codes = frozenset(item.code for item in items)
    editable = editable_items(application, codes)
    open_now = items_taking_files(application, codes)
    pledges = _open_pledges(application)
    files = _by_item(entries)
    told = paper_explanations(application)
    return [
        ItemView(
            item=item,
            title=pick(item.text_zh, item.text_en),
            hint=pick(item.hint_zh, item.hint_en),
            files=[
                file_view(application, entry, is_editable=item.code in editable)
                for entry in files.get(item.code, [])
            ],
            is_missing=item.code in missing,
            is_editable=item.code in open_now,
            explanations=told.get(item.code, []),
            pledge=pledges.get(item.code),
            pledge_form=pledge_form(item)
            if item.code in editable and item.code not in pledges
            else None,
        )
        for item in items
    ]


def _open_pledges(application: Application) -> dict[str, PledgeView]:
    return {
        view.pledge.item_code: view
        for view in pledge_views(application, now())
        if view.pledge.state is PledgeState.OPEN
    }


def pledge_form(item: EvidenceItem) -> PledgeForm | None:
    """A blank pledge for a paper that may be pledged; None for one that must be there."""
    return PledgeForm(item_code=item.code, formdata=None) if item.may_be_pledged else None


def missing_views(views: list[ItemView]) -> list[ItemView]:
    """Items without which the form cannot be filed; of a group the first stands for all."""
    seen: set[str] = set()
    found = []
    for view in views:
        key = view.item.group or view.code
        if view.is_missing and key not in seen:
            seen.add(key)
            found.append(view)
    return found


def grouped(views: list[ItemView]) -> list[tuple[str | None, list[ItemView]]]:
    """Items by group, so that "one of these is enough" can be said once; others stand alone."""
    found: list[tuple[str | None, list[ItemView]]] = []
    for view in views:
        group = view.item.group if view.item.need is EvidenceNeed.ONE_OF else None
        if group is not None and found and found[-1][0] == group:
            found[-1][1].append(view)
        else:
            found.append((group, [view]))
    return found


def upload_form(item: EvidenceItem) -> EvidenceForm:
    """A form of its own for each item: each has its own id against a second click."""
    form = EvidenceForm(item_code=item.code, formdata=None)
    form.files.flags.required = item.need is not EvidenceNeed.OPTIONAL
    return form


def file_view(
    application: Application, entry: EvidenceFile, *, is_editable: bool
) -> dict[str, Any]:
    """One file for the list of files, and for the answer to an upload."""
    known: dict[str, Any] = {"application_id": application.id, "evidence_id": entry.evidence.id}
    return {
        "id": str(entry.evidence.id),
        "name": entry.file.original_name,
        "size": entry.file.byte_size,
        "pages": entry.file.page_count,
        "scan_state": entry.file.scan_state.value,
        "added_at": entry.evidence.added_at,
        "deleted_at": entry.evidence.deleted_by_rule_at,
        "preview_href": url_for("cards.evidence_file", **known),
        "remove_href": url_for("cards.remove_evidence", **known) if is_editable else None,
    }


def left_over(application: Application, entries: Sequence[EvidenceFile]) -> list[dict[str, Any]]:
    """Files under items that the present category does not ask for."""
    category = category_of(application)
    asked = {item.code for item in category.evidence} if category else set()
    is_editable = application.state in EDITABLE_STATES
    return [
        file_view(application, entry, is_editable=is_editable)
        for entry in entries
        if entry.evidence.item_code not in asked
    ]


def brought_by_employer(application: Application) -> list[str]:
    """Papers nobody asks the applicant for, because they are on file or come with the confirmation."""
    category = category_of(application)
    return [
        pick(item.text_zh, item.text_en)
        for item in (category.evidence if category else ())
        if item.source is not EvidenceSource.APPLICANT
    ]


def facts_of(application: Application) -> ApplicantFacts:
    """What is known of the applicant: the draft's answers while they can be changed, else the filed ones."""
    answers = answers_of(draft_of(application))
    if application.state not in EDITABLE_STATES:
        answers = filed_answers(application.id) or answers
    employer = employer_by_text(answers.get(Step.WORK, {}).get("employer_id"))
    return facts_from(answers, employer_facts(employer), holds_higher_card=None)


def _by_item(files: Sequence[EvidenceFile]) -> dict[str, list[EvidenceFile]]:
    found: dict[str, list[EvidenceFile]] = {}
    for entry in files:
        found.setdefault(entry.evidence.item_code, []).append(entry)
    return found
