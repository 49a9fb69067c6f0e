"""One decision about many registrations: chosen from a list, done by a job, watched on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions import audit_many, select_companies
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.staff import ManyForm
from talentsvc.events.queries import decisions as queries
from talentsvc.events.queries import occasions
from talentsvc.events.refusals.registrations import sentence_for
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.unit_of_work import attempt
from talentsvc.jobs.queries import progress_of

KINDS = frozenset({audit_many.JOB_KIND, select_companies.JOB_KIND})
_STEPS = {"approve": RegistrationStep.APPROVE, "reject": RegistrationStep.REJECT}
#: Why an item was left for a person.
REFUSALS = {
    "release_needs_reason": _l("Flagged words: look at it by itself."),
    "four_eyes": _l("You have a tie to this company: somebody else decides."),
    "own_employer": _l("You have a tie to this company: somebody else decides."),
    "own_registration": _l("You filed this: somebody else decides."),
    "not_allowed_now": _l("It was decided meanwhile, or has lapsed."),
    "not_found": _l("Not there any more, or you lost the right."),
}
OTHER_REFUSAL = _l("It could not be done; the operators see why.")


@blueprint.get("/sessions/<uuid:session_id>/decisions")
@requires("registrations.audit")
def many(session_id: UUID) -> str:
    """Every registration of a session that waits for the audit, to choose from."""
    return _page(session_id, ManyForm(formdata=None))


def _page(session_id: UUID, form: ManyForm) -> str:
    session = occasions.session_of(session_id)
    return render_template(
        "events/desk/many.html",
        session=session,
        event=occasions.event_of(session.event_id),
        rows=queries.waiting_for_audit(session_id),
        form=form,
        chosen=set(form.registrations.data or []),
    )


@blueprint.post("/sessions/<uuid:session_id>/decisions")
@requires("registrations.audit")
def decide_many(session_id: UUID) -> Any:
    """Start the job for what was chosen; only what waits for this session's audit can be chosen."""
    form = ManyForm()
    step = _STEPS.get(request.form.get("step", ""))
    if not form.was_sent() or step is None:
        return _page(session_id, form), 422
    rows = queries.waiting_for_audit(session_id)
    picked = set(form.registrations.data or [])
    chosen = [
        row.id for row in rows if str(row.id) in picked or (form.all_clean.data and not row.flags)
    ]
    try:
        with attempt():
            job = audit_many.audit_many(
                session_id, chosen, step, reason=form.reason.data or "", actor=acting(), at=now()
            )
    except InvalidInput as refusal:
        form.complain(refusal.field, sentence_for(refusal))
        return _page(session_id, form), 422
    return redirect(url_for(".progress", job_id=job.id), 303)


@blueprint.get("/work/<uuid:job_id>")
@requires("registrations.read")
def progress(job_id: UUID) -> str:
    """How far the job has come, and which companies it left for a person. Five queries at most."""
    found = progress_of(job_id, KINDS)
    session = occasions.session_of(UUID(found.job.params["session"]))
    return render_template(
        "events/desk/progress.html",
        progress=found,
        session=session,
        names=queries.names_of([item.subject_id for item in found.refusals]),
        refusals=REFUSALS,
        other=OTHER_REFUSAL,
    )
