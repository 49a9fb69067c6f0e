"""The form of each step: made from what is stored, or from what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from talentsvc.access.actor import current_actor
from talentsvc.accounts.models import Account
from talentsvc.cards.drafting import answers_of
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.forms.category import CategoryForm
from talentsvc.cards.forms.education import EducationForm
from talentsvc.cards.forms.identity import IdentityForm
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.forms.work import WorkForm
from talentsvc.cards.models import Application, ApplicationDraft
from talentsvc.cards.rules.answers import ANSWERED, Step, attributes_asked
from talentsvc.core.identity_numbers import DocumentKind
from talentsvc.employers.models import Employer
from talentsvc.employers.queries import employers_for_choice
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db
from talentsvc.people.models import Person
from talentsvc.people.queries import primary_document
from talentsvc.policy.queries import rules_of

FORMS: Mapping[Step, type[StepForm]] = {
    Step.CATEGORY: CategoryForm,
    Step.IDENTITY: IdentityForm,
    Step.EDUCATION: EducationForm,
    Step.WORK: WorkForm,
}


def stored_form(application: Application, draft: ApplicationDraft, step: Step) -> StepForm:
    """A step as it was last saved; one never opened begins with what is known of the person."""
    values = answers_of(draft).get(step)
    if values is None:
        values = _known() if step is Step.IDENTITY else {}
    form = FORMS[step].stored(values, draft.version, **_context(application, step))
    return _with_employers(form)


def sent_form(application: Application, step: Step) -> StepForm:
    """A step as it was just sent."""
    return _with_employers(FORMS[step](**_context(application, step)))


def stored_forms(application: Application, draft: ApplicationDraft) -> dict[Step, StepForm]:
    """All steps as stored, to see what is still wrong."""
    answers = answers_of(draft)
    forms = {
        step: FORMS[step].stored(
            answers.get(step, {}), draft.version, **_context(application, step)
        )
        for step in ANSWERED
    }
    return {step: _with_employers(form) for step, form in forms.items()}


def find_employers(form: WorkForm) -> list[Employer]:
    """Offer what the search finds beside the employer chosen before; returns what was found."""
    found = employers_for_choice(form.employer_query.data or "")
    chosen = chosen_employer(form)
    is_there = chosen is None or any(employer.id == chosen.id for employer in found)
    form.offer(found if is_there or chosen is None else [chosen, *found])
    return found


def chosen_employer(form: WorkForm) -> Employer | None:
    """The verified employer that is chosen."""
    return employer_by_text(form.employer_id.data)


def employer_by_text(text: object) -> Employer | None:
    """A verified employer by its id as text; None for anything else."""
    try:
        employer = db.session.get(Employer, UUID(str(text)))
    except ValueError:
        return None
    return employer if employer and employer.state is EmployerState.VERIFIED else None


def _with_employers(form: StepForm) -> StepForm:
    if isinstance(form, WorkForm):
        chosen = chosen_employer(form)
        form.offer([chosen] if chosen else [])
    return form


def _context(application: Application, step: Step) -> dict[str, Any]:
    if step is Step.CATEGORY:
        tier = rules_of(application.rule_set_id).tier(application.tier)
        return {"categories": tier.categories}
    if step is Step.WORK:
        category = category_of(application)
        return {"asked": attributes_asked(category) if category else frozenset()}
    return {}


def _known() -> dict[str, Any]:
    """What is on file already is not asked for again (令 716); the document number is never prefilled."""
    account = db.session.get(Account, current_actor.account_id)
    values: dict[str, Any] = {
        "nationality": "CN",
        "document_kind": DocumentKind.RESIDENT_ID.value,
        "phone": (account.phone or "").removeprefix("+86") if account else "",
    }
    person = db.session.get(Person, current_actor.person_id) if current_actor.person_id else None
    if person is None:
        return values
    document = primary_document(person.id)
    return values | {
        "name": person.name,
        "name_latin": person.name_latin or "",
        "nationality": person.nationality,
        "document_kind": document.kind.value if document else DocumentKind.RESIDENT_ID.value,
        "phone": (person.phone or values["phone"]).removeprefix("+86"),
    }
