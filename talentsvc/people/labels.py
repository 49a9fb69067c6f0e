"""The words for a person's documents, sex, nationality and kin, for the pages of every feature."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.core.names import sort_key
from talentsvc.people.terms import ConsentPurpose, KinRelation

DOCUMENT_KINDS: Mapping[DocumentKind, Any] = {
    DocumentKind.RESIDENT_ID: _l("Resident identity card"),
    DocumentKind.PASSPORT: _l("Passport"),
    DocumentKind.HMT_RESIDENCE_PERMIT: _l(
        "Residence permit for Hong Kong, Macao and Taiwan residents"
    ),
    DocumentKind.FOREIGN_PERMANENT_2023: _l(
        "Foreign permanent resident card (2023, 18 characters)"
    ),
    DocumentKind.FOREIGN_PERMANENT_2017: _l(
        "Foreign permanent resident card (2017, 15 characters)"
    ),
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: _l(
        "Mainland travel permit for Hong Kong and Macao residents"
    ),
    DocumentKind.TAIWAN_TRAVEL_PERMIT: _l("Mainland travel permit for Taiwan residents"),
}

SEXES: Mapping[Sex, Any] = {
    Sex.MALE: _l("Male"),
    Sex.FEMALE: _l("Female"),
    Sex.UNKNOWN: _l("Not stated"),
}

KIN_RELATIONS: Mapping[KinRelation, Any] = {
    KinRelation.SPOUSE: _l("Spouse"),
    KinRelation.PARENT: _l("Parent"),
    KinRelation.CHILD: _l("Child"),
    KinRelation.SIBLING: _l("Brother or sister"),
    KinRelation.OTHER: _l("Other kin"),
}

CONSENT_PURPOSES: Mapping[ConsentPurpose, Any] = {
    ConsentPurpose.NOTICE_READ: _l("The privacy notice was read"),
    ConsentPurpose.SENSITIVE_IMAGES: _l(
        "Pictures of identity documents may be kept while the case runs"
    ),
    ConsentPurpose.SHARE_WITH_EMPLOYER: _l("The employer may see the application"),
    ConsentPurpose.PUBLIC_NOTICE: _l("The masked name may stand in the public notice"),
    ConsentPurpose.FETCH_SHARED_DATA: _l("Proofs may be fetched from other offices"),
    ConsentPurpose.SHARE_CV_WITH_COMPANY: _l("One company may see the curriculum vitae"),
    ConsentPurpose.BE_MATCHED: _l("Positions may be proposed by the facts of the profile"),
}

#: Codes that Babel knows and nobody's nationality is: unions, test codes, parts of states, islands
#: without people; and Hong Kong, Macao and Taiwan, whose residents are of Chinese nationality.
_NO_NATIONALITY = frozenset(
    {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "TF", "UM", "UN"}
    | {"HK", "MO", "TW", "XA", "XB", "XK", "ZZ"}
)
#: First in the list: most people who apply.
_CHINA = "CN"


def nationalities() -> list[tuple[str, str]]:
    """Pairs (ISO 3166-1 alpha-2, name in the reader's language) for a form, China first."""
    return list(_nationalities(str(get_locale() or "zh_Hans_CN")))


def country_name(code: str) -> str:
    """The name of a state in the reader's language; a code without one stands for itself."""
    return dict(_nationalities(str(get_locale() or "zh_Hans_CN"))).get(code, code)


@lru_cache(maxsize=4)
def _nationalities(locale: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(locale).territories
    states = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    listed = [(code, name) for code, name in states if code not in _NO_NATIONALITY]
    return tuple(sorted(listed, key=lambda pair: (pair[0] != _CHINA, sort_key(pair[1]))))
