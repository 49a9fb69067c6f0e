"""Answering a one-time notice: its items and nothing else (facts.md 6.3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.submit_correction import submit_correction
from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.drafting import draft_of, editable_steps
from talentsvc.cards.following import standing_of
from talentsvc.cards.forms.filing import VersionForm
from talentsvc.cards.models import Application
from talentsvc.cards.queries.case import own_application
from talentsvc.cards.terms import ApplicationState
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.correction_items import CorrectionRow, correction_rows
from talentsvc.cards.views.step_forms import stored_form
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere, StaleVersion
from talentsvc.people.refusals import sentence_for


@blueprint.get("/applications/<uuid:application_id>/correction")
@requires("applications.own")
def correction(application_id: UUID) -> Any:
    """Everything the notice asks for, on one page, with what is done already."""
    application = own_application(application_id, current_actor.account_id)
    if standing_of(application, now()).state is not ApplicationState.CORRECTION_REQUESTED:
        return redirect(url_for("cards.application", application_id=application_id))
    return _page(application, VersionForm(version=str(application.version)))


@blueprint.post("/applications/<uuid:application_id>/correction")
@requires("applications.own")
def send_correction(application_id: UUID) -> Any:
    """Hand the correction in; too late is told with what can be done instead."""
    application = own_application(application_id, current_actor.account_id)
    form = VersionForm()
    if not form.was_sent():
        return _page(application, form), 422
    is_awaited = standing_of(application, now()).state is ApplicationState.CORRECTION_REQUESTED
    problems = _problems(application) if is_awaited else []
    if problems:
        return _page(application, form, problems), 422
    try:
        case = submit_correction(
            application_id,
            actor=acting(),
            at=now(),
            # Too late is too late, whatever else has changed since.
            expected_version=form.seen_version() if is_awaited else None,
        )
    except NotAllowedNow:
        return _too_late(application), 409
    except StaleVersion:
        return _page(application, form, is_stale=True), 409
    except InvalidInput as refusal:
        href = url_for("cards.step", application_id=application_id, step="identity")
        return _page(application, form, [(sentence_for(refusal), href)]), 422
    sequence = len(case.events)
    return redirect(url_for("cards.receipt", application_id=application_id, sequence=sequence), 303)


def _problems(application: Application) -> list[tuple[Any, str]]:
    """What keeps the correction from being complete: (sentence, where to mend it)."""
    found = [
        (_("Not dealt with yet: %(item)s", item=row.title), row.href)
        for row in _rows(application)
        if not row.is_answered
    ]
    draft = draft_of(application)
    for step in sorted(editable_steps(application)):
        href = url_for("cards.step", application_id=application.id, step=step.value)
        complaints = stored_form(application, draft, step).complaints()
        found += [(sentence, f"{href}#{name}") for name, sentence in complaints.items()]
    return found


def _rows(application: Application) -> list[CorrectionRow]:
    notice = last_notice(application.id)
    if notice is None:
        raise NotFoundHere()
    return correction_rows(application, notice, item_rows(notice))


def _page(
    application: Application,
    form: VersionForm,
    problems: list[tuple[Any, str]] | None = None,
    *,
    is_stale: bool = False,
) -> str:
    form.version.data = str(application.version)
    rows = _rows(application)
    return render_template(
        "cards/apply/correction.html",
        application=application,
        form=form,
        rows=rows,
        left=sum(not row.is_answered for row in rows),
        due_on=application.due_on,
        problems=problems or [],
        is_stale=is_stale,
    )


def _too_late(application: Application) -> str:
    notice = last_notice(application.id)
    return render_template(
        "cards/apply/too_late.html",
        application=application,
        limit_on=notice.limit_on if notice else None,
    )
