"""What the routes of halls are about, by whose it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4


def hall_values(hall: Mapping[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Values for the addresses of halls: first, second, missing and mixed of each thing."""
    public, quiet = UUID(hall["public_session"]), UUID(hall["quiet_session"])
    return {
        "hall": {"first": {"session_id": quiet}, "missing": {"session_id": uuid4()}},
        # A hall that is not published is not there for the public.
        "public hall": {
            "first": {"session_id": public},
            "missing": {"session_id": uuid4()},
            "mixed": {"session_id": quiet},
        },
        "booth of a hall": {
            "first": {"session_id": quiet, "booth_id": UUID(hall["quiet_A03"])},
            "missing": {"session_id": uuid4(), "booth_id": uuid4()},
            "mixed": {"session_id": quiet, "booth_id": UUID(hall["public_A03"])},
        },
        "company in a hall": {
            "first": {"session_id": quiet, "registration_id": UUID(hall["quiet_first"])},
            "missing": {"session_id": uuid4(), "registration_id": uuid4()},
            "mixed": {"session_id": quiet, "registration_id": UUID(hall["public_first"])},
        },
    }


def own_booth_values(hall: Mapping[str, str], employers: list[str]) -> dict[str, dict[str, Any]]:
    """The booth of the first company, of the second, of nobody, and one under the wrong company."""
    first, second = (UUID(one) for one in employers[:2])
    return {
        "first": {"employer_id": first, "registration_id": UUID(hall["public_first"])},
        "second": {"employer_id": second, "registration_id": UUID(hall["public_second"])},
        "missing": {"employer_id": uuid4(), "registration_id": uuid4()},
        "mixed": {"employer_id": first, "registration_id": UUID(hall["public_second"])},
    }
