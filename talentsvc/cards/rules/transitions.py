"""Which step is possible in which state, by whom, and whether it needs a written reason.

Sources: facts.md 8.2 and 8.3 for the states, decisions.md ("Time", "Cards that others issue, and
ends of a case") for the clock's own steps and the remedies. Whatever a table does not list is
impossible (guarantee G2).
"""

from __future__ import annotations

from collections.abc import Mapping

from talentsvc.cards.terms import (
    FINAL_STATES,
    ActorClass,
    ApplicationState,
    CancellationReason,
    CardAction,
    CardState,
    CaseAction,
)
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.core.transitions import TransitionTable

_S = ApplicationState
_A = CaseAction
_P = ActorClass

#: States that can still be withdrawn: every state that is neither an end nor an issued card.
OPEN_STATES = tuple(s for s in _S if s not in FINAL_STATES and s is not _S.ISSUED)

_STEPS: dict[tuple[ApplicationState, CaseAction], ApplicationState] = {
    (_S.DRAFT, _A.SUBMIT): _S.AWAITING_ENDORSEMENT,
    (_S.ENDORSEMENT_DECLINED, _A.SUBMIT): _S.AWAITING_ENDORSEMENT,
    (_S.ENDORSEMENT_EXPIRED, _A.SUBMIT): _S.AWAITING_ENDORSEMENT,
    (_S.AWAITING_ENDORSEMENT, _A.ENDORSE): _S.RECEIVED,
    (_S.AWAITING_ENDORSEMENT, _A.DECLINE_ENDORSEMENT): _S.ENDORSEMENT_DECLINED,
    (_S.AWAITING_ENDORSEMENT, _A.EXPIRE_ENDORSEMENT): _S.ENDORSEMENT_EXPIRED,
    (_S.RECEIVED, _A.REQUEST_CORRECTION): _S.CORRECTION_REQUESTED,
    (_S.RESUBMITTED, _A.REQUEST_CORRECTION): _S.CORRECTION_REQUESTED,
    (_S.CORRECTION_REQUESTED, _A.SUBMIT_CORRECTION): _S.RESUBMITTED,
    (_S.CORRECTION_REQUESTED, _A.LAPSE): _S.LAPSED,
    (_S.RECEIVED, _A.ACCEPT): _S.ACCEPTED,
    (_S.RESUBMITTED, _A.ACCEPT): _S.ACCEPTED,
    (_S.RECEIVED, _A.ACCEPT_BY_SILENCE): _S.ACCEPTED,
    (_S.RESUBMITTED, _A.ACCEPT_BY_SILENCE): _S.ACCEPTED,
    (_S.RECEIVED, _A.REFUSE_OUT_OF_SCOPE): _S.NOT_ACCEPTED,
    (_S.RESUBMITTED, _A.REFUSE_OUT_OF_SCOPE): _S.NOT_ACCEPTED,
    (_S.ACCEPTED, _A.SEND_FOR_RECOGNITION): _S.SPECIAL_RECOGNITION,
    (_S.SPECIAL_RECOGNITION, _A.RECORD_RECOGNITION): _S.ACCEPTED,
    (_S.ACCEPTED, _A.RECOMMEND): _S.RECOMMENDED,
    (_S.RECOMMENDED, _A.RETURN_TO_REVIEWER): _S.ACCEPTED,
    (_S.ACCEPTED, _A.EXTEND_DECISION): _S.ACCEPTED,
    (_S.RECOMMENDED, _A.EXTEND_DECISION): _S.RECOMMENDED,
    (_S.RECOMMENDED, _A.APPROVE): _S.PUBLIC_NOTICE,
    (_S.RECOMMENDED, _A.REJECT): _S.REJECTED,
    (_S.PUBLIC_NOTICE, _A.RECORD_OBJECTION): _S.OBJECTION_OPEN,
    (_S.OBJECTION_OPEN, _A.UPHOLD_OBJECTION): _S.ACCEPTED,
    (_S.OBJECTION_OPEN, _A.DISMISS_OBJECTION): _S.PUBLIC_NOTICE,
    (_S.PUBLIC_NOTICE, _A.ISSUE): _S.ISSUED,
    (_S.ISSUED, _A.HAND_OVER): _S.DELIVERED,
    (_S.REJECTED, _A.REQUEST_REVIEW): _S.REVIEW_OPEN,
    (_S.REVIEW_OPEN, _A.CONFIRM_REJECTION): _S.REJECTED,
    (_S.REVIEW_OPEN, _A.OVERTURN_REJECTION): _S.PUBLIC_NOTICE,
}

