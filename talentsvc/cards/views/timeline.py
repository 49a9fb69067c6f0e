"""The timeline of a case: what happened, what is going on, and what comes next with its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from talentsvc.cards.course_words import NOW, STAGES
from talentsvc.cards.following import Standing
from talentsvc.cards.labels import ACTIONS, action_words
from talentsvc.cards.models import CaseEvent, CorrectionItem, CorrectionNotice
from talentsvc.cards.rules.clock import DueStep
from talentsvc.cards.rules.course import Ahead
from talentsvc.cards.terms import ActorClass, ApplicationState, CaseAction, NoticeUnit
from talentsvc.extensions.language import day_in_prose

_S = ApplicationState

#: What somebody else wrote about the applicant stays in its own sealed row.
_WITHOUT_REASON = frozenset({CaseAction.RECORD_OBJECTION})
#: The office's own steps between two of its people are not the applicant's news.
_INTERNAL = frozenset({CaseAction.RETURN_TO_REVIEWER})


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, as the macro reads it."""

    kind: str
    title: Any
    at: Any = None
    text: Any = ""
    note: Any = ""
    actor: Any = ""
    action: Mapping[str, Any] | None = None


def timeline_of(
    standing: Standing,
    rows: Sequence[CaseEvent],
    notices: Sequence[tuple[CorrectionNotice, Sequence[CorrectionItem]]],
) -> list[Entry]:
    """Everything in order: done, now, next."""
    entries = [_done(row, notices) for row in rows if row.action not in _INTERNAL]
    entries += [_by_clock(step) for step in standing.unwritten]
    now = _now(standing)
    ahead = [_ahead(one) for one in standing.ahead]
    return [*entries, *([now] if now else []), *ahead]


def _done(
    row: CaseEvent, notices: Sequence[tuple[CorrectionNotice, Sequence[CorrectionItem]]]
) -> Entry:
    is_clock = row.acting_as == ActorClass.CLOCK.value
    due_on = row.data.get("due_on")
    return Entry(
        kind="done",
        title=action_words(row.action, row.acting_as),
        # The clock acts at 24:00, which a reader would take for the day after.
        at=date.fromisoformat(str(due_on)) if is_clock and due_on else row.at,
        text=_told(row, notices),
        note="" if row.action in _WITHOUT_REASON else row.reason or "",
    )


def _by_clock(step: DueStep) -> Entry:
    due_on = step.data.get("due_on")
    at = date.fromisoformat(str(due_on)) if due_on else step.at
    return Entry(kind="done", title=ACTIONS[step.action], at=at)


def _told(
    row: CaseEvent, notices: Sequence[tuple[CorrectionNotice, Sequence[CorrectionItem]]]
) -> Any:
    if row.action is CaseAction.REQUEST_CORRECTION:
        number = row.data.get("number")
        count = next((len(items) for notice, items in notices if notice.number == number), 0)
        return ngettext("%(num)s item to correct", "%(num)s items to correct", count)
    filed_on = row.data.get("filed_on")
    if filed_on and row.effective_on and str(filed_on) != row.effective_on.isoformat():
        return _(
            "Handed in on a day off, so it counts as received on %(day)s.",
            day=day_in_prose(row.effective_on),
        )
    if row.action is CaseAction.ACCEPT_BY_SILENCE and row.effective_on:
        return _(
            "Counts from %(day)s, the day it was received.", day=day_in_prose(row.effective_on)
        )
    return ""


def _now(standing: Standing) -> Entry | None:
    state = standing.state
    if state not in NOW or (state is _S.REJECTED and standing.deadline is None):
        return None
    title, text = NOW[state]
    return Entry(
        kind="now",
        title=title,
        at=_until(standing),
        text=text,
        action=_action(standing),
    )


def _until(standing: Standing) -> Any:
    deadline = standing.deadline
    if deadline is None:
        return ""
    if deadline.due_on is None:
        return _("the clock stands still")
    return _("by %(day)s", day=day_in_prose(deadline.due_on))


def _action(standing: Standing) -> Mapping[str, Any] | None:
    known: dict[str, Any] = {"application_id": standing.application.id}
    if standing.state is _S.REJECTED:
        return {"label": _("Ask for a review"), "href": url_for("cards.review_request", **known)}
    if standing.state is _S.ISSUED:
        return {"label": _("Show my card"), "href": url_for("cards.my_cards")}
    return None


def _ahead(ahead: Ahead) -> Entry:
    return Entry(kind="next", title=STAGES[ahead.stage], at=_latest(ahead))


def _latest(ahead: Ahead) -> Any:
    if ahead.by_on is not None:
        words = _("by %(day)s at the latest", day=day_in_prose(ahead.by_on))
        return _("%(date)s (provisional)", date=words) if ahead.is_provisional else words
    return length_words(ahead.length, ahead.unit)


def length_words(count: int, unit: NoticeUnit) -> Any:
    """A length of time: 5 working days, 7 days."""
    if unit is NoticeUnit.WORKING_DAY:
        return ngettext("%(num)s working day", "%(num)s working days", count)
    return ngettext("%(num)s day", "%(num)s days", count)
