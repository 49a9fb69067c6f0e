"""Words of the way a case goes, as the applicant reads it: what is going on now, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.rules.course import Stage
from talentsvc.cards.terms import ApplicationState, DecisionKind, DecisionOutcome, InPersonCause

_S = ApplicationState

#: What an applicant calls a state; shorter and plainer than the desk's word.
STATES_FOR_APPLICANT: Mapping[ApplicationState, Any] = {
    _S.DRAFT: _l("Draft"),
    _S.AWAITING_ENDORSEMENT: _l("With your employer"),
    _S.ENDORSEMENT_DECLINED: _l("Declined by your employer"),
    _S.ENDORSEMENT_EXPIRED: _l("Your employer did not answer"),
    _S.RECEIVED: _l("Being checked for completeness"),
    _S.CORRECTION_REQUESTED: _l("Correction needed"),
    _S.RESUBMITTED: _l("Correction being checked"),
    _S.ACCEPTED: _l("Under review"),
    _S.SPECIAL_RECOGNITION: _l("With the talent office"),
    _S.RECOMMENDED: _l("Being decided"),
    _S.PUBLIC_NOTICE: _l("On public notice"),
    _S.OBJECTION_OPEN: _l("Objection being looked into"),
    _S.ISSUED: _l("Card issued"),
    _S.DELIVERED: _l("Card handed over"),
    _S.REJECTED: _l("Rejected"),
    _S.REVIEW_OPEN: _l("Being looked at again"),
    _S.NOT_ACCEPTED: _l("Not taken in"),
    _S.WITHDRAWN: _l("Withdrawn"),
    _S.LAPSED: _l("Lapsed"),
}

#: What is waited for in a state: a heading and one sentence.
NOW: Mapping[ApplicationState, tuple[Any, Any]] = {
    _S.DRAFT: (
        _l("Fill in and send"),
        _l("Everything is saved as you type. You can go on here or on another device."),
    ),
    _S.AWAITING_ENDORSEMENT: (
        _l("Your employer confirms"),
        _l("We have asked every agent of your employer. You can speed it up by telling them."),
    ),
    _S.ENDORSEMENT_DECLINED: (
        _l("Change it and send it again"),
        _l("Your answers and papers are all still there."),
    ),
    _S.ENDORSEMENT_EXPIRED: (
        _l("Send it again"),
        _l(
            "Talk to your employer first, so that it answers in time. Your answers and papers are all still there."
        ),
    ),
    _S.RECEIVED: (
        _l("The window checks that everything is there"),
        _l("If you hear nothing until then, your application counts as accepted."),
    ),
    _S.CORRECTION_REQUESTED: (
        _l("Correct what the notice lists"),
        _l(
            "Later checks look at these items alone. Without a correction in time the application lapses."
        ),
    ),
    _S.RESUBMITTED: (
        _l("The window checks the corrected items"),
        _l("If you hear nothing until then, your application counts as accepted."),
    ),
    _S.ACCEPTED: (
        _l("First review"),
        _l("An officer looks at each criterion; another one decides after that."),
    ),
    _S.SPECIAL_RECOGNITION: (
        _l("The talent office judges your special skill"),
        _l("The clock of the decision stands still meanwhile."),
    ),
    _S.RECOMMENDED: (_l("Decision"), _l("A second officer decides, never the one who reviewed.")),
    _S.PUBLIC_NOTICE: (
        _l("Public notice"),
        _l(
            "Your masked name is shown. Without an objection the card is issued when the notice ends."
        ),
    ),
    _S.OBJECTION_OPEN: (
        _l("An objection is looked into"),
        _l("A person new to your case decides. We tell you what was found."),
    ),
    _S.ISSUED: (
        _l("Your card is in force"),
        _l("The card on your phone is valid now. The printed one is handed over at the window."),
    ),
    _S.REVIEW_OPEN: (
        _l("The rejection is looked at again"),
        _l("By a person who had no part in your case."),
    ),
    _S.REJECTED: (
        _l("You can ask for a review"),
        _l("A person new to your case looks at everything again."),
    ),
}

#: What was decided, by its kind and whether it went the applicant's way.
DECISIONS: Mapping[tuple[DecisionKind, DecisionOutcome], Any] = {
    (DecisionKind.DECISION, DecisionOutcome.POSITIVE): _l("Decision: approved"),
    (DecisionKind.DECISION, DecisionOutcome.NEGATIVE): _l("Decision: rejected"),
    (DecisionKind.RECOGNITION, DecisionOutcome.POSITIVE): _l("Talent office: skill recognised"),
    (DecisionKind.RECOGNITION, DecisionOutcome.NEGATIVE): _l("Talent office: skill not recognised"),
    (DecisionKind.OBJECTION, DecisionOutcome.POSITIVE): _l("Objection upheld"),
    (DecisionKind.OBJECTION, DecisionOutcome.NEGATIVE): _l("Objection dismissed"),
    (DecisionKind.REVIEW, DecisionOutcome.POSITIVE): _l("Review: approved after all"),
    (DecisionKind.REVIEW, DecisionOutcome.NEGATIVE): _l("Review: the rejection stands"),
}

#: Why a clerk may check in person, as the applicant reads it.
OWN_CHECK_CAUSES: Mapping[InPersonCause, Any] = {
    InPersonCause.FOUNDER: _l("You are founder or owner of your employer."),
    InPersonCause.ONLY_AGENT: _l("You are the only agent of your employer."),
}

#: Stages still to come.
STAGES: Mapping[Stage, Any] = {
    Stage.ENDORSEMENT: _l("Your employer confirms"),
    Stage.INTAKE: _l("Check that everything is there"),
    Stage.DECISION: _l("Review and decision"),
    Stage.NOTICE: _l("Public notice"),
    Stage.CARD: _l("Collect the printed card"),
}

#: What a receipt says comes next.
NEXT_STEP: Mapping[ApplicationState, Any] = {
    _S.AWAITING_ENDORSEMENT: _l(
        "Your employer confirms the application. As soon as it has, we tell you and the window begins its check."
    ),
    _S.RECEIVED: _l(
        "The window checks that everything is there. If something is missing, it tells you everything at once; if you hear nothing, the application counts as accepted."
    ),
    _S.RESUBMITTED: _l(
        "The window checks the items you corrected, and these alone. If you hear nothing, the application counts as accepted."
    ),
    _S.REVIEW_OPEN: _l("A person who had no part in your case looks at the decision again."),
}
