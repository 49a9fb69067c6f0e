"""My company: where the registration stands, who acts for it, and what is next."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers import labels, queries
from talentsvc.employers.change_words import changed_fields
from talentsvc.employers.changing import latest_change
from talentsvc.employers.papers import paper_response, papers_of
from talentsvc.employers.rules import EMPLOYER_STEPS
from talentsvc.employers.terms import ChangeState, EmployerState, EmployerStep
from talentsvc.employers.views import blueprint
from talentsvc.extensions.forms import ActionForm
from talentsvc.policy.employer_words import LEVELS, TYPES


@blueprint.get("/")
@requires("account.manage")
def home() -> str:
    """Every company one acts for or has asked to act for, with its state and the next step."""
    actor = acting()
    agencies = queries.agencies_of(actor.person_id, now()) if actor.person_id else []
    return render_template(
        "employers/home.html",
        agencies=queries.shown_agencies(agencies),
        account_id=actor.account_id,
        labels=labels,
        form=ActionForm(),
    )


@blueprint.get("/<uuid:employer_id>")
@requires("employers.register")
def company(employer_id: UUID) -> str:
    """One company, for its agents and for whoever registered it."""
    actor, at = acting(), now()
    mine = queries.company_for(
        employer_id, person_id=actor.person_id, account_id=actor.account_id, at=at
    )
    is_manager = mine.is_agent and employer_id in actor.employer_ids
    change = latest_change(employer_id) if is_manager else None
    is_open = change is not None and change.state is ChangeState.OPEN
    colleagues = queries.agents_of(employer_id) if mine.is_agent else []
    return render_template(
        "employers/company.html",
        company=mine,
        employer=mine.employer,
        agents=queries.with_expiry(colleagues, at),
        is_manager=is_manager,
        may_mend=EMPLOYER_STEPS.allows(mine.employer.state, EmployerStep.MEND),
        may_change=is_manager and mine.employer.state is EmployerState.VERIFIED and not is_open,
        change=change,
        changed=changed_fields(change) if change else [],
        person_id=actor.person_id,
        papers=papers_of(mine.employer, [agent for agent, _person in colleagues]),
        labels=labels,
        types=TYPES,
        levels=LEVELS,
        form=ActionForm(),
    )


@blueprint.get("/<uuid:employer_id>/licence")
@requires("employers.register")
def licence(employer_id: UUID) -> Response:
    """The licence on file; `show` names a preview."""
    actor = acting()
    mine = queries.company_for(
        employer_id, person_id=actor.person_id, account_id=actor.account_id, at=now()
    )
    return paper_response(
        mine.employer, mine.employer.licence_file_id, "licence", request.args.get("show"), actor
    )


@blueprint.get("/<uuid:employer_id>/agents/<uuid:agent_id>/letter")
@requires("employers.register")
def letter(employer_id: UUID, agent_id: UUID) -> Response:
    """A letter of authorisation, for the person it names and for the agents of the company."""
    actor = acting()
    agent = queries.agent_of(employer_id, agent_id)
    if agent.person_id != actor.person_id and employer_id not in actor.employer_ids:
        raise NotFoundHere()
    employer = queries.employer_of(employer_id)
    return paper_response(
        employer, agent.authorisation_file_id, "authorisation", request.args.get("show"), actor
    )
