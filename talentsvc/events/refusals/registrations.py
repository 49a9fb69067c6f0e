"""The sentences for what is refused about a company's registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.wording import WordingRule
from talentsvc.extensions.constraints import constraint_message

#: What a rule of wording is called, and where it stands (facts.md 3.1).
WORDING_RULES: Mapping[WordingRule, Any] = {
    WordingRule.SCHOOL_LIST: _l(
        "Limit to a list of universities (Ministry of Education, three prohibitions)"
    ),
    WordingRule.SEX: _l("Limit by sex (Employment Promotion Law, article 27)"),
    WordingRule.MARRIAGE: _l("Marriage or children (Employment Promotion Law, article 27)"),
    WordingRule.HOUSEHOLD: _l(
        "Limit by household register (Ministry of Education, three prohibitions)"
    ),
    WordingRule.HEALTH: _l("Health or disability (Employment Promotion Law, articles 29 and 30)"),
    WordingRule.FAITH: _l("Nation or faith (Regulations on Human Resources Markets, article 24)"),
    WordingRule.AGE: _l("Limit by age"),
}
_SENTENCES: dict[tuple[str, str], Any] = {
    ("session", "choose"): _l("Choose at least one session."),
    ("session", "not_taking_place"): _l("This session does not take place."),
    ("session", "no_companies"): _l("Companies do not register for this event."),
    ("about", "missing"): _l("Say what your company does."),
    ("contact_name", "missing"): _l("Say whom to ask."),
    ("contact_phone", "missing"): _l("Enter a mobile number for questions."),
    ("contact_phone", "not_mobile"): _l("This is no mobile number of the mainland."),
    ("attendees", "not_mobile"): _l("One of the numbers is no mobile number of the mainland."),
    ("attendees", "missing"): _l("Name at least one person who comes."),
    ("positions", "missing"): _l("Enter at least one position."),
    ("headcount", "out_of_range"): _l(
        "Say for each position how many persons you want, from 1 to 999."
    ),
    ("salary_to", "below_from"): _l("The upper pay is below the lower one."),
    ("findings", "missing"): _l("Every position needs a finding."),
    ("findings", "one_failed"): _l(
        "A registration with a position that failed cannot be approved: return it."
    ),
    ("findings", "release_needs_reason"): _l("Flagged words pass only with a written reason."),
    ("reason", "reason_required"): _l("Write the reason: the company reads it."),
}

constraint_message(
    "uq_fair_registration_open",
    field="sessions",
    text=_l("Your company has a registration for one of these sessions already."),
)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value; the field's name is `refusal.field`."""
    days = {
        "not_open_yet": _l("Registration opens on %(day)s."),
        "closed": _l("Registration closed on %(day)s."),
        "barred": _l(
            "Your company broke two promises within twelve months and is barred until %(day)s. A stamped statement can lift that."
        ),
    }
    if refusal.code in days:
        return str(days[refusal.code]) % {"day": refusal.params["day"]}
    if refusal.code == "too_many":
        return _("At most %(most)d.", most=refusal.params["most"])
    return _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))
