"""Pledges in words: the paper, where its pledge stands, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.evidencing import category_of
from talentsvc.cards.models import Application, Pledge
from talentsvc.cards.pledging import pledges_of
from talentsvc.cards.rules.pledges import pledge_standing
from talentsvc.cards.terms import PledgeStanding
from talentsvc.extensions.language import pick

#: Kind of the tag, and its word.
STANDINGS: Mapping[PledgeStanding, tuple[str, Any]] = {
    PledgeStanding.GIVEN: ("neutral", _l("Pledged")),
    PledgeStanding.RUNNING: ("due", _l("To be handed in")),
    PledgeStanding.OVERDUE: ("refused", _l("Overdue")),
    PledgeStanding.FULFILLED: ("met", _l("Handed in")),
    PledgeStanding.TAKEN_BACK: ("neutral", _l("Taken back")),
}


@dataclass(frozen=True)
class PledgeView:
    """One pledge as a page shows it."""

    pledge: Pledge
    title: str
    standing: PledgeStanding

    @property
    def tag(self) -> tuple[str, Any]:
        """Kind and word of its tag."""
        return STANDINGS[self.standing]

    @property
    def is_owed(self) -> bool:
        """Whether the paper is still to come, and by a day."""
        return self.standing in (PledgeStanding.RUNNING, PledgeStanding.OVERDUE)


def pledge_views(application: Application, at: datetime) -> list[PledgeView]:
    """Every pledge of a case that was not taken back, oldest first."""
    category = category_of(application)
    titles = {
        item.code: pick(item.text_zh, item.text_en)
        for item in (category.evidence if category else ())
    }
    return [
        PledgeView(
            pledge,
            titles.get(pledge.item_code, pledge.item_code),
            pledge_standing(pledge.state, pledge.due_on, at),
        )
        for pledge in pledges_of(application.id)
    ]
