"""Forms of accounts: shape and messages of input."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2, without SelectChoice
    DateField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from talentsvc.accounts.labels import ROLE_NAMES
from talentsvc.accounts.refusals import CODE_SHAPE, sentence_for
from talentsvc.accounts.rules.identifiers import Identifier, parse_identifier
from talentsvc.accounts.rules.passwords import WeakPassword, check_password
from talentsvc.accounts.terms import CODE_DIGITS, DISPLAY_NAME_MOST
from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import compact
from talentsvc.extensions.forms import Form

_PASSWORD_HINT = _l(
    "8 to 128 characters. Chinese, spaces and emoji count too; a whole sentence is easy to keep."
)
_CODE = re.compile(rf"[0-9]{{{CODE_DIGITS}}}")


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class IdentifierField(StringField):
    """An e-mail address or a mobile number; `parsed` holds it in its one spelling."""

    parsed: Identifier

    def pre_validate(self, form: Any) -> None:
        """Read what was typed."""
        try:
            self.parsed = parse_identifier(self.data or "")
        except InvalidInput as refusal:
            raise ValidationError(sentence_for(refusal)) from refusal


class NewPasswordField(PasswordField):
    """A password somebody chooses; `own_addresses` may not be it."""

    own_addresses: tuple[str, ...] = ()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too short, too long, too common or one's own address."""
        typed = getattr(form, "identifier", None)
        parsed = getattr(typed, "parsed", None)
        own = (*self.own_addresses, parsed.value) if parsed is not None else self.own_addresses
        try:
            check_password(self.data or "", own)
        except WeakPassword as refusal:
            raise ValidationError(sentence_for(refusal)) from refusal


class CodeField(StringField):
    """Six digits, typed with or without spaces, full-width or not; `digits` is what counts."""

    digits = ""

    def pre_validate(self, form: Any) -> None:
        """Refuse another shape before it costs a try."""
        self.digits = compact(self.data or "")
        if not _CODE.fullmatch(self.digits):
            raise ValidationError(CODE_SHAPE)


class DisplayNameField(StringField):
    """How pages address somebody; any script, one line."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is empty, long or not text."""
        name = _one_line(self.data)
        if not name:
            raise ValidationError(_l("Enter a name by which we may address you."))
        if len(name) > DISPLAY_NAME_MOST:
            raise ValidationError(_l("Use at most %(count)s characters.", count=DISPLAY_NAME_MOST))
        if not name.isprintable():
            raise ValidationError(_l("This name contains characters that cannot be shown."))
        self.data = name


class RegisterForm(Form):
    """Register with one address."""

    display_name = DisplayNameField(
        _l("Your name"), [InputRequired(_l("Enter a name by which we may address you."))]
    )
    identifier = IdentifierField(
        _l("E-mail address or mobile number"),
        [InputRequired(_l("Enter your e-mail address or mobile number."))],
        description=_l("We send a code there. Mobile numbers of mainland China."),
    )
    password = NewPasswordField(
        _l("Password"), [InputRequired(_l("Choose a password."))], description=_PASSWORD_HINT
    )


class SignInForm(Form):
    """Sign in with address and password."""

    identifier = IdentifierField(
        _l("E-mail address or mobile number"),
        [InputRequired(_l("Enter your e-mail address or mobile number."))],
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])


class AddressForm(Form):
    """One address: to set a new password, or to search for an account."""

    identifier = IdentifierField(
        _l("E-mail address or mobile number"),
        [InputRequired(_l("Enter your e-mail address or mobile number."))],
    )


class MobileForm(Form):
    """A mobile number to which a code is sent."""

    identifier = IdentifierField(
        _l("Mobile number"),
        [InputRequired(_l("Enter your mobile number."))],
        description=_l("Mobile numbers of mainland China."),
    )

    def validate_identifier(self, field: IdentifierField) -> None:
        """An e-mail address gets no text message."""
        if field.parsed.is_email:
            raise ValidationError(_l("Enter a mobile number here."))


class CodeForm(Form):
    """A code that was sent, or one of the authenticator app."""

    code = CodeField(_l("Code"), [InputRequired(CODE_SHAPE)])


class NewPasswordForm(Form):
    """A new password behind a mailed link."""

    token = HiddenField()
    password = NewPasswordField(
        _l("New password"), [InputRequired(_l("Choose a password."))], description=_PASSWORD_HINT
    )


class ResetByCodeForm(Form):
    """A new password with a code by text message."""

    code = CodeField(_l("Code"), [InputRequired(CODE_SHAPE)])
    password = NewPasswordField(
        _l("New password"), [InputRequired(_l("Choose a password."))], description=_PASSWORD_HINT
    )


class ChangePasswordForm(Form):
    """A new password while signed in."""

    current = PasswordField(_l("Current password"), [InputRequired(_l("Enter your password."))])
    password = NewPasswordField(
        _l("New password"), [InputRequired(_l("Choose a password."))], description=_PASSWORD_HINT
    )


class PasswordForm(Form):
    """The password once more, before something grave."""

    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])


class PreferencesForm(Form):
    """How we address somebody and in which language."""

    display_name = DisplayNameField(
        _l("Your name"), [InputRequired(_l("Enter a name by which we may address you."))]
    )
    language = RadioField(
        _l("Language"),
        [InputRequired(_l("Choose a language."))],
        choices=[SelectChoice("zh", "中文"), SelectChoice("en", "English")],
        description=_l("Of these pages, and of the messages you get."),
    )


class GrantForm(Form):
    """A role for a time."""

    role = SelectField(
        _l("Role"), [InputRequired(_l("Choose a role."))], validate_choice=True, choices=[]
    )
    starts_on = DateField(_l("First day"), [Optional()], description=_l("Empty: from now on."))
    ends_on = DateField(
        _l("Last day"), [Optional()], description=_l("Empty: until somebody ends it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()),
        ]
