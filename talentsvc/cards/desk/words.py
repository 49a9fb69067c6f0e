"""Words of the desk's steps: the button, and one sentence that says what follows from it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.course_words import DECISIONS
from talentsvc.cards.terms import DecisionKind, DecisionOutcome

#: The verb on the button and in the heading.
STEP_WORDS: dict[str, Any] = {
    "endorse": _l("Check in person"),
    "accept": _l("Accept"),
    "request_correction": _l("Give a one-time notice"),
    "refuse_out_of_scope": _l("Do not take in"),
    "send_for_recognition": _l("Send to the talent office"),
    "record_recognition": _l("Record the talent office's answer"),
    "recommend": _l("Finish the first review"),
    "return_to_reviewer": _l("Send back to the reviewer"),
    "extend_decision": _l("Extend the time for the decision"),
    "approve": _l("Approve"),
    "reject": _l("Reject"),
    "record_objection": _l("Record an objection"),
    "dismiss_objection": _l("Decide the objection"),
    "confirm_rejection": _l("Decide the review"),
    "hand_over": _l("Hand the card over"),
    "record_pledge": _l("Take a pledge in"),
    "fulfil_pledge": _l("Mark the pledge fulfilled"),
}

STEP_EXPLANATIONS: dict[str, Any] = {
    "endorse": _l(
        "Nobody of the employer can confirm for this applicant. Compare the copy with the originals; your check stands in place of the employer's word, so others recommend and decide."
    ),
    "accept": _l("Everything is there. The decision clock runs from today."),
    "request_correction": _l(
        "Tick everything that is missing or wrong and say how to mend it. The applicant is told all of it at once."
    ),
    "refuse_out_of_scope": _l(
        "The zone is not responsible. Name the office that is; the case ends here."
    ),
    "send_for_recognition": _l(
        "The talent office says whether the special skill is recognised. The clock stands still."
    ),
    "record_recognition": _l(
        "Is the special skill recognised? The case goes back to its reviewer."
    ),
    "recommend": _l(
        "A finding for each criterion, with the papers beside it. Another person decides."
    ),
    "return_to_reviewer": _l("Say what is still open. The reviewer looks at it again."),
    "extend_decision": _l("Possible once. The applicant is told the reason and the new date."),
    "approve": _l(
        "The case goes on public notice; the card is issued when that ends without an objection."
    ),
    "reject": _l(
        "Name the clause, the reason in plain words, and what the applicant can do against it."
    ),
    "record_objection": _l("The card waits until a person new to the case has decided."),
    "dismiss_objection": _l(
        "Yes: the objection is upheld and the review starts again with other people. No: it goes on."
    ),
    "confirm_rejection": _l(
        "Yes: the case is approved after all and goes on public notice. No: the rejection stands."
    ),
    "hand_over": _l("Check the holder's document. The case is closed with this."),
    "record_pledge": _l(
        "Instead of asking for a minor paper on the one-time notice: the applicant pledges in writing to hand it in, and the case is accepted with it."
    ),
    "fulfil_pledge": _l(
        "The pledged paper is there and is what was pledged. Nothing is owed any more."
    ),
}

#: Every decision of a case with the way it went. The office's own recommendation has its words here alone.
DECISION_WORDS: dict[tuple[DecisionKind, DecisionOutcome], Any] = {
    **DECISIONS,
    (DecisionKind.RECOMMENDATION, DecisionOutcome.POSITIVE): _l("First review: to be approved"),
    (DecisionKind.RECOMMENDATION, DecisionOutcome.NEGATIVE): _l("First review: to be rejected"),
}

CAPACITY_WORDS: dict[str, Any] = {
    "applicant": _l("Applicant"),
    "agent": _l("Employer"),
    "clerk": _l("Window"),
    "reviewer": _l("Reviewer"),
    "recogniser": _l("Talent office"),
    "decider": _l("Decider"),
    "clock": _l("Clock"),
    "system": _l("System"),
}
