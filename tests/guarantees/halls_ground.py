"""Fairs on the ground: one whose hall is public, one whose hall is not, with companies in both."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import local_date, now
from talentsvc.core.ids import short_code
from talentsvc.events.actions.assign_booth import assign_booth
from talentsvc.events.actions.publish_hall_plan import publish_hall_plan
from talentsvc.events.actions.save_hall_plan import save_hall_plan
from talentsvc.events.actions.set_hall_picture import set_hall_picture
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.queries.halls import booths_of, hall_of
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.rules.halls import Drawing, DrawnBooth
from talentsvc.events.terms.event import Admission, EventKind, EventState, SessionState
from talentsvc.events.terms.registration import AuditVerdict, PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.checks import IMAGES

#: Of the two sessions: A01 is the first company's, A02 the second's, A03 nobody's.
HALL = Drawing(8, 4, tuple(DrawnBooth(f"A0{n}", "A", n * 2 - 2, 0, 2, 2) for n in range(1, 4)))


def settle_halls(employers: list[str]) -> dict[str, str]:
    """Make both fairs by the product's own actions where there are any; gives their keys by name."""
    with unit_of_work():
        event = _event()
        # On two days: one booth per legal person per day.
        sessions = [_session(event, number) for number in (1, 2)]
        registrations = [
            [_register(session, UUID(employer)) for employer in employers[:2]]
            for session in sessions
        ]
    found: dict[str, str] = {}
    for name, session, registered in zip(("public", "quiet"), sessions, registrations, strict=True):
        found[f"{name}_session"] = str(session.id)
        found[f"{name}_first"], found[f"{name}_second"] = (str(one.id) for one in registered)
        found |= _stand(name, session.id, [one.id for one in registered])
    with unit_of_work():
        hall = hall_of(sessions[0].id)
        publish_hall_plan(
            sessions[0].id,
            expected_version=hall.version,
            accepts_left_out=False,
            actor=SYSTEM,
            at=now(),
        )
    return found


def _event() -> Event:
    event = Event(
        kind=EventKind.DOUBLE_CHOICE_FAIR,
        title_zh="夏季双选会",
        title_en="Summer double-choice fair",
        summary_zh="示例",
        summary_en="Sample",
        organiser_zh="人才服务中心",
        organiser_en="Talent service centre",
        contact="0311-0000000",
        state=EventState.PUBLISHED,
        admission=Admission.FIRST_COME,
        terms=EventTerms().as_data(),
        created_at=now(),
        published_at=now(),
    )
    db.session.add(event)
    db.session.flush()
    return event


def _session(event: Event, number: int) -> FairSession:
    starts_at = now() + timedelta(days=10 + number)
    session = FairSession(
        event_id=event.id,
        number=number,
        city="beijing",
        host_zh="示例理工大学",
        host_en="Example University of Technology",
        place_zh="体育馆",
        place_en="Gymnasium",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        held_on=local_date(starts_at),
        state=SessionState.PLANNED,
        places=10,
        places_taken=2,
        code=short_code(96),
        created_at=now(),
    )
    db.session.add(session)
    db.session.flush()
    return session


def _register(session: FairSession, employer_id: UUID) -> FairRegistration:
    registration = FairRegistration(
        reference=f"GXH-{session.number}-{employer_id}",
        session_id=session.id,
        employer_id=employer_id,
        legal_employer_id=employer_id,
        held_on=session.held_on,
        state=RegistrationState.CONFIRMED,
        place=PlaceState.HELD,
        wishes={},
        company_verdict=AuditVerdict.PASSED,
        submitted_at=now(),
        first_submitted_at=now(),
        created_at=now(),
        updated_at=now(),
    )
    db.session.add(registration)
    db.session.flush()
    return registration


def _stand(name: str, session_id: UUID, registrations: list[UUID]) -> dict[str, str]:
    picture = select(StoredFile).where(StoredFile.media_type.in_(IMAGES)).limit(1)
    with unit_of_work():
        save_hall_plan(session_id, HALL, expected_version=0, actor=SYSTEM, at=now())
        hall = hall_of(session_id)
        set_hall_picture(
            session_id,
            db.session.execute(picture).scalar_one(),
            expected_version=hall.version,
            actor=SYSTEM,
            at=now(),
        )
        booths = {booth.number: booth.id for booth in booths_of(hall.plan)}
        for registration_id, number in zip(registrations, ("A01", "A02"), strict=True):
            assign_booth(session_id, registration_id, booths[number], actor=SYSTEM, at=now())
    return {f"{name}_{number}": str(booth_id) for number, booth_id in booths.items()}
