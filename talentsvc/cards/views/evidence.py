"""Papers of an application: several files an item, checked at the door, seen again, replaced (product.md A3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.cards.actions.add_evidence import add_evidence as add
from talentsvc.cards.actions.remove_evidence import remove_evidence as remove
from talentsvc.cards.evidencing import EvidenceFile, category_of, files_of
from talentsvc.cards.forms.filing import EvidenceForm, PledgeForm
from talentsvc.cards.labels import STEPS
from talentsvc.cards.models import Application
from talentsvc.cards.queries.case import own_application
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.terms import EDITABLE_STATES, PORTRAIT_ITEM, ApplicationState
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.apply import step_links
from talentsvc.cards.views.evidence_items import (
    ItemView,
    brought_by_employer,
    file_view,
    grouped,
    item_views,
    left_over,
)
from talentsvc.core.clock import now
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.language import pick
from talentsvc.extensions.receipts import new_form_id
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import preview_variants
from talentsvc.files.refusals import refusal_sentence
from talentsvc.files.rules import structure
from talentsvc.files.rules.checks import UploadLimits
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.serving import file_response
from talentsvc.files.terms import FilePurpose
from talentsvc.policy.terms import AcceptedFile

MEDIA_TYPES = {
    AcceptedFile.PDF: structure.PDF,
    AcceptedFile.JPEG: structure.JPEG,
    AcceptedFile.PNG: structure.PNG,
}
FILE = "/applications/<uuid:application_id>/evidence/files/<uuid:evidence_id>"


@blueprint.get("/applications/<uuid:application_id>/evidence")
@requires("applications.own")
def evidence(application_id: UUID) -> str:
    """Every paper that is asked for, what is there already, and what is missing."""
    return evidence_page(own_application(application_id, current_actor.account_id))


@blueprint.post("/applications/<uuid:application_id>/evidence/<item>")
@requires("applications.own")
def add_evidence(application_id: UUID, item: str) -> Any:
    """Take files in, each checked by itself: one that is refused does not lose the others."""
    application = own_application(application_id, current_actor.account_id)
    view = _open_item(application, item)
    form = EvidenceForm(item_code=item)
    if not form.was_sent():
        return _refused(application, view, [_("This page was open too long. Reload it.")])
    taken, sentences = _take_all(application, view, _uploads(form))
    if sentences:
        return _refused(application, view, sentences)
    if _is_script() and not view.is_replaced:
        shown = file_view(application, taken[-1], is_editable=True)
        shown["added_at"] = shown["added_at"].isoformat()
        return jsonify(file=shown, form_id=new_form_id()), 201
    here = url_for("cards.evidence", application_id=application_id)
    return redirect(f"{here}#{view.anchor}", 303)


@blueprint.post(f"{FILE}/remove")
@requires("applications.own")
def remove_evidence(application_id: UUID, evidence_id: UUID) -> Any:
    """Take a file back, to leave it out or to put a better one in its place."""
    own_application(application_id, current_actor.account_id)
    removed = remove(application_id, evidence_id, actor=acting(), at=now())
    here = url_for("cards.evidence", application_id=application_id)
    return redirect(f"{here}#item-{removed.item_code}", 303)


@blueprint.get(FILE)
@requires("applications.own")
def evidence_file(application_id: UUID, evidence_id: UUID) -> str:
    """One file as pictures, with its state and a way to download it."""
    application = own_application(application_id, current_actor.account_id)
    entry = _own_file(application, evidence_id)
    category = category_of(application)
    items = {item.code: item for item in category.evidence} if category else {}
    item = items.get(entry.evidence.item_code)
    return render_template(
        "cards/apply/file.html",
        application=application,
        file=entry.file,
        evidence=entry.evidence,
        title=pick(item.text_zh, item.text_en) if item else entry.file.original_name,
        variants=preview_variants(entry.file),
    )


@blueprint.get(f"{FILE}/<variant>")
@requires("applications.own")
def evidence_bytes(application_id: UUID, evidence_id: UUID, variant: str) -> Response:
    """A picture of a page, or the original as a download; who looked is written down first."""
    application = own_application(application_id, current_actor.account_id)
    entry = _own_file(application, evidence_id)
    note_look(
        LookKind.FILE,
        SubjectKind.APPLICATION,
        application_id,
        f"{entry.evidence.item_code}/{variant}",
        actor=acting(),
        acting_as=acting().acting_as,
    )
    return file_response(entry.file, None if variant == "original" else variant)


def evidence_page(
    application: Application,
    refused: Mapping[str, list[str]] | None = None,
    pledge: PledgeForm | None = None,
    item: str = "",
) -> str:
    """The page of all papers; `refused` are sentences by item, `pledge` a form that came back for one."""
    entries = files_of(application.id)
    views = item_views(application, entries)
    if pledge is not None:
        views = [replace(view, pledge_form=pledge) if view.code == item else view for view in views]
    for view in views:
        if refused and view.form is not None:
            view.form.refuse(refused.get(view.code, []))
    return render_template(
        "cards/apply/evidence.html",
        application=application,
        groups=grouped([view for view in views if _stands_out(application, view)]),
        others=[view for view in views if not _stands_out(application, view)],
        refused=[view for view in views if view.form is not None and view.form.files.errors],
        pledge_refused=pledge,
        action_form=ActionForm(),
        owed=[view for view in views if view.pledge and view.pledge.is_owed],
        missing=[view for view in views if view.is_missing],
        left_over=left_over(application, entries),
        by_employer=brought_by_employer(application),
        has_category=category_of(application) is not None,
        is_editable=application.state in EDITABLE_STATES,
        is_correction=application.state is ApplicationState.CORRECTION_REQUESTED,
        max_bytes=current_app.config["SETTINGS"].upload_bytes,
        steps=step_links(application),
        current=list(Step).index(Step.EVIDENCE),
        title=STEPS[Step.EVIDENCE],
    )


def _stands_out(application: Application, view: ItemView) -> bool:
    """Whether an item stands on the page itself: in a correction what is listed, else what is needed."""
    is_correction = application.state is ApplicationState.CORRECTION_REQUESTED
    return view.is_editable if is_correction else view.is_needed


def _open_item(application: Application, code: str) -> ItemView:
    """An item that can be changed now. Errors: NotFoundHere, NotAllowedNow."""
    for view in item_views(application):
        if view.code == code:
            if not view.is_editable:
                raise NotAllowedNow(application.state, "add_evidence")
            return view
    raise NotFoundHere()


def _uploads(form: EvidenceForm) -> list[FileStorage]:
    return [upload for upload in form.files.data or [] if getattr(upload, "filename", "")]


def _take_all(
    application: Application, view: ItemView, uploads: list[FileStorage]
) -> tuple[list[EvidenceFile], list[str]]:
    """Store what is sound; a sentence for each file that is not."""
    taken: list[EvidenceFile] = []
    sentences = [] if uploads else [_("Choose a file first.")]
    room = view.room - len(view.files)
    for upload in uploads:
        if len(taken) >= room:
            sentences.append(
                _(
                    "%(name)s: there is no room for more files here. Remove one first.",
                    name=upload.filename,
                )
            )
            continue
        try:
            taken.append(_take(application, view, upload))
        except RefusedFile as refused:
            sentence = refusal_sentence(refused)
            is_alone = len(uploads) == 1
            sentences.append(sentence if is_alone else f"{upload.filename}: {sentence}")
    return taken, sentences


def _take(application: Application, view: ItemView, upload: FileStorage) -> EvidenceFile:
    stored = _store(view, upload)
    if view.is_replaced:
        # Only now, so that a refused file leaves the old one in place.
        remove(application.id, UUID(view.files[0]["id"]), actor=acting(), at=now())
    evidence = add(application.id, item_code=view.code, file=stored, actor=acting(), at=now())
    return EvidenceFile(evidence, stored)


def _store(view: ItemView, upload: FileStorage) -> StoredFile:
    return store_file(
        purpose=FilePurpose.PORTRAIT if view.code == PORTRAIT_ITEM else FilePurpose.EVIDENCE,
        holder_person_id=current_actor.person_id,
        holder_account_id=current_actor.account_id,
        name=upload.filename or "",
        data=upload.stream.read(),
        accepts=frozenset(MEDIA_TYPES[kind] for kind in view.item.accepts),
        limits=UploadLimits(max_bytes=current_app.config["SETTINGS"].upload_bytes),
        is_sensitive=view.item.is_sensitive,
        at=now(),
    )


def _refused(application: Application, view: ItemView, sentences: list[str]) -> Any:
    if _is_script():
        return jsonify(message=" ".join(sentences), form_id=new_form_id()), 422
    return evidence_page(application, {view.code: sentences}), 422


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _own_file(application: Application, evidence_id: UUID) -> EvidenceFile:
    """A file of this case that was not taken back. Errors: NotFoundHere."""
    for entry in files_of(application.id):
        if entry.evidence.id == evidence_id:
            return entry
    raise NotFoundHere()
