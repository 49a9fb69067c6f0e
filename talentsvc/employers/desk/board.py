"""Lists: employers by state and question, and authorisations that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.employers import labels, queries
from talentsvc.employers.desk import blueprint
from talentsvc.employers.terms import EmployerState


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter of the list."""

    label: Any
    href: str
    is_on: bool


@blueprint.get("/")
@requires("employers.read")
def board() -> str:
    """Employers: those waiting for verification first, found by name, pinyin or code."""
    asked = request.args.get("q", "").strip()
    state = _state(request.args.get("state"), asked)
    page = queries.board_page(state, asked, request.args.get("cursor"))
    return render_template(
        "employers/board.html",
        page=page,
        asked=asked,
        state=state,
        chips=_chips(state, asked, is_waiting_list=False),
        labels=labels,
    )


@blueprint.get("/authorisations")
@requires("employers.read")
def authorisations() -> str:
    """Persons who ask to act for an employer, the oldest question first."""
    page = queries.pending_agents_page(request.args.get("cursor"))
    return render_template(
        "employers/authorisations.html",
        page=page,
        chips=_chips(None, "", is_waiting_list=True),
        labels=labels,
    )


def _state(given: str | None, asked: str) -> EmployerState | None:
    """The state asked for; without one, what waits, or everything when something is searched."""
    if given in {state.value for state in EmployerState}:
        return EmployerState(given)
    return None if asked or given == "all" else EmployerState.PENDING


def _chips(state: EmployerState | None, asked: str, *, is_waiting_list: bool) -> list[Chip]:
    chips = [
        Chip(
            label,
            url_for(".board", state=value.value, q=asked or None),
            not is_waiting_list and state is value,
        )
        for value, label in labels.EMPLOYER_STATES.items()
    ]
    everything = url_for(".board", state="all", q=asked or None)
    chips.append(Chip(_("All"), everything, not is_waiting_list and state is None))
    chips.append(Chip(_("Authorisations to confirm"), url_for(".authorisations"), is_waiting_list))
    return chips
