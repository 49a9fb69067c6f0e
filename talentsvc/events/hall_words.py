"""The words for what happens in a hall, as the record and the pages say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

HALL_ACTIONS: Mapping[str, Any] = {
    "save_hall_plan": _l("Hall drawn"),
    "copy_hall_plan": _l("Hall copied from another session"),
    "set_hall_picture": _l("Picture of the hall changed"),
    "publish_hall_plan": _l("Hall plan published"),
}
REGISTRATION_HALL_ACTIONS: Mapping[str, Any] = {
    "assign_booth": _l("Booth given by hand"),
    "swap_booths": _l("Booth exchanged by hand"),
    "lock_booth": _l("Booth fixed"),
    "unlock_booth": _l("Booth no longer fixed"),
    "clear_booth": _l("Booth taken back"),
}