#: Every step a case can take. START is absent: it makes a case and therefore leaves no state.
APPLICATION_TRANSITIONS: TransitionTable[ApplicationState, CaseAction] = TransitionTable(
    _STEPS | {(state, _A.WITHDRAW): _S.WITHDRAWN for state in OPEN_STATES}
)

#: Who may take a step. A clerk stands beside the applicant because staff enter and file on behalf,
#: and beside the agent for the check in person of a founder (decisions.md, "Who may do what").
CASE_ACTORS: Mapping[CaseAction, frozenset[ActorClass]] = {
    _A.START: frozenset({_P.APPLICANT, _P.CLERK}),
    _A.SUBMIT: frozenset({_P.APPLICANT, _P.CLERK}),
    _A.ENDORSE: frozenset({_P.AGENT, _P.CLERK}),
    _A.DECLINE_ENDORSEMENT: frozenset({_P.AGENT, _P.CLERK}),
    _A.EXPIRE_ENDORSEMENT: frozenset({_P.CLOCK}),
    _A.REQUEST_CORRECTION: frozenset({_P.CLERK}),
    _A.SUBMIT_CORRECTION: frozenset({_P.APPLICANT, _P.CLERK}),
    _A.LAPSE: frozenset({_P.CLOCK}),
    _A.ACCEPT: frozenset({_P.CLERK}),
    _A.ACCEPT_BY_SILENCE: frozenset({_P.CLOCK}),
    _A.REFUSE_OUT_OF_SCOPE: frozenset({_P.CLERK}),
    _A.SEND_FOR_RECOGNITION: frozenset({_P.REVIEWER}),
    _A.RECORD_RECOGNITION: frozenset({_P.RECOGNISER}),
    _A.RECOMMEND: frozenset({_P.REVIEWER}),
    _A.RETURN_TO_REVIEWER: frozenset({_P.DECIDER}),
    _A.EXTEND_DECISION: frozenset({_P.DECIDER}),
    _A.APPROVE: frozenset({_P.DECIDER}),
    _A.REJECT: frozenset({_P.DECIDER}),
    _A.RECORD_OBJECTION: frozenset({_P.CLERK}),
    _A.UPHOLD_OBJECTION: frozenset({_P.DECIDER}),
    _A.DISMISS_OBJECTION: frozenset({_P.DECIDER}),
    _A.ISSUE: frozenset({_P.CLOCK}),
    _A.HAND_OVER: frozenset({_P.CLERK}),
    _A.WITHDRAW: frozenset({_P.APPLICANT, _P.CLERK}),
    _A.REQUEST_REVIEW: frozenset({_P.APPLICANT, _P.CLERK}),
    _A.CONFIRM_REJECTION: frozenset({_P.DECIDER}),
    _A.OVERTURN_REJECTION: frozenset({_P.DECIDER}),
}

#: Steps against somebody, or out of the ordinary, that must say why. A one-time notice says it by
#: its items, a recommendation by its findings; withdrawing is everybody's right without a reason.
REASON_REQUIRED: frozenset[CaseAction] = frozenset(
    {
        _A.DECLINE_ENDORSEMENT,
        _A.REFUSE_OUT_OF_SCOPE,
        _A.SEND_FOR_RECOGNITION,
        _A.RECORD_RECOGNITION,
        _A.RETURN_TO_REVIEWER,
        _A.EXTEND_DECISION,
        _A.REJECT,
        _A.RECORD_OBJECTION,
        _A.UPHOLD_OBJECTION,
        _A.DISMISS_OBJECTION,
        _A.REQUEST_REVIEW,
        _A.CONFIRM_REJECTION,
        _A.OVERTURN_REJECTION,
    }
)

