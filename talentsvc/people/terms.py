"""Words of persons."""

from __future__ import annotations

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """What a person agreed to, each on its own (PIPL 14, 23, 29; facts.md 6.1)."""

    NOTICE_READ = "notice_read"
    SENSITIVE_IMAGES = "sensitive_images"
    SHARE_WITH_EMPLOYER = "share_with_employer"
    PUBLIC_NOTICE = "public_notice"
    FETCH_SHARED_DATA = "fetch_shared_data"
    SHARE_CV_WITH_COMPANY = "share_cv_with_company"
    BE_MATCHED = "be_matched"


#: What an applicant for a card is asked; the others are asked where they arise.
CARD_PURPOSES = (
    ConsentPurpose.NOTICE_READ,
    ConsentPurpose.SENSITIVE_IMAGES,
    ConsentPurpose.SHARE_WITH_EMPLOYER,
    ConsentPurpose.PUBLIC_NOTICE,
    ConsentPurpose.FETCH_SHARED_DATA,
)


class KinRelation(StrEnum):
    """Declared kin, so that an officer of the family does not decide (decisions.md, four eyes)."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER = "other"


class PersonalValue(StrEnum):
    """What is masked on every page and opened only by a recorded click (guarantees.md G9)."""

    DOCUMENT = "document"
    PHONE = "phone"


#: Version of the privacy notice; raised with each change of its text, asked for anew then.
PRIVACY_NOTICE_VERSION = "2026-11"

#: Purposes of the blind indexes by which persons are found; a change would lose every row.
DOCUMENT_INDEX = "identity_document.number"
PHONE_INDEX = "person.phone"

#: Working days in which the desk looks at a document number that two accounts claim (design).
DUPLICATE_WORKING_DAYS = 2
