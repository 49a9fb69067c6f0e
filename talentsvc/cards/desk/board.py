"""The list of cases, and taking the next one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import current_actor
from talentsvc.access.route import requires
from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.desk import blueprint
from talentsvc.cards.labels import DEADLINES, STATES
from talentsvc.cards.models import Application
from talentsvc.cards.queries.board import (
    OFFICE_STATES,
    WAITING_STATES,
    BoardFilter,
    cases_on_board,
    count_text,
    counts_by_state,
)
from talentsvc.cards.rules.due_dates import Deadline
from talentsvc.cards.rules.reminders import urgency
from talentsvc.cards.terms import ApplicationState, DeadlineKind, Urgency
from talentsvc.core.clock import local_date, now
from talentsvc.core.workdays import WorkCalendar
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


def due_words() -> Any:
    """A function that says how near a case's due date is; one calendar for the whole page."""
    calendar, today = work_calendar(), local_date(now())

    def words(application: Any) -> dict[str, bool]:
        if application.due_on is None:
            return {"is_overdue": False, "is_soon": False}
        nearness = urgency_of(application, today, calendar)
        return {
            "is_overdue": nearness is Urgency.OVERDUE,
            "is_soon": nearness in {Urgency.DUE_TODAY, Urgency.DUE_TOMORROW, Urgency.SOON},
        }

    return words


def urgency_of(application: Application, today: date, calendar: WorkCalendar) -> Urgency:
    """The urgency of what is written on the case; the clock itself is asked on its own page."""
    if application.due_kind is None:
        return Urgency.LATER
    deadline = Deadline(
        DeadlineKind(application.due_kind),
        today,
        application.due_on,
        application.due_at,
        application.is_due_provisional,
    )
    return urgency(deadline, today, calendar)


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
    return url_for("cards_desk.board", **merged)


def case_link(application_id: UUID) -> str:
    """The page of a case."""
    return url_for("cards_desk.case", application_id=application_id)
