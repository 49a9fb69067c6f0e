"""The page of one case: where it stands, what the rules say, the evidence beside it, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.accounts.queries import staff_with
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.actions.record_pledge import CHECKED_IN
from talentsvc.cards.casework import Case, history, limits_of
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.forms import AssignForm, NoteForm
from talentsvc.cards.desk.trail import trail_of
from talentsvc.cards.desk.words import CAPACITY_WORDS, DECISION_WORDS, STEP_EXPLANATIONS, STEP_WORDS
from talentsvc.cards.endorsing import cause_to_check
from talentsvc.cards.evidencing import EvidenceFile, category_of, files_of, items_for
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.freezing import employer_facts
from talentsvc.cards.labels import (
    CARD_STATES,
    CHECK_CAUSES,
    DEADLINES,
    FOUR_EYES,
    ORIGINALS,
    STATES,
    STEPS,
    action_words,
)
from talentsvc.cards.models import Application
from talentsvc.cards.parts import part_problem
from talentsvc.cards.pledge_words import pledge_views
from talentsvc.cards.queries.case import (
    CaseHead,
    cards_of_application,
    case_head,
    decisions_of,
    events_of,
    notes_of,
    notices_with_items,
    open_objection,
    public_notice_of,
)
from talentsvc.cards.queries.endorsements import checks_of
from talentsvc.cards.reviewing import findings_of, newest_evaluation, newest_recommendation
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.reminders import urgency
from talentsvc.cards.rules.transitions import actions_open_to
from talentsvc.cards.terms import PLEDGE_RUNS_IN, ActorClass, CaseAction, CaseRole
from talentsvc.core.clock import local_date, now
from talentsvc.extensions.language import pick
from talentsvc.policy.queries import rules_of
from talentsvc.policy.rules.shapes import EvidenceItem

#: The permission behind each class of officer, and the part in the case that its steps take.
OFFICERS = (
    (ActorClass.CLERK, "cases.take_in", CaseRole.CLERK),
    (ActorClass.REVIEWER, "cases.recommend", CaseRole.RECOMMENDER),
    (ActorClass.RECOGNISER, "cases.recognise", CaseRole.RECOGNISER),
    (ActorClass.DECIDER, "cases.decide", CaseRole.DECIDER),
)
#: Steps whose part differs from the usual one of their officer.
OTHER_PARTS = {
    CaseAction.UPHOLD_OBJECTION: CaseRole.OBJECTION_DECIDER,
    CaseAction.DISMISS_OBJECTION: CaseRole.OBJECTION_DECIDER,
    CaseAction.CONFIRM_REJECTION: CaseRole.REVIEW_DECIDER,
    CaseAction.OVERTURN_REJECTION: CaseRole.REVIEW_DECIDER,
}
#: A check in person is a clerk's work and the endorsement at once.
ALL_PARTS = {CaseAction.ENDORSE: (CaseRole.CLERK, CaseRole.ENDORSER)}
#: Steps that the desk offers as pages; the rest belongs to the applicant or the clock.
OFFERED = frozenset(
    {
        CaseAction.ENDORSE,
        CaseAction.REQUEST_CORRECTION,
        CaseAction.ACCEPT,
        CaseAction.REFUSE_OUT_OF_SCOPE,
        CaseAction.SEND_FOR_RECOGNITION,
        CaseAction.RECORD_RECOGNITION,
        CaseAction.RECOMMEND,
        CaseAction.RETURN_TO_REVIEWER,
        CaseAction.EXTEND_DECISION,
        CaseAction.APPROVE,
        CaseAction.REJECT,
        CaseAction.RECORD_OBJECTION,
        CaseAction.DISMISS_OBJECTION,
        CaseAction.CONFIRM_REJECTION,
        CaseAction.HAND_OVER,
    }
)
#: The steps that carry a case on; one of them stands first and stands out, never a way back.
USUAL = frozenset(
    {
        CaseAction.ENDORSE,
        CaseAction.ACCEPT,
        CaseAction.RECORD_RECOGNITION,
        CaseAction.RECOMMEND,
        CaseAction.APPROVE,
        CaseAction.DISMISS_OBJECTION,
        CaseAction.CONFIRM_REJECTION,
        CaseAction.HAND_OVER,
    }
)

#: Words for the codes of a case, the same on every page.
WORDS: dict[str, Any] = {
    "step_words": STEP_WORDS,
    "step_explanations": STEP_EXPLANATIONS,
    "decision_words": DECISION_WORDS,
    "capacity_words": CAPACITY_WORDS,
    "form_steps": STEPS,
    "action_words": action_words,
    "labels": {
        "states": STATES,
        "originals": {code.value: label for code, label in ORIGINALS.items()},
        "check_causes": CHECK_CAUSES,
        "deadlines": DEADLINES,
        "card_states": CARD_STATES,
    },
}


@dataclass(frozen=True)
class Offer:
    """A step this officer could take; `problem` says why not, where the four eyes forbid it."""

    action: CaseAction
    problem: str

    @property
    def is_usual(self) -> bool:
        """Whether it carries the case on."""
        return self.action in USUAL


@blueprint.get("/cases/<uuid:application_id>")
@requires("cases.read")
def case(application_id: UUID) -> str:
    """One case; opening it is written down first."""
    head = case_head(application_id)
    note_look(
        LookKind.RECORD,
        SubjectKind.APPLICATION,
        application_id,
        "case",
        actor=acting(),
        acting_as=acting().acting_as,
    )
    return render_template("cards/desk/case.html", **case_context(head))


def case_context(head: CaseHead) -> dict[str, Any]:
    """What the case page and the pages of its steps show."""
    application = head.application
    at_work = Case(application, history(application.id), limits_of(application), work_calendar())
    today = local_date(now())
    recommendation = newest_recommendation(application.id)
    answers = filed_answers(application.id)
    evaluation = newest_evaluation(application.id)
    return {
        "head": head,
        "application": application,
        "case": at_work,
        "deadlines": at_work.deadlines,
        "urgency_of": lambda deadline: urgency(deadline, today, at_work.calendar),
        "offers": offers(at_work),
        "events": events_of(application.id),
        "answers": answers,
        "evaluation": evaluation,
        "shown_verdicts": shown_verdicts(evaluation),
        "rule_set": rules_of(application.rule_set_id),
        "category": category_of(application),
        "evidence": by_item(files_of(application.id)),
        "evidence_items": evidence_items(head, answers),
        "notices": notices_with_items(application.id),
        "decisions": decisions_of(application.id),
        "recommendation": recommendation,
        "findings": {f.criterion_code: f for f in findings_of(recommendation.id)}
        if recommendation
        else {},
        "objection": open_objection(application.id),
        "checks": checks_of(application.id),
        "pledges": pledge_views(application, now()),
        "may_pledge": application.state in CHECKED_IN and current_actor.may("cases.take_in"),
        "may_fulfil": application.state in PLEDGE_RUNS_IN and current_actor.may("cases.take_in"),
        "public_notice": public_notice_of(application.id),
        "cards": cards_of_application(application.id),
        "notes": notes_of(application.id),
        "note_form": NoteForm(),
        "assign_form": assign_form(application),
        **WORDS,
        "papers": paper_names(application),
        "trail": trail_of(application.id) if current_actor.may("cases.assign") else [],
    }


def evidence_items(head: CaseHead, answers: dict[str, Any]) -> tuple[EvidenceItem, ...]:
    """The papers this applicant was asked for, by what was filed."""
    return items_for(
        head.application, facts_from(answers, employer_facts(head.employer), holds_higher_card=None)
    )


def paper_names(application: Application) -> dict[str, str]:
    """Every paper of the category by its code, in the reader's language."""
    category = category_of(application)
    items = category.evidence if category else ()
    return {item.code: pick(item.text_zh, item.text_en) for item in items}


