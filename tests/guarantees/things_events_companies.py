"""What the routes of companies at fairs are about."""

from typing import Any
from uuid import UUID, uuid4

from tests.guarantees.ground import Ground

AGENT, OTHER_AGENT = "agent", "other agent"


def registrations(ground: Ground, thing: Any) -> dict[str, Any]:
    """Everything by name; `thing` makes one of its values."""
    made = ground.people.made
    first, second = UUID(ground.people.employers[0]), UUID(ground.people.employers[1])
    mine, others = UUID(made["filed"]), UUID(made["other filed"])
    owners: Any = {"owners": frozenset({AGENT}), "other_owners": frozenset({OTHER_AGENT})}
    fair = UUID(made["fair"])
    return {
        "own registration": thing(
            {"employer_id": first, "registration_id": mine},
            {"employer_id": second, "registration_id": others},
            {"employer_id": uuid4(), "registration_id": uuid4()},
            {"employer_id": first, "registration_id": others},
            **owners,
        ),
        "own company's fair": thing(
            {"employer_id": first, "event_id": fair},
            {"employer_id": second, "event_id": fair},
            {"employer_id": first, "event_id": uuid4()},
            **owners,
        ),
        "registration": thing({"registration_id": mine}, missing={"registration_id": uuid4()}),
        **_drafts_and_staff(thing, made, first, second, owners),
        "choice": thing(
            {"session_id": UUID(made["choice session"])}, missing={"session_id": uuid4()}
        ),
    }


def _drafts_and_staff(
    thing: Any, made: dict[str, str], first: UUID, second: UUID, owners: Any
) -> dict[str, Any]:
    """Registrations that can be filled in, and those with somebody named."""
    found: dict[str, Any] = {}
    for name, stage, more in (
        ("own draft", "draft", {}),
        ("own confirmed", "confirmed", {}),
        ("own proof", "confirmed", {"number": 1}),
    ):
        mine, others = UUID(made[stage]), UUID(made[f"other {stage}"])
        found[name] = thing(
            {"employer_id": first, "registration_id": mine, **more},
            {"employer_id": second, "registration_id": others, **more},
            {"employer_id": uuid4(), "registration_id": uuid4(), **more},
            {"employer_id": first, "registration_id": others, **more},
            **owners,
        )
    confirmed = {"registration_id": UUID(made["confirmed"])}
    return found | {
        "confirmed": thing(confirmed, missing={"registration_id": uuid4()}),
        "proof": thing({**confirmed, "number": 1}, missing={**confirmed, "number": 9}),
        "work": thing({"job_id": UUID(made["work"])}, missing={"job_id": uuid4()}),
    }
