"""Becoming an agent: who one is, a new company or one that is registered, and going on after the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField

from talentsvc.access.actor import Actor, acting
from talentsvc.access.route import requires
from talentsvc.accounts.models import Account
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.employers import queries
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.mend_employer import mend_employer
from talentsvc.employers.actions.register_employer import register_employer
from talentsvc.employers.forms.identity import IdentityForm
from talentsvc.employers.forms.registration import (
    AuthorisationFields,
    JoinForm,
    MendForm,
    RegisterForm,
    RenewForm,
    refuse,
)
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import EMPLOYER_STEPS
from talentsvc.employers.terms import EmployerStep
from talentsvc.employers.uploads import ACCEPT, add_error, kept_file, shown, take_upload
from talentsvc.employers.views import blueprint
from talentsvc.extensions.database import db
from talentsvc.extensions.forms import Form
from talentsvc.extensions.guards import limiter
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose
from talentsvc.people.actions.record_person import record_person
from talentsvc.people.refusals import sentence_for as person_sentence

#: Codes are public, who is registered here is not: nobody walks through them (guarantees.md G7).
TRIES = "30 per hour"
NEXT = {"register": "employers.register", "join": "employers.join"}
MISSING_LICENCE = _l("Upload the business licence.")
MISSING_LETTER = _l("Upload the letter of authorisation.")


@blueprint.route("/identity", methods=["GET", "POST"])
@requires("employers.register")
def identity() -> Any:
    """Who acts: an endorsement is an act of a known person."""
    form, actor = IdentityForm(), acting()
    wanted = request.args.get("next", "")
    if actor.person_id is not None:
        return redirect(url_for(NEXT.get(wanted, "employers.home")), 303)
    if request.method == "GET":
        return render_template("employers/identity.html", form=form)
    if form.was_sent() and _recorded(form, actor):
        return redirect(url_for(NEXT.get(wanted, "employers.home")), 303)
    return render_template("employers/identity.html", form=form), 422


@blueprint.route("/register", methods=["GET", "POST"])
@requires("employers.register")
@limiter.limit(TRIES, methods=["POST"])
def register() -> Any:
    """Register a company with the first person who acts for it."""
    actor = acting()
    if actor.person_id is None:
        return redirect(url_for(".identity", next="register"), 303)
    form = RegisterForm()
    if request.method == "GET":
        return _register_page(form, actor)
    employer = _registered(form, actor)
    if employer is None:
        return _register_page(form, actor), 422
    flash(
        _("We have received the registration. You will get a message when it is verified."),
        "success",
    )
    return redirect(url_for(".company", employer_id=employer.id), 303)


@blueprint.route("/<uuid:employer_id>/mend", methods=["GET", "POST"])
@requires("employers.register")
@limiter.limit(TRIES, methods=["POST"])
def mend(employer_id: UUID) -> Any:
    """Change a registration that is waiting or was sent back, and send it again."""
    employer, actor = _own_company(employer_id), acting()
    # Asked before the form is shown, so that nobody fills in what can no longer be sent.
    EMPLOYER_STEPS.target(employer.state, EmployerStep.MEND)
    form = MendForm.of(employer)
    if request.method == "GET":
        return _mend_page(form, employer, actor)
    if not _mended(form, employer, actor):
        return _mend_page(form, employer, actor), 422
    flash(_("Sent. You will get a message when it is verified."), "success")
    return redirect(url_for(".company", employer_id=employer_id), 303)


@blueprint.route("/join", methods=["GET", "POST"])
@requires("employers.register")
@limiter.limit(TRIES, methods=["POST"])
def join() -> Any:
    """Ask to act for a company that is registered; nothing of it is shown before the answer."""
    actor = acting()
    if actor.person_id is None:
        return redirect(url_for(".identity", next="join"), 303)
    form = JoinForm()
    if request.method == "GET":
        return _join_page(form, actor)
    if not _asked(form, actor, None):
        return _join_page(form, actor), 422
    flash(_("Your request was sent. You will get a message with the answer."), "success")
    return redirect(url_for(".home"), 303)


@blueprint.route("/<uuid:employer_id>/renew", methods=["GET", "POST"])
@requires("employers.register")
def renew(employer_id: UUID) -> Any:
    """Ask to go on acting for a company, before or after the last day of the authorisation."""
    actor = acting()
    employer = _once_authorised(employer_id, actor)
    form = RenewForm()
    if request.method == "GET":
        return _renew_page(form, employer, actor)
    if not _asked(form, actor, employer):
        return _renew_page(form, employer, actor), 422
    flash(_("Your request was sent. You will get a message with the answer."), "success")
    return redirect(url_for(".home"), 303)


def _recorded(form: IdentityForm, actor: Actor) -> bool:
    try:
        record_person(account=_account(actor), **form.values(), actor=actor, at=now())
    except InvalidInput as refusal:
        field = form._fields.get(refusal.field, form.document_number)
        add_error(field, person_sentence(refusal))
        return False
    return True


def _registered(form: RegisterForm, actor: Actor) -> Employer | None:
    is_valid, at = form.was_sent(), now()
    licence = _paper(form.licence, form.licence_kept, FilePurpose.LICENCE, MISSING_LICENCE, actor)
    letter = _letter(form, actor)
    if not is_valid or licence is None or letter is None or form.errors:
        return None
    try:
        return register_employer(
            form.details(),
            account=_account(actor),
            licence_file_id=licence.id,
            authorisation_file_id=letter.id,
            until=form.authorised_until.data,
            is_founder=form.is_founder.data,
            actor=actor,
            at=at,
        )
    except InvalidInput as refusal:
        refuse(form, refusal)
        return None


def _mended(form: MendForm, employer: Employer, actor: Actor) -> bool:
    is_valid, at = form.was_sent(), now()
    licence = take_upload(form.licence, form.licence_kept, FilePurpose.LICENCE, actor=actor, at=at)
    if not is_valid or form.errors:
        return False
    try:
        mend_employer(
            employer.id,
            form.details(),
            licence_file_id=licence.id if licence else None,
            expected_version=form.version.data or 0,
            actor=actor,
            at=at,
        )
    except InvalidInput as refusal:
        refuse(form, refusal)
        return False
    return True


def _asked(form: AuthorisationFields, actor: Actor, employer: Employer | None) -> bool:
    """Send the question; without an employer, the one whose code the form names."""
    is_valid = form.was_sent()
    letter = _letter(form, actor)
    if not is_valid or letter is None or form.errors or actor.person_id is None:
        return False
    try:
        ask_for_authorisation(
            (employer or _employer_named(form)).id,
            person_id=actor.person_id,
            until=form.authorised_until.data,
            is_founder=form.is_founder.data,
            authorisation_file_id=letter.id,
            actor=actor,
            at=now(),
        )
    except InvalidInput as refusal:
        refuse(form, refusal)
        return False
    return True


def _employer_named(form: AuthorisationFields) -> Employer:
    employer = queries.employer_by_code(form["credit_code"].data or "")
    if employer is None:
        raise InvalidInput("credit_code", "unknown")
    return employer


def _letter(form: AuthorisationFields, actor: Actor) -> StoredFile | None:
    return _paper(form.letter, form.letter_kept, FilePurpose.AUTHORISATION, MISSING_LETTER, actor)


def _paper(
    field: FileField, kept: HiddenField, purpose: FilePurpose, missing: Any, actor: Actor
) -> StoredFile | None:
    """Take a paper that must be there; a note of an earlier try that is no longer good counts as none."""
    stored = take_upload(field, kept, purpose, actor=actor, at=now())
    if stored is None and not field.errors:
        add_error(field, missing)
    return stored


def _account(actor: Actor) -> Account:
    account = db.session.get(Account, actor.account_id)
    if account is None:
        raise NotFoundHere()
    return account


def _own_company(employer_id: UUID) -> Employer:
    actor = acting()
    company = queries.company_for(
        employer_id, person_id=actor.person_id, account_id=actor.account_id, at=now()
    )
    return company.employer


def _once_authorised(employer_id: UUID, actor: Actor) -> Employer:
    """An employer that the person acts or acted for until the authorisation ran out."""
    if actor.person_id is None:
        raise NotFoundHere()
    for agency in queries.agencies_of(actor.person_id, now()):
        if agency.employer.id == employer_id and (agency.is_in_force or agency.is_expired):
            return agency.employer
    raise NotFoundHere()


def _register_page(form: RegisterForm, actor: Actor) -> str:
    return render_template(
        "employers/register.html",
        form=form,
        accept=ACCEPT,
        licence=shown(kept_file(form.licence_kept, FilePurpose.LICENCE, actor)),
        letter=_letter_shown(form, actor),
    )


def _mend_page(form: MendForm, employer: Employer, actor: Actor) -> str:
    kept = kept_file(form.licence_kept, FilePurpose.LICENCE, actor)
    on_file = (
        db.session.get(StoredFile, employer.licence_file_id) if employer.licence_file_id else None
    )
    return render_template(
        "employers/mend.html",
        form=form,
        employer=employer,
        accept=ACCEPT,
        licence=shown(kept or on_file),
    )


def _join_page(form: JoinForm, actor: Actor) -> str:
    return render_template(
        "employers/join.html", form=form, accept=ACCEPT, letter=_letter_shown(form, actor)
    )


def _renew_page(form: RenewForm, employer: Employer, actor: Actor) -> str:
    letter = _letter_shown(form, actor)
    return render_template(
        "employers/renew.html", form=form, employer=employer, accept=ACCEPT, letter=letter
    )


def _letter_shown(form: Form, actor: Actor) -> list[dict[str, Any]]:
    return shown(kept_file(form["letter_kept"], FilePurpose.AUTHORISATION, actor))
