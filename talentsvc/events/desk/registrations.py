"""The desk's audit of companies and their positions, the choice by the ranking, the waiting list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.standing import standing_of
from talentsvc.events.actions.audit_registration import Finding, audit_registration
from talentsvc.events.actions.select_companies import select_companies
from talentsvc.events.chips import filter_chips_of
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.registration import AuditForm
from talentsvc.events.labels import (
    AUDIT_VERDICTS,
    PLACE_STATES,
    REGISTRATION_STATES,
)
from talentsvc.events.queries import occasions
from talentsvc.events.queries import registrations as queries
from talentsvc.events.record_words import REGISTRATION_ACTIONS
from talentsvc.events.refusals.registrations import WORDING_RULES, sentence_for
from talentsvc.events.rules.marking import marked
from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import RegistrationState, RegistrationStep
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.unit_of_work import attempt

_STEPS = {
    "approve": RegistrationStep.APPROVE,
    "return": RegistrationStep.RETURN,
    "reject": RegistrationStep.REJECT,
}


@blueprint.get("/sessions/<uuid:session_id>/registrations")
@requires("registrations.read")
def session_registrations(session_id: UUID) -> str:
    """The companies of a session by state, in the order in which they began."""
    session = occasions.session_of(session_id)
    event = occasions.event_of(session.event_id)
    given = request.args.get("state")
    state = RegistrationState(given) if given in set(RegistrationState) else None
    closes_at = event.registration_closes_at
    return render_template(
        "events/desk/registrations.html",
        session=session,
        event=event,
        page=queries.session_board(session_id, state, request.args.get("cursor")),
        counts=queries.counts_by_state(session_id),
        states=REGISTRATION_STATES,
        places=PLACE_STATES,
        chips=filter_chips_of(
            {key: word for key, word in REGISTRATION_STATES.items() if key.value != "draft"},
            state,
            lambda value: url_for(".session_registrations", session_id=session_id, state=value),
        ),
        may_select=event.admission is Admission.SELECTION
        and closes_at is not None
        and now() >= closes_at,
        form=ActionForm(formdata=None),
    )


@blueprint.post("/sessions/<uuid:session_id>/selection")
@requires("registrations.audit")
def run_selection(session_id: UUID) -> Any:
    """Choose companies by the stated ranking."""
    order = select_companies(session_id, actor=acting(), at=now())
    flash(_("%(number)d companies were ranked.", number=len(order)), "success")
    return redirect(url_for(".session_registrations", session_id=session_id), 303)


@blueprint.get("/registrations/<uuid:registration_id>")
@requires("registrations.read")
def company_registration(registration_id: UUID) -> str:
    """One registration: the company, its standing, its positions with what was flagged."""
    return _page(registration_id, None)


def _page(registration_id: UUID, form: AuditForm | None) -> str:
    sheet = queries.registration_sheet(registration_id)
    if form is None:
        rows = [
            {"passed": not row.flags, "reason": row.verdict_reason or ""} for row in sheet.positions
        ]
        form = AuditForm(
            data={"version": sheet.registration.version, "findings": rows}, formdata=None
        )
    return render_template(
        "events/desk/registration.html",
        sheet=sheet,
        form=form,
        standing=standing_of(sheet.registration.legal_employer_id, now()),
        states=REGISTRATION_STATES,
        places=PLACE_STATES,
        verdicts=AUDIT_VERDICTS,
        steps=REGISTRATION_ACTIONS,
        wording=WORDING_RULES,
        marked=marked,
        may_audit=sheet.registration.state is RegistrationState.SUBMITTED,
    )


@blueprint.post("/registrations/<uuid:registration_id>/audit")
@requires("registrations.audit")
def audit(registration_id: UUID) -> Any:
    """Return, approve or reject, as the pressed button says."""
    form = AuditForm()
    step = _STEPS.get(request.form.get("step", ""))
    if not form.was_sent() or step is None:
        return _page(registration_id, form), 422
    findings = {
        number: Finding(bool(row.form.passed.data), row.form.reason.data or "")
        for number, row in enumerate(form.findings, start=1)
    }
    try:
        with attempt():
            audit_registration(
                registration_id,
                step,
                findings=findings,
                reason=form.reason.data or "",
                expected_version=form.version.data,
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        form.reason.errors = [str(sentence_for(refusal))]
        return _page(registration_id, form), 422
    flash(_("Done. The company is told."), "success")
    return redirect(url_for(".company_registration", registration_id=registration_id), 303)