def shown_verdicts(evaluation: dict[str, Any]) -> list[dict[str, Any]]:
    """The verdicts a person looks at: of alternatives, the way that holds or comes nearest."""
    nearest = {choice["code"]: choice["nearest_branch"] for choice in evaluation.get("choices", [])}
    return [
        verdict
        for verdict in evaluation.get("verdicts", [])
        if not verdict.get("any_of") or verdict["branch"] == nearest.get(verdict["any_of"])
    ]


def offers(at_work: Case) -> list[Offer]:
    """The steps this officer could take now, the usual one first, each with what forbids it."""
    person_id = current_actor.person_id
    found: dict[CaseAction, Offer] = {}
    for actor_class, permission, usual_part in OFFICERS:
        if not current_actor.may(permission):
            continue
        for action in actions_open_to(at_work.state, actor_class):
            if action not in OFFERED or action in found or _is_for_agents(at_work, action):
                continue
            parts = ALL_PARTS.get(action, (OTHER_PARTS.get(action, usual_part),))
            found[action] = Offer(action, _problem(at_work, parts, person_id))
    return sorted(found.values(), key=lambda offer: not offer.is_usual)


def _is_for_agents(at_work: Case, action: CaseAction) -> bool:
    """Whether an agent of the employer has to confirm, and no clerk may."""
    return action is CaseAction.ENDORSE and cause_to_check(at_work.application) is None


def _problem(at_work: Case, parts: tuple[CaseRole, ...], person_id: UUID | None) -> str:
    """What forbids this officer the parts of a step, in words; empty where nothing does."""
    if person_id is None:
        return ""
    found = (part_problem(at_work, part, person_id) for part in parts)
    return next((str(FOUR_EYES[problem]) for problem in found if problem), "")


def by_item(files: list[EvidenceFile]) -> dict[str, list[EvidenceFile]]:
    """Files by the item they are under."""
    grouped: dict[str, list[EvidenceFile]] = {}
    for entry in files:
        grouped.setdefault(entry.evidence.item_code, []).append(entry)
    return grouped


def assign_form(application: Any) -> AssignForm:
    """The form that gives the case to an officer."""
    officers = staff_with(frozenset({"cases.take_in", "cases.recommend", "cases.decide"}), now())
    form = AssignForm(
        to_account_id=str(application.assigned_to_account_id or ""),
        version=str(application.version),
    )
    form.to_account_id.choices = [
        ("", _("Nobody")),
        *((str(account.id), account.display_name) for account in officers),
    ]
    return form