#: Every step a card can take. ISSUE is absent: it makes a card. A suspended card expires as well.
CARD_TRANSITIONS: TransitionTable[CardState, CardAction] = TransitionTable(
    {
        (CardState.ACTIVE, CardAction.REPORT_LOSS): CardState.SUSPENDED,
        (CardState.ACTIVE, CardAction.SUSPEND): CardState.SUSPENDED,
        (CardState.SUSPENDED, CardAction.REINSTATE): CardState.ACTIVE,
        (CardState.ACTIVE, CardAction.REPLACE): CardState.REPLACED,
        (CardState.SUSPENDED, CardAction.REPLACE): CardState.REPLACED,
        (CardState.ACTIVE, CardAction.CANCEL): CardState.CANCELLED,
        (CardState.SUSPENDED, CardAction.CANCEL): CardState.CANCELLED,
        (CardState.ACTIVE, CardAction.EXPIRE): CardState.EXPIRED,
        (CardState.SUSPENDED, CardAction.EXPIRE): CardState.EXPIRED,
    }
)

#: Who may take a step with a card; the applicant is its holder here.
CARD_ACTORS: Mapping[CardAction, frozenset[ActorClass]] = {
    CardAction.ISSUE: frozenset({_P.CLOCK}),
    CardAction.REPORT_LOSS: frozenset({_P.APPLICANT, _P.CLERK}),
    CardAction.SUSPEND: frozenset({_P.CLERK}),
    CardAction.REINSTATE: frozenset({_P.CLERK}),
    CardAction.REPLACE: frozenset({_P.CLERK}),
    CardAction.CANCEL: frozenset({_P.CLERK, _P.DECIDER}),
    CardAction.EXPIRE: frozenset({_P.CLOCK}),
}

#: Steps with a card that must say why.
CARD_REASON_REQUIRED: frozenset[CardAction] = frozenset(
    {CardAction.SUSPEND, CardAction.REINSTATE, CardAction.CANCEL}
)


def next_state(
    state: ApplicationState, action: CaseAction, *, actor: ActorClass, reason: str | None = None
) -> ApplicationState:
    """Return where `action` leads, once the clock's own due steps are written down.

    Raises NotAllowedNow when the table lacks the step or `actor` may not take it, InvalidInput
    (field `reason`) when a required reason is blank.
    """
    target = APPLICATION_TRANSITIONS.target(state, action)
    _require_actor(CASE_ACTORS[action], actor, state, action)
    if action in REASON_REQUIRED:
        _require_reason(reason)
    return target


def next_card_state(
    state: CardState, action: CardAction, *, actor: ActorClass, reason: str | None = None
) -> CardState:
    """Return where `action` leads a card; `state` is the one at this moment (`card_state_at`).

    Raises as `next_state` does.
    """
    target = CARD_TRANSITIONS.target(state, action)
    _require_actor(CARD_ACTORS[action], actor, state, action)
    if action in CARD_REASON_REQUIRED:
        _require_reason(reason)
    return target


def actions_open_to(state: ApplicationState, actor: ActorClass) -> tuple[CaseAction, ...]:
    """Return the steps `actor` may take in `state`, in the table's order: a page's buttons."""
    return tuple(
        action
        for action in APPLICATION_TRANSITIONS.actions_from(state)
        if actor in CASE_ACTORS[action]
    )


def who_may_cancel(reason: CancellationReason) -> frozenset[ActorClass]:
    """Return who may end a card for this reason.

    Revoking for deceit takes a right away and is therefore a decision; every other reason is a
    fact that the window records (facts.md 8.3).
    """
    if reason is CancellationReason.REVOKED:
        return frozenset({ActorClass.DECIDER})
    return CARD_ACTORS[CardAction.CANCEL]


def _require_actor(
    allowed: frozenset[ActorClass], actor: ActorClass, state: object, action: object
) -> None:
    if actor not in allowed:
        raise NotAllowedNow(state, action, actor=actor.value)


def _require_reason(reason: str | None) -> None:
    if not (reason or "").strip():
        raise InvalidInput("reason", "reason_required")
