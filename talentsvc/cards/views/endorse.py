"""The employer's side: its agents confirm the facts of an application, or say why not (product.md A4)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.actions.decline_endorsement import decline_endorsement
from talentsvc.cards.actions.endorse_application import endorse_application
from talentsvc.cards.casework import Case, limits_of
from talentsvc.cards.copy_words import copy_view
from talentsvc.cards.endorsing import cause_to_check
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.following import Standing, standing_of, standings_of
from talentsvc.cards.forms.filing import DeclineForm, EndorseForm
from talentsvc.cards.labels import ENDORSEMENTS, FOUR_EYES
from talentsvc.cards.parts import part_problem
from talentsvc.cards.queries.endorsements import (
    EndorsementRow,
    check_of,
    copy_asked_about,
    endorsement_for,
    endorsements_answered,
    endorsements_waiting,
)
from talentsvc.cards.rules.reminders import urgency
from talentsvc.cards.terms import ApplicationState, CaseRole, EndorsementOutcome, Urgency
from talentsvc.cards.views import blueprint
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import StaleVersion

ONE = "/employers/endorsements/<uuid:endorsement_id>"


@blueprint.get("/employers/endorsements")
@requires("endorsements.decide")
def endorsements() -> str:
    """What waits for an answer, by due date, and what was answered."""
    employer_ids = current_actor.employer_ids
    rows = endorsements_waiting(employer_ids)
    standings = standings_of([row.application for row in rows], now())
    waiting = [
        {"row": row, **_due(standing)} for row, standing in zip(rows, standings, strict=True)
    ]
    return render_template(
        "cards/endorse/list.html",
        waiting=[entry for entry in waiting if not entry["is_over"]],
        answered=endorsements_answered(employer_ids, request.args.get("cursor")),
        outcomes=ENDORSEMENTS,
        has_several=len(employer_ids) > 1,
    )


@blueprint.get(ONE)
@requires("endorsements.decide")
def endorsement(endorsement_id: UUID) -> str:
    """The frozen copy, exactly as it will be endorsed; opening it is written down first."""
    row = endorsement_for(endorsement_id, current_actor.employer_ids)
    actor = acting()
    note_look(
        LookKind.RECORD,
        SubjectKind.APPLICATION,
        row.application.id,
        "copy for the employer",
        actor=actor,
        acting_as=actor.acting_as,
    )
    return _page(row, EndorseForm(), DeclineForm())


@blueprint.post(f"{ONE}/confirm")
@requires("endorsements.decide")
def endorse(endorsement_id: UUID) -> Any:
    """Confirm exactly the copy that was shown."""
    row = endorsement_for(endorsement_id, current_actor.employer_ids)
    _refuse_answered(row)
    form = EndorseForm()
    if not form.was_sent():
        return _page(row, form, DeclineForm(formdata=None)), 422
    endorse_application(row.application.id, copy_sha256=form.copy_hash(), actor=acting(), at=now())
    flash(_("Confirmed. The window has the application now, and the applicant is told."), "success")
    return redirect(url_for("cards.endorsements"), 303)


@blueprint.post(f"{ONE}/decline")
@requires("endorsements.decide")
def decline(endorsement_id: UUID) -> Any:
    """Do not confirm, and say why."""
    row = endorsement_for(endorsement_id, current_actor.employer_ids)
    _refuse_answered(row)
    form = DeclineForm()
    if not form.was_sent():
        return _page(row, EndorseForm(formdata=None), form), 422
    decline_endorsement(row.application.id, reason=form.reason.data or "", actor=acting(), at=now())
    flash(_("Not confirmed. The applicant reads your reason and can ask you again."), "success")
    return redirect(url_for("cards.endorsements"), 303)


def _refuse_answered(row: EndorsementRow) -> None:
    """An old page answers no newer question, even one about the very same answers."""
    if row.endorsement.outcome is not EndorsementOutcome.WAITING:
        raise StaleVersion()


def _page(row: EndorsementRow, endorse_form: EndorseForm, decline_form: DeclineForm) -> str:
    copy = copy_asked_about(row.endorsement)
    standing = standing_of(row.application, now())
    is_waiting = row.endorsement.outcome is EndorsementOutcome.WAITING
    is_open = is_waiting and standing.state is ApplicationState.AWAITING_ENDORSEMENT
    endorse_form.copy_sha256.data = copy.sha256.hex()
    view = copy_view(copy, category_of(row.application), row.employer.name)
    check = check_of(row.endorsement.id)
    return render_template(
        "cards/endorse/endorsement.html",
        row=row,
        view=view,
        check=check,
        needs_check=bool(is_open and cause_to_check(row.application)),
        is_open=is_open,
        outcome=ENDORSEMENTS[
            EndorsementOutcome.EXPIRED if is_waiting and not is_open else row.endorsement.outcome
        ],
        problem=_problem(row) if is_open else "",
        due_on=row.application.due_on,
        endorse_form=endorse_form,
        decline_form=decline_form,
        form=endorse_form if endorse_form.errors else decline_form,
    )


def _problem(row: EndorsementRow) -> str:
    """Why this agent may not answer, if something speaks against it."""
    person_id = current_actor.person_id
    if person_id is None:
        return ""
    case = Case(row.application, [], limits_of(row.application), work_calendar())
    problem = part_problem(case, CaseRole.ENDORSER, person_id)
    return str(FOUR_EYES[problem]) if problem else ""


def _due(standing: Standing) -> dict[str, Any]:
    deadline = standing.deadline
    pressing = urgency(deadline, local_date(now()), standing.calendar)
    return {
        "due_on": deadline.due_on if deadline else None,
        "is_provisional": bool(deadline and deadline.is_provisional),
        "is_soon": pressing in (Urgency.DUE_TODAY, Urgency.DUE_TOMORROW, Urgency.SOON),
        "is_over": standing.state is not ApplicationState.AWAITING_ENDORSEMENT,
    }
