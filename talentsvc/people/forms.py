"""Forms about persons at the desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField  # type: ignore[attr-defined]  # the stubs know 3.2
from wtforms.validators import InputRequired

from talentsvc.extensions.forms import Form
from talentsvc.people.labels import KIN_RELATIONS
from talentsvc.people.terms import KinRelation


class DeclareKinForm(Form):
    """An officer says that this person is of the family."""

    relation = SelectField(
        _l("This person is my"),
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(relation.value, word) for relation, word in KIN_RELATIONS.items()),
        ],
        validators=[InputRequired(_l("Choose how you are related."))],
    )

    def chosen(self) -> KinRelation:
        """The relation, once the form is valid."""
        return KinRelation(self.relation.data)
