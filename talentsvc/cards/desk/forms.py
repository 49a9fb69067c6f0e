"""Forms of the desk: one per step that needs words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from talentsvc.cards.actions.check_in_person import Checked
from talentsvc.cards.labels import CANCELLATIONS, ORIGINALS, SUSPENSIONS
from talentsvc.cards.terms import OriginalSeen, SuspensionReason
from talentsvc.extensions.forms import Form

SHORT = 200
LONG = 2000
_needed = InputRequired(_l("Please fill this in."))


class StepForm(Form):
    """A step with a case; `version` tells whether the page is stale."""

    version = HiddenField()

    def expected_version(self) -> int | None:
        """The version the page was rendered for."""
        text = self.version.data or ""
        return int(text) if text.isdigit() else None


class ReasonForm(StepForm):
    """A step that must say why."""

    reason = TextAreaField(_l("Reason"), validators=[_needed, Length(min=4, max=LONG)])


class RefuseForm(ReasonForm):
    """Not the zone's business: which office is."""

    right_office = StringField(
        _l("Which office is responsible?"), validators=[_needed, Length(max=SHORT)]
    )


class YesNoReasonForm(ReasonForm):
    """A finding of yes or no with its reason."""

    answer = RadioField(
        _l("Finding"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validators=[InputRequired(_l("Please choose."))],
    )


class RecommendForm(ReasonForm):
    """The first review's result; the findings per criterion are read from the page's own fields."""

    answer = RadioField(
        _l("Recommendation"),
        choices=[SelectChoice("yes", _l("Approve")), SelectChoice("no", _l("Reject"))],
        validators=[InputRequired(_l("Please choose."))],
    )


class RejectForm(ReasonForm):
    """A rejection names its clause and what can be done against it."""

    clause = StringField(_l("Clause"), validators=[_needed, Length(max=SHORT)])
    remedy = TextAreaField(_l("What can the applicant do?"), validators=[_needed, Length(max=LONG)])


class ObjectionForm(StepForm):
    """An objection as taken in at the window."""

    objector = StringField(
        _l("Who objects, and how can they be reached?"),
        description=_l("Kept encrypted; the applicant does not see it."),
        validators=[_needed, Length(max=SHORT)],
    )
    grounds = TextAreaField(_l("What is objected?"), validators=[_needed, Length(max=LONG)])


class InPersonForm(ReasonForm):
    """What a clerk saw of a founder or only agent who came to the window."""

    copy_sha256 = HiddenField()
    originals = SelectMultipleField(
        _l("Originals seen"),
        choices=[SelectChoice(code.value, label) for code, label in ORIGINALS.items()],
        validators=[InputRequired(_l("Tick what you have seen."))],
    )
    place = StringField(_l("Where"), validators=[_needed, Length(max=SHORT)])
    seen = TextAreaField(
        _l("What you saw"),
        description=_l("Kept encrypted; read by the office alone."),
        validators=[_needed, Length(min=4, max=LONG)],
    )
    answer = RadioField(
        _l("Do the facts of the copy agree with the originals?"),
        choices=[
            SelectChoice("yes", _l("Yes, they are confirmed")),
            SelectChoice("no", _l("No, not confirmed")),
        ],
        validators=[InputRequired(_l("Please choose."))],
    )

    def checked(self) -> Checked:
        """What was found, as the action takes it."""
        return Checked(
            is_confirmed=self.answer.data == "yes",
            copy_sha256=self.copy_hash(),
            originals=frozenset(OriginalSeen(code) for code in self.originals.data or ()),
            place=self.place.data or "",
            seen=self.seen.data or "",
            reason=self.reason.data or "",
        )

    def copy_hash(self) -> bytes:
        """The hash of the copy that was shown; empty when the field holds none."""
        try:
            return bytes.fromhex(self.copy_sha256.data or "")
        except ValueError:
            return b""


class PledgeForm(StepForm):
    """A written pledge as taken in at the window."""

    item = SelectField(_l("Paper"), choices=[], validators=[InputRequired(_l("Please choose."))])
    words = TextAreaField(
        _l("Why the paper is not there yet"),
        description=_l("In the applicant's words, from the signed pledge; kept encrypted."),
        validators=[_needed, Length(min=4, max=LONG)],
    )


class FulfilForm(StepForm):
    """The pledged paper is there."""

    note = TextAreaField(_l("What you saw"), validators=[_needed, Length(min=4, max=LONG)])


class NoteForm(Form):
    """A note between officers."""

    text = TextAreaField(_l("Note"), validators=[_needed, Length(max=LONG)])


class AssignForm(StepForm):
    """Who has the case."""

    to_account_id = SelectField(_l("Officer"), choices=[], validators=[Optional()])


class SuspendForm(ReasonForm):
    """A card out of use for now."""

    suspension = SelectField(
        _l("Why"),
        choices=[
            SelectChoice(reason.value, label)
            for reason, label in SUSPENSIONS.items()
            # A loss is reported by its own step.
            if reason is not SuspensionReason.LOSS
        ],
        validators=[InputRequired(_l("Please choose."))],
    )


class CancelForm(ReasonForm):
    """A card that ends early."""

    cancellation = SelectField(
        _l("Why"),
        choices=[SelectChoice(reason.value, label) for reason, label in CANCELLATIONS.items()],
        validators=[InputRequired(_l("Please choose."))],
    )
