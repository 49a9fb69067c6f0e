"""The list of cases, and taking the next one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import current_actor
from talentsvc.access.route import requires
from talentsvc.cards.desk import blueprint
from talentsvc.cards.labels import DEADLINES, STATES
from talentsvc.cards.queries.board import (
    OFFICE_STATES,
    WAITING_STATES,
    BoardFilter,
    cases_on_board,
    count_text,
    counts_by_state,
)
from talentsvc.cards.queries.nearness import due_words
from talentsvc.cards.terms import ApplicationState, DeadlineKind
from talentsvc.employers.labels import INDUSTRIES
from talentsvc.employers.terms import Industry

SHOWN_STATES = (*OFFICE_STATES, *WAITING_STATES)


@blueprint.get("/cases")
@requires("cases.read")
def board() -> str:
    """Cases by state and due date; every filter is in the address."""
    wanted = read_filter()
    page = cases_on_board(wanted, request.args.get("cursor"))
    counts = counts_by_state(SHOWN_STATES)
    return render_template(
        "cards/desk/board.html",
        page=page,
        wanted=wanted,
        chips=_chips(wanted, counts),
        industries=_industry_chips(wanted),
        states=STATES,
        deadlines={kind.value: label for kind, label in DEADLINES.items()},
        due_of=due_words(),
        kinds=DeadlineKind,
    )


def read_filter() -> BoardFilter:
    """The filter in the address; what it does not know, it ignores."""
    args = request.args
    return BoardFilter(
        state=_member(ApplicationState, args.get("state")),
        industry=_member(Industry, args.get("industry")),
        assigned_to=current_actor.account_id if args.get("mine") else None,
        text=args.get("q", "").strip()[:100],
    )


def _member(kind: Any, text: str | None) -> Any:
    return kind(text) if text in {member.value for member in kind} else None


def _chips(wanted: BoardFilter, counts: dict[ApplicationState, int]) -> list[dict[str, Any]]:
    chips = [
        {
            "label": STATES[state],
            "href": _link(state=None if wanted.state is state else state.value),
            "is_on": wanted.state is state,
            "count": count_text(count),
        }
        for state, count in counts.items()
        if count or wanted.state is state
    ]
    mine = {
        "label": _("Mine"),
        "href": _link(mine=None if wanted.assigned_to else "1"),
        "is_on": wanted.assigned_to is not None,
        "count": None,
    }
    return [mine, *chips]


def _industry_chips(wanted: BoardFilter) -> list[dict[str, Any]]:
    return [
        {
            "label": INDUSTRIES[industry],
            "href": _link(industry=None if wanted.industry is industry else industry.value),
            "is_on": wanted.industry is industry,
            "count": None,
        }
        for industry in Industry
    ]


def _link(**changes: str | None) -> str:
    """This list with one thing changed; paging starts again."""
    kept = {key: value for key, value in request.args.items() if key != "cursor"}
    merged = {key: value for key, value in {**kept, **changes}.items() if value}
    return url_for("cards_desk.board") + (f"?{urlencode(merged)}" if merged else "")


def case_link(application_id: UUID) -> str:
    """The page of a case."""
    return url_for("cards_desk.case", application_id=application_id)
