"""What an action refused, as a sentence at the form that asked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput

_SENTENCES: dict[str, Any] = {
    "required": _l("Please fill this in."),
    "reason_required": _l("Say why."),
    "reason_too_short": _l("Give a reason in at least ten characters."),
    "finding_missing": _l("A criterion has no finding yet."),
    "unknown_criterion": _l("A finding is about something the rules do not ask. Reload the page."),
    "not_evaluated": _l("The rules have not judged this case. It cannot be recommended."),
    "hard_not_met": _l("A criterion that must be met is not met; the case cannot be approved."),
    "choice_not_met": _l("None of the alternatives is met; the case cannot be approved."),
    "not_recommended": _l(
        "The first review does not recommend this. Send the case back if you see it differently."
    ),
    "recognition_missing": _l("This category needs the talent office's recognition first."),
    "recognition_refused": _l("The talent office did not recognise the special skill."),
    "clause_missing": _l("Name the clause the rejection rests on."),
    "remedy_missing": _l("Say what the applicant can do against it, and until when."),
    "no_items": _l("Tick at least one item."),
    "items_added": _l("A further notice may not ask for anything new."),
    "items_reworded": _l("A further notice repeats the earlier words."),
    "explanation_missing": _l("Say for each item what is wrong and how to mend it."),
    "identity_not_seen": _l("Without the identity document nobody knows who stands at the window."),
    "pledge_overdue": _l(
        "A pledged paper is overdue. The case can be approved when the pledge is fulfilled, or it is rejected."
    ),
    "never_pledged": _l("This paper must be there; it cannot be pledged."),
    "pledged_already": _l("This paper is pledged already."),
    "not_an_officer": _l("This person is not an officer."),
}


def refusal_sentence(error: InvalidInput) -> str:
    """The sentence for a refused input, with the criterion it is about where there is one."""
    sentence = _SENTENCES.get(error.code)
    if sentence is None:
        return str(_("Something in the form is not right. Go back and check it."))
    criterion = error.params.get("criterion")
    return f"{sentence} ({criterion})" if criterion else str(sentence)
