"""The words for types and levels of employers, which the rules ask about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.policy.terms import EmployerLevel, EmployerType

TYPES: Mapping[EmployerType, Any] = {
    EmployerType.COMPANY: _l("Company"),
    EmployerType.INSTITUTION: _l("Public institution"),
    EmployerType.ORGAN: _l("State organ"),
    EmployerType.SOCIAL_ORGANISATION: _l("Social organisation"),
    EmployerType.SELF: _l("Self-employed business"),
}
LEVELS: Mapping[EmployerLevel, Any] = {
    EmployerLevel.ZONE: _l("Zone"),
    EmployerLevel.CITY: _l("City"),
    EmployerLevel.PROVINCIAL: _l("Province"),
    EmployerLevel.CENTRAL: _l("Central"),
}
