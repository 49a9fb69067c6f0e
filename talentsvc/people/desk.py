"""Desk pages of persons: look-up, and numbers that open on a recorded click (guarantees.md G9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.core.masking import mask_phone
from talentsvc.extensions.forms import ActionForm
from talentsvc.people import labels, queries
from talentsvc.people.actions.declare_kin import declare_kin
from talentsvc.people.forms import DeclareKinForm
from talentsvc.people.models import IdentityDocument, Person
from talentsvc.people.terms import PersonalValue

blueprint = Blueprint("people_desk", __name__, url_prefix="/desk/people")

LOOKS_SHOWN = 10


@blueprint.get("/")
@requires("cases.read")
def search() -> str:
    """Find a person by name, pinyin, initials, document number or phone."""
    asked = request.args.get("q", "")
    page = queries.persons_page(asked, request.args.get("cursor"))
    return render_template(
        "people/search.html",
        page=page,
        asked=asked,
        kinds=labels.DOCUMENT_KINDS,
        country_name=labels.country_name,
    )


@blueprint.get("/<uuid:person_id>")
@requires("cases.read")
def person(person_id: UUID) -> str:
    """A person with masked numbers; opening the page is itself written down."""
    return _person_page(queries.person_of(person_id), DeclareKinForm())


@blueprint.post("/<uuid:person_id>/kin")
@requires("cases.read")
def declare_my_kin(person_id: UUID) -> Any:
    """An officer declares to be of this person's family, and takes no part in the cases any more."""
    subject, form, actor = queries.person_of(person_id), DeclareKinForm(), acting()
    if not form.was_sent() or actor.person_id is None:
        return _person_page(subject, form), 422
    try:
        declare_kin(
            person_id=actor.person_id,
            kin_id=person_id,
            relation=form.chosen(),
            actor=actor,
            at=now(),
        )
    except InvalidInput:
        form.relation.errors = [_("This is your own record.")]
        return _person_page(subject, form), 422
    flash(_("Written down. You take no part in this person's cases from now on."), "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@blueprint.post("/<uuid:person_id>/reveal/<any(document, phone):value>")
@requires("persons.reveal")
def reveal(person_id: UUID, value: str) -> Response:
    """Show the document number in use or the phone number in clear, once it is written down who asked."""
    subject = queries.person_of(person_id)
    if PersonalValue(value) is PersonalValue.PHONE:
        return _revealed(subject, _("Phone number"), subject.phone, "phone")
    return _revealed_document(subject, queries.primary_document(person_id))


@blueprint.post("/<uuid:person_id>/documents/<uuid:document_id>/reveal")
@requires("persons.reveal")
def reveal_document(person_id: UUID, document_id: UUID) -> Response:
    """The same for any document of the person, also one no longer in use."""
    documents = {document.id: document for document in queries.documents_of(person_id)}
    return _revealed_document(queries.person_of(person_id), documents.get(document_id))


@blueprint.get("/<uuid:person_id>/looks")
@requires("audit.read")
def looks(person_id: UUID) -> str:
    """Who looked at a person's record, for the audit administrator: nothing of the person itself."""
    page = queries.looks_page(person_id, request.args.get("cursor"))
    return render_template("people/looks.html", page=page, person_id=person_id)


def _person_page(subject: Person, form: DeclareKinForm) -> str:
    actor = acting()
    note_look(
        LookKind.RECORD,
        SubjectKind.PERSON,
        subject.id,
        "person",
        actor=actor,
        acting_as=actor.acting_as,
    )
    return render_template(
        "people/person.html",
        person=subject,
        phone_masked=mask_phone(subject.phone) if subject.phone else None,
        documents=queries.documents_of(subject.id),
        kin=queries.kin_of(subject.id),
        consents=queries.consents_of(subject.id),
        looks=queries.looks_page(subject.id, None, LOOKS_SHOWN).items,
        may_reveal=actor.may("persons.reveal"),
        may_declare_kin=actor.person_id not in (None, subject.id),
        form=form,
        button=ActionForm(),
        labels=labels,
    )


def _revealed_document(subject: Person, document: IdentityDocument | None) -> Response:
    if document is None:
        raise NotFoundHere()
    label = str(labels.DOCUMENT_KINDS[document.kind])
    return _revealed(subject, label, document.number, f"document_number:{document.kind.value}")


def _revealed(subject: Person, label: str, value: str | None, detail: str) -> Response:
    """A page with one number, never in an address, never kept by a cache; a repeated click leads back."""
    if value is None:
        raise NotFoundHere()
    actor = acting()
    note_look(
        LookKind.REVEAL,
        SubjectKind.PERSON,
        subject.id,
        detail,
        actor=actor,
        acting_as=actor.acting_as,
    )
    page = render_template("people/revealed.html", person=subject, label=label, value=value)
    response = make_response(page)
    response.headers["X-Answered-At"] = url_for(".person", person_id=subject.id)
    return response
