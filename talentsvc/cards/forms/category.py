"""First step: which way to qualify."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from talentsvc.cards.forms.fields import Asked, options
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.rules.answers import Step
from talentsvc.extensions.language import pick
from talentsvc.policy.rules.shapes import Category


class CategoryForm(StepForm):
    """One of the categories of the rule set."""

    step = Step.CATEGORY
    sentences = {("category_code", "missing"): _l("Choose the category you apply under.")}

    category_code = RadioField(
        _l("Under which category do you apply?"), validators=[Asked()], validate_choice=False
    )

    def __init__(self, *args: Any, categories: tuple[Category, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = frozenset(category.code for category in categories)
        self.category_code.choices = options(
            {one.code: pick(one.title_zh, one.title_en) for one in categories}
        )

    def complaints(self) -> dict[str, Any]:
        """Also a category that these rules do not know, as after a change of rules."""
        found = super().complaints()
        if not found and self.category_code.data not in self._known:
            found["category_code"] = self.sentence("category_code", "missing")
        return found
