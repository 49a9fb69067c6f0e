"""Forms with which an applicant sends, mends, withdraws or has something looked at again."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length

from talentsvc.extensions.constraints import constraint_message
from talentsvc.extensions.forms import Form
from talentsvc.people.terms import CARD_PURPOSES, ConsentPurpose

LONGEST_REASON = 1000

constraint_message(
    "uq_application_open",
    field="form_id",
    text=_l("You have an open application already. Wait for its end, or withdraw it first."),
)


class VersionForm(Form):
    """A step with a case as it was when the page was made."""

    version = HiddenField()

    def seen_version(self) -> int | None:
        """The version of the case this page was made from; None when it does not say."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() else None


class Agreed:
    """A consent without which the zone may not work on the application at all (PIPL 14, 29)."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: object, field: Field) -> None:
        """Refuse a box that is not ticked."""
        if not field.data:
            raise ValidationError(self.message)


class SendForm(VersionForm):
    """Consents, each on its own, and the button that files (facts.md 6.1)."""

    notice_read = BooleanField(
        _l("I have read the privacy notice and apply to the best of my knowledge."),
        validators=[Agreed(_l("Read the privacy notice and tick that you have."))],
    )
    sensitive_images = BooleanField(
        _l("I agree that pictures of my identity document are kept while the case runs."),
        description=_l("They are encrypted and deleted after the case is closed."),
        validators=[
            Agreed(_l("Without your consent to keep the pictures we cannot check who you are."))
        ],
    )
    share_with_employer = BooleanField(
        _l("I agree that my employer sees the application and confirms it."),
        description=_l(
            "It sees your name, a masked document number, education and work; no files."
        ),
        validators=[
            Agreed(_l("Without your consent your employer cannot confirm the application."))
        ],
    )
    public_notice = BooleanField(
        _l("I agree that my masked name stands in the public notice before a card is issued."),
        description=_l("It is taken down by itself when the notice ends."),
        validators=[Agreed(_l("Without your consent to the public notice no card can be issued."))],
    )
    fetch_shared_data = BooleanField(
        _l("Proofs may be fetched from other offices, so that I need not bring them."),
        description=_l("You may leave this open: it changes nothing about the decision."),
    )

    def consents(self) -> frozenset[ConsentPurpose]:
        """What was ticked."""
        return frozenset(purpose for purpose in CARD_PURPOSES if self[purpose.value].data)


class ReviewRequestForm(VersionForm):
    """Why a rejection should be looked at again."""

    reason = TextAreaField(
        _l("Why should the decision be looked at again?"),
        description=_l("Say what you think is wrong, and which paper shows it."),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Write why the decision should be looked at again.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 1,000 characters.")),
        ],
    )


class DeclineForm(Form):
    """The employer does not confirm."""

    reason = TextAreaField(
        _l("Why can you not confirm it?"),
        description=_l("The applicant reads this and can mend it, then asks you again."),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Write why you cannot confirm it.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 1,000 characters.")),
        ],
    )


class EndorseForm(Form):
    """The employer confirms one frozen copy, named by its hash."""

    copy_sha256 = HiddenField()
    is_true = BooleanField(
        _l("We have compared these facts with our records, and they are true."),
        validators=[DataRequired(_l("Tick this if it is so; otherwise do not confirm."))],
    )

    def copy_hash(self) -> bytes:
        """The hash of the copy that was shown; empty when the field holds none."""
        try:
            return bytes.fromhex(self.copy_sha256.data or "")
        except ValueError:
            return b""


class PledgeForm(Form):
    """A written pledge for one paper; the HTML ids differ by item, since a page shows many."""

    words = TextAreaField(
        _l("Why is the paper not there yet?"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("Write why the paper is not there yet.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 1,000 characters.")),
        ],
    )
    promise = BooleanField(
        _l(
            "I pledge to hand this paper in by the day I am told, and know that without it the application cannot be approved."
        ),
        validators=[DataRequired(_l("Without your pledge the paper is needed now."))],
    )

    def __init__(self, *args: Any, item_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.words, self.promise):
            field.id = f"{field.name}-{item_code}"
            field.label.field_id = field.id


class EvidenceForm(Form):
    """Files under one item; the field's HTML id differs by item, since a page shows many."""

    files = MultipleFileField(_l("Files"))

    def __init__(self, *args: Any, item_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files.id = f"files-{item_code}"
        self.files.label.field_id = self.files.id

    def refuse(self, sentences: list[Any]) -> None:
        """Put the sentences for refused files on the field."""
        self.files.errors = [*self.files.errors, *sentences]
