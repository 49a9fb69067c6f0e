"""Words of the staff home."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.core.masking import mask_email, mask_phone
from talentsvc.desk.message_titles import notice_title
from talentsvc.files.terms import FilePurpose
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeState, Trouble
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind

NOTICE_STATES: dict[StrEnum, Any] = {
    NoticeState.QUEUED: _l("Waiting"),
    NoticeState.LEASED: _l("Being sent"),
    NoticeState.SENT: _l("Sent"),
    NoticeState.DEAD: _l("Not deliverable"),
    NoticeState.UNSURE: _l("Unsure"),
    NoticeState.SETTLED: _l("Settled"),
}

TASK_KINDS: dict[StrEnum, Any] = {
    TaskKind.NOTICE_DEAD: _l("A message could not be delivered"),
    TaskKind.NOTICE_UNSURE: _l("Nobody knows whether a message was sent"),
    TaskKind.SCAN_INFECTED: _l("An unsafe file was uploaded"),
    TaskKind.SCAN_STUCK: _l("A file could not be checked"),
    TaskKind.CARD_GLYPHS: _l("A name cannot be printed on the card"),
    TaskKind.DUPLICATE_DOCUMENT: _l("A document number belongs to somebody else"),
    TaskKind.CALENDAR_MISSING: _l("Next year's working days are not known"),
    TaskKind.EMPLOYER_TO_VERIFY: _l("An employer waits to be verified"),
    TaskKind.REGISTRATION_TO_AUDIT: _l("Companies wait for the audit of their registration"),
    TaskKind.PERMIT_MISSING: _l("A large event has no permit yet"),
    TaskKind.RESULTS_OVERDUE: _l("A company has not reported its results"),
    TaskKind.CHECK_IN_CONFLICT: _l("Two devices checked in differently"),
    TaskKind.PLEDGE_OVERDUE: _l("A pledged paper is overdue"),
}

TASK_WHAT_TO_DO: dict[StrEnum, Any] = {
    TaskKind.NOTICE_DEAD: _l(
        "Reach the person another way, or send it again once the address is right."
    ),
    TaskKind.NOTICE_UNSURE: _l("Ask the person, then settle it or send it again."),
    TaskKind.SCAN_INFECTED: _l("Tell the applicant to upload the paper anew from a clean device."),
    TaskKind.SCAN_STUCK: _l(
        "See whether the scanner runs; the file is shown to nobody until it is checked."
    ),
    TaskKind.CARD_GLYPHS: _l("Install a font that has the character, then print the card."),
    TaskKind.DUPLICATE_DOCUMENT: _l("Check both persons' documents at the window."),
    TaskKind.CALENDAR_MISSING: _l("Upload the State Council's table when it is published."),
    TaskKind.EMPLOYER_TO_VERIFY: _l("Check the licence and verify or refuse the employer."),
    TaskKind.REGISTRATION_TO_AUDIT: _l("Audit the companies and their positions."),
    TaskKind.PERMIT_MISSING: _l("Ask the police for the permit in time, or plan for fewer people."),
    TaskKind.RESULTS_OVERDUE: _l("Call the company and ask for the figures."),
    TaskKind.CHECK_IN_CONFLICT: _l("Ask at the door what really happened and settle it."),
    TaskKind.PLEDGE_OVERDUE: _l(
        "Ask the applicant for the paper and mark the pledge fulfilled; without it the case cannot be approved."
    ),
}

CHANNELS: dict[StrEnum, Any] = {
    Channel.EMAIL: _l("E-mail"),
    Channel.SMS: _l("Text message"),
    Channel.INBOX: _l("Inbox of the account"),
}

AUDIENCES: dict[str, Any] = {
    "applicant": _l("To the applicant"),
    "cardholder": _l("To the cardholder"),
    "agent": _l("To the agents of the employer"),
    "visitor": _l("To a visitor of an event"),
    "guest": _l("To an invited guest"),
    "account": _l("To whoever holds the account"),
}

TROUBLES: dict[str, Any] = {
    Trouble.NO_CONNECTION: _l("The mail server cannot be reached."),
    Trouble.OUR_SIDE_REFUSED: _l("The mail server does not let us send."),
    Trouble.NOT_NOW: _l("The mail server asks us to try later."),
    Trouble.REFUSED: _l("The mail server refused the message."),
    Trouble.ADDRESS_NOT_POSSIBLE: _l("The address cannot receive messages."),
    Trouble.NO_SMS_GATEWAY: _l("No gateway for text messages is connected."),
    Trouble.NOT_WRITABLE: _l("The text could not be made from its template."),
    Trouble.NO_ANSWER: _l("The mail server gave no clear answer."),
    Trouble.WORKER_DIED: _l("The worker stopped while it was sending."),
    Trouble.UNEXPECTED: _l("Something unexpected went wrong; the log says what."),
}

FILE_PURPOSES: dict[str, Any] = {
    FilePurpose.EVIDENCE: _l("Evidence"),
    FilePurpose.PORTRAIT: _l("Photo for the card"),
    FilePurpose.LICENCE: _l("Business licence"),
    FilePurpose.AUTHORISATION: _l("Letter of authorisation"),
    FilePurpose.CALENDAR_SOURCE: _l("Source of the working-day table"),
    FilePurpose.PREVIEW: _l("Preview"),
    FilePurpose.HALL_PICTURE: _l("Picture of a hall"),
    FilePurpose.STAFF_PROOF: _l("Proof that somebody is staff"),
    FilePurpose.CV: _l("Curriculum vitae"),
    FilePurpose.IMPORT_SOURCE: _l("Imported workbook"),
}

#: What an employer's task is about.
EMPLOYER_MATTERS: dict[str, Any] = {
    "registration": _l("New registration"),
    "change": _l("Correction of a company's data"),
    "authorisation": _l("Somebody asks to become an agent"),
}

#: What the doctor's findings mean, by their codes.
FINDINGS: dict[str, Any] = {
    "notices_waiting": _l(
        "Messages are more than 15 minutes late. Do the worker and the mail server run?"
    ),
    "notices_unowned": _l("Messages failed and no task was opened for them."),
    "scans_stuck": _l(
        "Files wait for their virus check for more than 15 minutes. Does the scanner run?"
    ),
    "scans_unowned": _l("Files are infected and no task was opened for them."),
    "clock_behind": _l("Cases whose next step fell due and is not written down."),
    "cards_unexpired": _l("Cards past their last day that are not written down as expired."),
    "pledges_unwritten": _l("Pledged papers are overdue and no task asks for them."),
    "images_kept_too_long": _l("Sensitive images are past their time of keeping and not deleted."),
    "endorsements_adrift": _l("Employers were asked to confirm, without a deadline."),
    "jobs_stuck": _l("Long work has not moved for an hour."),
    "jobs_failed": _l("Long work failed."),
    "tasks_late": _l("Tasks are more than a week overdue."),
    "record_unsealed": _l(
        "Parts of the record have not been sealed for two hours. Does the clock of the workers run?"
    ),
}


def trouble_words(stored: str | None) -> str:
    """Why a try failed: the sentence for a code, and the server's number where it gave one."""
    code, _separator, number = (stored or "").partition(" ")
    words = str(TROUBLES.get(code, code)) or "-"
    return f"{words} ({number})" if number else words


def masked_address(notice: Notice) -> str:
    """Where a message goes, enough to recognise it and no more."""
    address = notice.address or ""
    return mask_phone(address) if notice.channel is Channel.SMS else mask_email(address)


def channel_name(channel: Channel) -> Any:
    """How a message reaches somebody."""
    return CHANNELS[channel]


def notice_state_name(state: NoticeState) -> Any:
    """Where a message stands."""
    return NOTICE_STATES[state]


def task_facts(task: Task) -> list[tuple[Any, Any]]:
    """What a task says about its cause, as pairs of a name and a value; what only machines read stays out."""
    values = {name: value for name, value in task.params.items() if value}
    facts = {
        "kind": (_l("Message"), notice_title(values.get("kind", ""))),
        "error": (_l("Reason of the last failure"), trouble_words(values.get("error"))),
        "purpose": (_l("File"), FILE_PURPOSES.get(values.get("purpose", ""))),
        "number": (_l("Card number"), values.get("number")),
        "reference": (_l("Application"), values.get("reference")),
        "what": (_l("About"), EMPLOYER_MATTERS.get(values.get("what", ""))),
    }
    return [fact for name, fact in facts.items() if name in values]
