"""Words of the audit room."""

from __future__ import annotations

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a stream of the record is about."""

    APPLICATION = "application"
    CARD = "card"
    ACCOUNT = "account"
    PERSON = "person"
    EMPLOYER = "employer"
    RULE_SET = "rule_set"
    CALENDAR = "calendar"
    NOTICE = "notice"
    TASK = "task"
    SYSTEM = "system"
    EVENT = "event"
    EVENT_REGISTRATION = "event_registration"


class SealPeriod(StrEnum):
    """How often a seal is made, and whether it leaves the database."""

    HOURLY = "hourly"
    DAILY = "daily"


class LookKind(StrEnum):
    """What somebody looked at, written down before the bytes go out."""

    REVEAL = "reveal"
    FILE = "file"
    RECORD = "record"
