"""What the routes are about: one's own, somebody else's, a missing one, and one in the wrong place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from talentsvc.access.roles import Role
from talentsvc.accounts.models import RoleGrant, SignIn
from talentsvc.cards.models import Card, CaseEvent, Endorsement, Evidence, PublicNotice
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.clock import now
from talentsvc.employers.models import EmployerAgent
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.notices.models import Notice
from talentsvc.notices.registry import all_kinds
from talentsvc.notices.terms import Channel
from talentsvc.people.models import IdentityDocument
from talentsvc.policy.models import StoredRuleSet
from talentsvc.tasks.models import Task
from tests.guarantees.confirmed_ground import add_finished_work
from tests.guarantees.ground import Ground, MadeCase, Someone
from tests.guarantees.scenarios.cards import card_of
from tests.guarantees.scenarios.window import pledge_of
from tests.guarantees.things_events_companies import registrations
from tests.guarantees.things_events_halls import hall_values, own_booth_values
from tests.guarantees.visits_ground import OPEN_TOKEN

Values = Mapping[str, Any]
_S = ApplicationState


@dataclass(frozen=True)
class Thing:
    """Values for a route's address, by whose it is.

    `first` belongs to the actors in `owners` (to every officer when there are none), `second` to those
    in `other_owners`, `missing` to nobody, `mixed` names a part of the second under the first.
    """

    first: Values
    second: Values | None = None
    missing: Values | None = None
    mixed: Values | None = None
    owners: frozenset[str] | None = None
    other_owners: frozenset[str] = field(default=frozenset())

    def all(self) -> dict[str, Values]:
        """Every set of values there is, by its name."""
        found = {
            "first": self.first,
            "second": self.second,
            "missing": self.missing,
            "mixed": self.mixed,
        }
        return {name: values for name, values in found.items() if values is not None}

    def is_reached(self, which: str, actor: str) -> bool:
        """Whether this is there for an actor who may use the route at all."""
        if which == "first":
            return self.owners is None or actor in self.owners
        return which == "second" and actor in self.other_owners


APPLICANT, OTHER_APPLICANT = "applicant", "other applicant"
AGENT, OTHER_AGENT = "agent", "other agent"


def actors_of(ground: Ground) -> dict[str, Someone | None]:
    """Everybody who tries, by name."""
    return {
        "nobody": None,
        APPLICANT: ground.case(_S.DELIVERED).applicant,
        OTHER_APPLICANT: ground.people.others[_S.DELIVERED.value].applicant,
        AGENT: ground.people.agents[0],
        OTHER_AGENT: ground.people.agents[1],
        **{role.value: ground.staff(role) for role in Role},
        # One who had no part in any case: the four eyes are proved elsewhere.
        Role.DECIDER.value: ground.staff(Role.DECIDER, 2),
    }


def prepare(ground: Ground) -> None:
    """Papers of companies, and a sign-in of each applicant on another device."""
    with ground.app.app_context(), unit_of_work():
        add_finished_work(ground.people)
        for table, column in (
            ("employer", "licence_file_id"),
            ("employer_agent", "authorisation_file_id"),
        ):
            file_id = db.session.execute(
                select(StoredFile.id).where(StoredFile.media_type == "application/pdf").limit(1)
            ).scalar_one()
            db.session.execute(text(f"UPDATE {table} SET {column} = :id"), {"id": file_id})
        for name in (APPLICANT, OTHER_APPLICANT):
            who = actors_of(ground)[name]
            assert who is not None
            db.session.add(
                SignIn(
                    account_id=UUID(who.account_id),
                    token_hash=name.encode(),
                    created_at=now(),
                    last_seen_at=now(),
                    address="127.0.0.1",
                    device="another",
                    has_second_factor=False,
                )
            )


def things_of(ground: Ground) -> dict[str, Thing]:
    """Everything by name; inside an application context."""
    case, other = ground.case(_S.DELIVERED), ground.people.others[_S.DELIVERED.value]
    return {
        "nothing": Thing({}),
        "absent": Thing({}, owners=frozenset()),
        "absent account": Thing({"account_id": uuid4()}, owners=frozenset()),
        "language": Thing({"language": "en"}, missing={"language": "xx"}),
        "nonce": Thing({"nonce": _nonce(case)}, missing={"nonce": "0" * 16}),
        **_messages(case, other),
        **_own(case, other),
        **_company(ground),
        **_desk(ground, case, other),
        **_visits(ground),
        **_window(ground, case),
        **registrations(ground, Thing),
        **_halls(ground),
    }


def _halls(ground: Ground) -> dict[str, Thing]:
    hall, employers = ground.people.hall, ground.people.employers
    owners: Any = {"owners": frozenset({AGENT}), "other_owners": frozenset({OTHER_AGENT})}
    found = {name: Thing(**values) for name, values in hall_values(hall).items()}
    return {**found, "own booth": Thing(**own_booth_values(hall, employers), **owners)}


def _messages(case: MadeCase, other: MadeCase) -> dict[str, Thing]:
    notice = db.session.execute(
        select(PublicNotice.id).order_by(PublicNotice.published_at.desc()).limit(1)
    ).scalar_one()
    return {
        "public notice": Thing({"notice_id": notice}, missing={"notice_id": uuid4()}),
        "message": _owned("notice_id", _in_inbox(case.applicant), _in_inbox(other.applicant)),
        "sign-in": _owned("sign_in_id", _sign_in_of(APPLICANT), _sign_in_of(OTHER_APPLICANT)),
        "sent message": Thing(
            {
                "notice_id": db.session.execute(
                    select(Notice.id).where(Notice.channel == Channel.EMAIL).limit(1)
                ).scalar_one()
            },
            missing={"notice_id": uuid4()},
        ),
    }


def _own(case: MadeCase, other: MadeCase) -> dict[str, Thing]:
    paper, other_paper = _paper(case), _paper(other)
    found = {
        "own case": _owned("application_id", case.id, other.id),
        "own step": _owned("application_id", case.id, other.id, step="identity"),
        "own item": _owned("application_id", case.id, other.id, item="diploma"),
        "own receipt": _owned(
            "application_id", case.id, other.id, sequence=_sequence(case, CaseAction.SUBMIT)
        ),
        "own card": _owned("card_id", card_of(case), card_of(other)),
    }
    for name, more in (("own paper", {}), ("own picture", {"variant": "original"})):
        found[name] = Thing(
            {"application_id": case.id, "evidence_id": paper, **more},
            {"application_id": other.id, "evidence_id": other_paper, **more},
            {"application_id": uuid4(), "evidence_id": uuid4(), **more},
            {"application_id": case.id, "evidence_id": other_paper, **more},
            frozenset({APPLICANT}),
            frozenset({OTHER_APPLICANT}),
        )
    return found


def _owned(name: str, first: Any, second: Any, **more: Any) -> Thing:
    return Thing(
        {name: first, **more},
        {name: second, **more},
        {name: uuid4(), **more},
        None,
        frozenset({APPLICANT}),
        frozenset({OTHER_APPLICANT}),
    )


def _company(ground: Ground) -> dict[str, Thing]:
    first, second = UUID(ground.people.employers[0]), UUID(ground.people.employers[1])
    asking = UUID(ground.people.pending_agent)
    owners: Any = {"owners": frozenset({AGENT}), "other_owners": frozenset({OTHER_AGENT})}
    agency, other_agency = _agency(ground, 0), _agency(ground, 1)
    missing = {"employer_id": uuid4(), "agent_id": uuid4()}
    return {
        "own company": Thing(
            {"employer_id": first}, {"employer_id": second}, {"employer_id": uuid4()}, **owners
        ),
        "own agency": Thing(
            {"employer_id": first, "agent_id": agency},
            {"employer_id": second, "agent_id": other_agency},
            missing,
            {"employer_id": first, "agent_id": other_agency},
            **owners,
        ),
        "own colleague": Thing(
            {"employer_id": first, "agent_id": asking},
            None,
            missing,
            {"employer_id": second, "agent_id": asking},
            owners=frozenset({AGENT}),
        ),
        "question": Thing(
            {"endorsement_id": _question(ground, 0)},
            {"endorsement_id": _question(ground, 1)},
            {"endorsement_id": uuid4()},
            **owners,
        ),
    }


def _desk(ground: Ground, case: MadeCase, other: MadeCase) -> dict[str, Thing]:
    person, other_person = case.applicant.person_id, other.applicant.person_id
    employer = UUID(ground.people.pending_employer)
    asking = {
        "employer_id": UUID(ground.people.employers[0]),
        "agent_id": UUID(ground.people.pending_agent),
    }
    clerk = UUID(ground.staff(Role.CLERK).account_id)
    grant = select(RoleGrant.id).where(RoleGrant.account_id == clerk)
    return {
        "case": Thing({"application_id": case.id}, missing={"application_id": uuid4()}),
        "card": Thing({"card_id": card_of(case)}, missing={"card_id": uuid4()}),
        "paper": Thing(
            {"application_id": case.id, "evidence_id": _paper(case)},
            missing={"application_id": uuid4(), "evidence_id": uuid4()},
            mixed={"application_id": case.id, "evidence_id": _paper(other)},
        ),
        "person": Thing({"person_id": person}, missing={"person_id": uuid4()}),
        "looks": Thing({"person_id": person}),
        "person's number": Thing(
            {"person_id": person, "value": "phone"},
            missing={"person_id": uuid4(), "value": "phone"},
        ),
        "document": Thing(
            {"person_id": person, "document_id": _document(person)},
            missing={"person_id": uuid4(), "document_id": uuid4()},
            mixed={"person_id": person, "document_id": _document(other_person)},
        ),
        "employer": Thing({"employer_id": employer}, missing={"employer_id": uuid4()}),
        "agent": Thing(
            asking,
            missing={"employer_id": uuid4(), "agent_id": uuid4()},
            mixed={**asking, "employer_id": UUID(ground.people.employers[1])},
        ),
        "rule set": _by_id("rule_set_id", select(StoredRuleSet.id)),
        "clerk's task": _by_id("task_id", select(Task.id)),
        "account": Thing({"account_id": clerk}, missing={"account_id": uuid4()}),
        "grant": _by_id("grant_id", grant),
        "year": Thing({"year": 2026}),
        "kind of message": Thing({"code": all_kinds()[0].code}, missing={"code": "no_such_kind"}),
    }


def _window(ground: Ground, case: MadeCase) -> dict[str, Thing]:
    third, change = UUID(ground.people.employers[2]), UUID(ground.people.pending_change)
    return {
        "pledge": Thing(
            {"application_id": ground.people.pledged_case.id, "pledge_id": pledge_of(ground)},
            missing={"application_id": uuid4(), "pledge_id": uuid4()},
            mixed={"application_id": case.id, "pledge_id": pledge_of(ground)},
        ),
        "correction": Thing(
            {"employer_id": third, "change_id": change},
            missing={"employer_id": uuid4(), "change_id": uuid4()},
            mixed={"employer_id": UUID(ground.people.employers[1]), "change_id": change},
        ),
    }


def _by_id(name: str, statement: Any) -> Thing:
    first = db.session.execute(statement.limit(1)).scalar_one()
    return Thing({name: first}, missing={name: uuid4()})


def _nonce(case: MadeCase) -> str:
    return db.session.get_one(Card, card_of(case)).nonce


def _in_inbox(who: Someone) -> UUID:
    statement = select(Notice.id).where(
        Notice.account_id == UUID(who.account_id), Notice.channel == Channel.INBOX
    )
    return db.session.execute(statement.limit(1)).scalar_one()


def _sign_in_of(name: str) -> UUID:
    return db.session.execute(
        select(SignIn.id).where(SignIn.token_hash == name.encode())
    ).scalar_one()


def _paper(case: MadeCase) -> UUID:
    statement = select(Evidence.id).where(Evidence.application_id == case.id)
    return db.session.execute(statement.limit(1)).scalar_one()


def _sequence(case: MadeCase, action: CaseAction) -> int:
    statement = select(CaseEvent.sequence).where(
        CaseEvent.application_id == case.id, CaseEvent.action == action
    )
    return db.session.execute(statement.limit(1)).scalar_one()


def _agency(ground: Ground, company: int) -> UUID:
    person_id = UUID(ground.people.agents[company].person_id or "")
    statement = select(EmployerAgent.id).where(EmployerAgent.person_id == person_id)
    return db.session.execute(statement).scalar_one()


def _question(ground: Ground, company: int) -> UUID:
    statement = select(Endorsement.id).where(
        Endorsement.employer_id == UUID(ground.people.employers[company])
    )
    return db.session.execute(statement.limit(1)).scalar_one()


def _document(person_id: str | None) -> UUID:
    statement = select(IdentityDocument.id).where(
        IdentityDocument.person_id == UUID(person_id or "")
    )
    return db.session.execute(statement.limit(1)).scalar_one()


def _visits(ground: Ground) -> dict[str, Thing]:
    made = ground.people.made
    session = {"session_id": UUID(made["open session"])}
    return {
        "own visit": _owned("visit_id", UUID(made["visit"]), UUID(made["other visit"])),
        "own past visit": _owned(
            "visit_id", UUID(made["was there"]), UUID(made["other was there"])
        ),
        # A draft's session is there for nobody outside the desk.
        "session": Thing(session, missing={"session_id": UUID(made["draft"])}),
        "any session": Thing(session, missing={"session_id": uuid4()}),
        "public event": Thing(
            {"event_id": UUID(made["event"])}, missing={"event_id": UUID(made["draft event"])}
        ),
        "event": Thing({"event_id": UUID(made["event"])}, missing={"event_id": uuid4()}),
        "invitation": Thing({"token": OPEN_TOKEN}, missing={"token": "no-such-token"}),
    }
