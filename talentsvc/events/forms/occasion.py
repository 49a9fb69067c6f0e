"""Forms of staff for events and sessions. Moments are typed in the zone's time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from talentsvc.core.clock import SHANGHAI
from talentsvc.core.errors import InvalidInput
from talentsvc.events.labels import ADMISSIONS, EVENT_KINDS, RANKING_KEYS
from talentsvc.events.models import Event, FairSession
from talentsvc.events.rules.cities import CITIES
from talentsvc.events.rules.event_terms import EventTerms, read_terms
from talentsvc.events.rules.occasions import EventDetails, SessionDetails
from talentsvc.events.terms.event import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Admission,
    EventKind,
    RankingKey,
)
from talentsvc.extensions.forms import Form
from talentsvc.extensions.language import pick

_needed = InputRequired(_l("Please fill this in."))
_short = Length(max=LONGEST_TITLE, message=_l("This is too long."))
_long = Length(max=LONGEST_TEXT, message=_l("This is too long."))
_FORMAT = "%Y-%m-%dT%H:%M"
_MOMENTS = (
    "registration_opens_at",
    "registration_closes_at",
    "results_visible_at",
    "confirm_due_at",
)
_TEXTS = (
    "title_zh",
    "title_en",
    "summary_zh",
    "summary_en",
    "organiser_zh",
    "organiser_en",
    "contact",
)
_NUMBERS = (
    "most_attendees",
    "most_positions",
    "promoted_hours",
    "cancel_free_working_days",
    "results_due_working_days",
    "cv_retention_months",
)


def _number(label: Any, least: int, most: int, **more: Any) -> IntegerField:
    between = _l("Enter a whole number from %(least)s to %(most)s.", least=least, most=most)
    return IntegerField(
        label, validators=[_needed, NumberRange(least, most, message=between)], **more
    )


def _moment(label: Any, *, is_needed: bool = False, **more: Any) -> DateTimeLocalField:
    check = _needed if is_needed else Optional()
    return DateTimeLocalField(label, format=[_FORMAT, "%Y-%m-%d %H:%M"], validators=[check], **more)


def _aware(typed: datetime | None) -> datetime | None:
    return typed.replace(tzinfo=SHANGHAI) if typed else None


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(SHANGHAI).replace(tzinfo=None) if at else None


class VersionedForm(Form):
    """A form that acts on what its page showed, and on nothing newer."""

    #: Where a sentence goes that speaks of none of the form's own fields.
    stands_for_the_rest = "version"

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def show_version(self, version: int) -> None:
        """Let the page that comes back carry a newer version than the one that was sent."""
        # A number field would repeat what was typed.
        self.version.raw_data, self.version.data = None, version

    def complain(self, refusal: InvalidInput, sentence: Any) -> None:
        """Put a sentence at the field it speaks of, else at the one that stands for the rest."""
        field = self._fields.get(refusal.field) or self._fields[self.stands_for_the_rest]
        field.errors = [*field.errors, str(sentence)]


class EventForm(VersionedForm):
    """What an event is, when companies register, and by which terms."""

    title_zh = StringField(_l("Title, Chinese"), validators=[_needed, _short])
    title_en = StringField(_l("Title, English"), validators=[_needed, _short])
    kind = SelectField(_l("Kind"), validators=[_needed])
    edition = IntegerField(
        _l("Edition"),
        description=_l("Which one of its series, for instance 6."),
        validators=[Optional(), NumberRange(1, 999, message=_l("Enter a number from 1 to 999."))],
    )
    summary_zh = TextAreaField(_l("What it is about, Chinese"), validators=[_needed, _long])
    summary_en = TextAreaField(_l("What it is about, English"), validators=[_needed, _long])
    organiser_zh = StringField(_l("Organiser, Chinese"), validators=[_needed, _short])
    organiser_en = StringField(_l("Organiser, English"), validators=[_needed, _short])
    contact = StringField(_l("Office to ask"), validators=[_needed, _short])
    takes_visitors = BooleanField(_l("Persons may register"))
    is_invitation_only = BooleanField(_l("Only who was invited may register"))
    registration_opens_at = _moment(_l("Companies may register from"))
    registration_closes_at = _moment(_l("Companies may register until"))
    results_visible_at = _moment(_l("Companies see the results from"))
    confirm_due_at = _moment(_l("Places are confirmed until"))
    admission = SelectField(_l("How places are given"), validators=[_needed])
    ranking_1 = SelectField(_l("First criterion of the ranking"))
    ranking_2 = SelectField(_l("Second criterion"))
    ranking_3 = SelectField(_l("Third criterion"))
    ranking_4 = SelectField(_l("Fourth criterion"))
    most_attendees = _number(_l("Attendees for one booth"), 1, 10)
    most_positions = _number(_l("Positions of one company at most"), 1, 100)
    promoted_hours = _number(_l("Hours to confirm after moving up from the waiting list"), 1, 240)
    cancel_free_working_days = _number(
        _l("Working days before the session until which withdrawing is no breach"), 0, 30
    )
    booth_kept_until = StringField(
        _l("Booths are kept until"),
        description=_l("On the day, for instance 09:30."),
        validators=[_needed],
    )
    results_due_working_days = _number(_l("Working days in which results are reported"), 1, 60)
    cv_retention_months = _number(_l("Months for which a shared CV is kept"), 1, 24)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(key.value, word) for key, word in EVENT_KINDS.items()]
        self.admission.choices = [SelectChoice(key.value, word) for key, word in ADMISSIONS.items()]
        ranked = [SelectChoice("", "-")]
        ranked += [SelectChoice(key.value, word) for key, word in RANKING_KEYS.items()]
        for field in self._ranking_fields():
            field.choices = ranked

    def _ranking_fields(self) -> tuple[Any, ...]:
        return (self.ranking_1, self.ranking_2, self.ranking_3, self.ranking_4)

    @classmethod
    def of(cls, event: Event | None) -> EventForm:
        """The form as stored, or with the defaults for a new event."""
        terms = read_terms(event.terms) if event else EventTerms()
        values: dict[str, Any] = {name: getattr(terms, name) for name in _NUMBERS}
        values["booth_kept_until"] = terms.booth_kept_until
        for number, key in enumerate(terms.ranking, start=1):
            values[f"ranking_{number}"] = key
        values |= {"takes_visitors": True, "admission": Admission.FIRST_COME.value}
        if event is not None:
            values |= {name: getattr(event, name) for name in (*_TEXTS, "edition")}
            values |= {name: _local(getattr(event, name)) for name in _MOMENTS}
            values |= {
                "kind": event.kind.value,
                "admission": event.admission.value,
                "takes_visitors": event.takes_visitors,
                "is_invitation_only": event.is_invitation_only,
                "version": event.version,
            }
        return cls(data=values)

    def details(self) -> EventDetails:
        """What was typed. Errors: InvalidInput for the terms."""
        ranking = [field.data for field in self._ranking_fields() if field.data]
        terms = read_terms(
            {
                **{name: self[name].data for name in _NUMBERS},
                "booth_kept_until": (self.booth_kept_until.data or "").strip(),
                "ranking": ranking or [RankingKey.FILED_FIRST.value],
            }
        )
        texts: dict[str, Any] = {name: (self[name].data or "").strip() for name in _TEXTS}
        moments: dict[str, Any] = {name: _aware(self[name].data) for name in _MOMENTS}
        return EventDetails(
            kind=EventKind(self.kind.data),
            admission=Admission(self.admission.data),
            edition=self.edition.data,
            takes_visitors=bool(self.takes_visitors.data),
            is_invitation_only=bool(self.is_invitation_only.data),
            terms=terms.as_data(),
            **texts,
            **moments,
        )


class SessionForm(VersionedForm):
    """A day and a place."""

    city = SelectField(_l("City"), validators=[_needed])
    host_zh = StringField(
        _l("Host, Chinese"),
        description=_l("University or house that receives it."),
        validators=[_needed, _short],
    )
    host_en = StringField(_l("Host, English"), validators=[_needed, _short])
    place_zh = StringField(_l("Hall and address, Chinese"), validators=[_needed, _short])
    place_en = StringField(_l("Hall and address, English"), validators=[_needed, _short])
    starts_at = _moment(_l("Begins"), is_needed=True)
    ends_at = _moment(_l("Ends"), is_needed=True)
    places = _number(_l("Companies it takes"), 0, 2000)
    visitor_places = IntegerField(
        _l("Persons it takes"),
        description=_l("Leave empty when as many as come are let in."),
        validators=[
            Optional(),
            NumberRange(0, 1_000_000, message=_l("Enter a number that is not negative.")),
        ],
    )
    expected_visitors = _number(
        _l("Persons expected"),
        0,
        1_000_000,
        description=_l("From 1,000 the police must permit it; ask 20 days before."),
    )
    permit_applied_on = DateField(_l("Permit asked for on"), validators=[Optional()])
    permit_number = StringField(_l("Number of the permit"), validators=[Optional(), _short])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city.choices = [
            SelectChoice(code, pick(city.zh, city.en)) for code, city in CITIES.items()
        ]

    @classmethod
    def of(cls, session: FairSession | None) -> SessionForm:
        """The form as stored, or an empty one."""
        if session is None:
            return cls(data={"places": 0, "expected_visitors": 0})
        values = {name: getattr(session, name) for name in SessionDetails.__slots__}
        values |= {
            "starts_at": _local(session.starts_at),
            "ends_at": _local(session.ends_at),
            "version": session.version,
        }
        return cls(data=values)

    def details(self) -> SessionDetails:
        """What was typed; the fields are checked."""
        starts_at, ends_at = _aware(self.starts_at.data), _aware(self.ends_at.data)
        if starts_at is None or ends_at is None:
            raise InvalidInput("starts_at", "missing")
        return SessionDetails(
            city=self.city.data,
            starts_at=starts_at,
            ends_at=ends_at,
            places=self.places.data or 0,
            visitor_places=self.visitor_places.data,
            expected_visitors=self.expected_visitors.data or 0,
            permit_applied_on=self.permit_applied_on.data,
            permit_number=(self.permit_number.data or "").strip() or None,
            **{
                name: (self[name].data or "").strip()
                for name in ("host_zh", "host_en", "place_zh", "place_en")
            },
        )


class CancelForm(VersionedForm):
    """Why an event or a session does not take place."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody who registered reads it."),
        validators=[
            InputRequired(_l("Write the reason: everybody who registered reads it.")),
            _short,
        ],
    )


class CopyForm(Form):
    """A new event from an old one."""

    first_day = DateField(
        _l("First day of the new event"),
        description=_l("All dates move along. Left empty, they stay as they are."),
        validators=[Optional()],
    )
