"""The words for a person's kinds of document, sex and kin, for the pages of every feature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.people.terms import ConsentPurpose, KinRelation

DOCUMENT_KINDS: Mapping[DocumentKind, Any] = {
    DocumentKind.RESIDENT_ID: _l("Resident identity card"),
    DocumentKind.PASSPORT: _l("Passport"),
    DocumentKind.HMT_RESIDENCE_PERMIT: _l("Residence permit for Hong Kong, Macao and Taiwan residents"),
    DocumentKind.FOREIGN_PERMANENT_2023: _l("Foreign permanent resident card (2023, 18 characters)"),
    DocumentKind.FOREIGN_PERMANENT_2017: _l("Foreign permanent resident card (2017, 15 characters)"),
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: _l("Mainland travel permit for Hong Kong and Macao residents"),
    DocumentKind.TAIWAN_TRAVEL_PERMIT: _l("Mainland travel permit for Taiwan residents"),
}

SEXES: Mapping[Sex, Any] = {Sex.MALE: _l("Male"), Sex.FEMALE: _l("Female"), Sex.UNKNOWN: _l("Not stated")}

KIN_RELATIONS: Mapping[KinRelation, Any] = {
    KinRelation.SPOUSE: _l("Spouse"),
    KinRelation.PARENT: _l("Parent"),
    KinRelation.CHILD: _l("Child"),
    KinRelation.SIBLING: _l("Brother or sister"),
    KinRelation.OTHER: _l("Other kin"),
}

CONSENT_PURPOSES: Mapping[ConsentPurpose, Any] = {
    ConsentPurpose.NOTICE_READ: _l("The privacy notice was read"),
    ConsentPurpose.SENSITIVE_IMAGES: _l("Pictures of identity documents may be kept while the case runs"),
    ConsentPurpose.SHARE_WITH_EMPLOYER: _l("The employer may see the application"),
    ConsentPurpose.PUBLIC_NOTICE: _l("The masked name may stand in the public notice"),
    ConsentPurpose.FETCH_SHARED_DATA: _l("Proofs may be fetched from other offices"),
}
