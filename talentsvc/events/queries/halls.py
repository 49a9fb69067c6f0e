"""Reads of halls: the plan of a session, its booths, who stands where, and the runs of the allocation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, Select, select

from talentsvc.core.errors import NotFoundHere
from talentsvc.employers.models import Employer
from talentsvc.events.models import (
    AllocationRun,
    Booth,
    BoothAssignment,
    Event,
    FairRegistration,
    FairSession,
    HallPlan,
)
from talentsvc.events.rules.halls import Drawing, DrawnBooth
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState

#: The grid of a hall that nobody has drawn yet.
FIRST_GRID = Drawing(24, 14)
#: States in which a company that holds a place is to stand somewhere.
STANDING_STATES = (
    RegistrationState.APPROVED,
    RegistrationState.CONFIRMED,
    RegistrationState.CHECKED_IN,
    RegistrationState.RESULTS_REPORTED,
)


@dataclass(frozen=True, slots=True)
class Hall:
    """A session with its event and its plan; a plan that is not drawn yet is None."""

    session: FairSession
    event: Event
    plan: HallPlan | None

    @property
    def version(self) -> int:
        """The version that a page shows; 0 before there is a plan."""
        return self.plan.version if self.plan else 0

    @property
    def is_published(self) -> bool:
        """Whether companies and the public see who stands where."""
        return self.plan is not None and self.plan.published_at is not None


@dataclass(frozen=True, slots=True)
class Company:
    """A registration that holds a place, with its company and where it stands, if anywhere."""

    registration: FairRegistration
    employer: Employer
    booth: Booth | None
    assignment: BoothAssignment | None


def hall_of(session_id: UUID) -> Hall:
    """The hall of a session. One query. Errors: NotFoundHere."""
    row = db.session.execute(
        select(FairSession, Event, HallPlan)
        .join(Event, Event.id == FairSession.event_id)
        .outerjoin(HallPlan, HallPlan.session_id == FairSession.id)
        .where(FairSession.id == session_id)
    ).one_or_none()
    if row is None:
        raise NotFoundHere()
    return Hall(*row)


def public_hall(session_id: UUID) -> Hall:
    """A hall as the public may see it. Errors: NotFoundHere, also before the plan is published."""
    hall = hall_of(session_id)
    if not hall.is_published or hall.event.state is EventState.DRAFT:
        raise NotFoundHere()
    return hall


def booths_of(plan: HallPlan | None) -> list[Booth]:
    """The booths of a plan by number. One query."""
    if plan is None:
        return []
    statement = select(Booth).where(Booth.plan_id == plan.id).order_by(Booth.number)
    return list(db.session.execute(statement).scalars())


def booth_in(plan: HallPlan | None, booth_id: UUID) -> Booth:
    """One booth of a plan. Errors: NotFoundHere."""
    booth = db.session.get(Booth, booth_id)
    if plan is None or booth is None or booth.plan_id != plan.id:
        raise NotFoundHere()
    return booth


def drawing_of(plan: HallPlan | None, booths: list[Booth]) -> Drawing:
    """A stored plan as the rules read it."""
    if plan is None:
        return FIRST_GRID
    return Drawing(plan.columns, plan.rows, tuple(drawn(booth) for booth in booths))


def drawn(booth: Booth) -> DrawnBooth:
    """A stored booth as the rules read it."""
    return DrawnBooth(
        number=booth.number,
        zone=booth.zone,
        column=booth.column,
        row=booth.row,
        width=booth.width,
        height=booth.height,
        size_m2=booth.size_m2,
        power_w=booth.power_w,
        is_near_entrance=booth.is_near_entrance,
        is_blocked=booth.is_blocked,
        id=booth.id,
    )


def _companies() -> Select[FairRegistration, Employer, Booth, BoothAssignment]:
    return (
        select(FairRegistration, Employer, Booth, BoothAssignment)
        .join(Employer, Employer.id == FairRegistration.employer_id)
        .outerjoin(BoothAssignment, BoothAssignment.registration_id == FairRegistration.id)
        .outerjoin(Booth, Booth.id == BoothAssignment.booth_id)
    )


def _company(row: Row[FairRegistration, Employer, Booth, BoothAssignment]) -> Company:
    registration, employer, booth, assignment = row
    return Company(registration, employer, booth, assignment)


def companies_of(session_id: UUID) -> list[Company]:
    """Who holds a place and is to stand somewhere, by booth, then by order of filing. One query."""
    statement = (
        _companies()
        .where(
            FairRegistration.session_id == session_id,
            FairRegistration.place == PlaceState.HELD,
            FairRegistration.state.in_(STANDING_STATES),
        )
        .order_by(Booth.number, FairRegistration.first_submitted_at, FairRegistration.id)
    )
    return [_company(row) for row in db.session.execute(statement)]


def company_of(registration_id: UUID, *, employer_id: UUID | None = None) -> Company:
    """One registration with its booth, of one employer when named. One query. Errors: NotFoundHere."""
    statement = _companies().where(FairRegistration.id == registration_id)
    if employer_id is not None:
        statement = statement.where(FairRegistration.employer_id == employer_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFoundHere()
    return _company(row)


def check_registration(session_id: UUID, registration_id: UUID) -> None:
    """That a registration is one of this session. One query. Errors: NotFoundHere."""
    found = db.session.execute(
        select(FairRegistration.session_id).where(FairRegistration.id == registration_id)
    ).scalar_one_or_none()
    if found != session_id:
        raise NotFoundHere()


def numbers_by_registration(session_id: UUID) -> dict[UUID, str]:
    """The booth number of every company that has one. One query."""
    statement = (
        select(BoothAssignment.registration_id, Booth.number)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .join(HallPlan, HallPlan.id == Booth.plan_id)
        .where(HallPlan.session_id == session_id)
    )
    return {registration_id: number for registration_id, number in db.session.execute(statement)}


def booth_ids_in_use(plan_id: UUID) -> set[UUID]:
    """The booths of a plan that are given to somebody. One query."""
    statement = (
        select(BoothAssignment.booth_id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(Booth.plan_id == plan_id)
    )
    return set(db.session.execute(statement).scalars())


def runs_of(session_id: UUID, count: int = 2) -> list[AllocationRun]:
    """The last runs of the allocation, the newest first. One query."""
    statement = (
        select(AllocationRun)
        .where(AllocationRun.session_id == session_id)
        .order_by(AllocationRun.id.desc())
        .limit(count)
    )
    return list(db.session.execute(statement).scalars())


def halls_to_copy(session_id: UUID, limit: int = 30) -> list[tuple[FairSession, Event]]:
    """Other sessions whose hall is drawn, the newest first. One query."""
    statement = (
        select(FairSession, Event)
        .join(HallPlan, HallPlan.session_id == FairSession.id)
        .join(Event, Event.id == FairSession.event_id)
        .where(FairSession.id != session_id)
        .order_by(FairSession.starts_at.desc(), FairSession.id)
        .limit(limit)
    )
    return [(session, event) for session, event in db.session.execute(statement)]


def picture_of(plan: HallPlan | None) -> StoredFile | None:
    """The picture under the grid, whatever the scanner says of it."""
    if plan is None or plan.background_file_id is None:
        return None
    return db.session.get(StoredFile, plan.background_file_id)


def is_shown(picture: StoredFile | None) -> bool:
    """Whether a picture may be shown: only one that the scanner called clean (guarantees.md G14)."""
    return (
        picture is not None and picture.removed_at is None and picture.scan_state is ScanState.CLEAN
    )
