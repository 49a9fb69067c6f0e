"""Guarantee G2: whatever the table does not list is impossible, for whoever tries it."""

from __future__ import annotations

from itertools import product

import pytest

from talentsvc.cards.rules.transitions import (
    APPLICATION_TRANSITIONS,
    CARD_ACTORS,
    CARD_REASON_REQUIRED,
    CARD_TRANSITIONS,
    CASE_ACTORS,
    REASON_REQUIRED,
    actions_open_to,
    next_card_state,
    next_state,
    who_may_cancel,
)
from talentsvc.cards.terms import (
    ActorClass,
    ApplicationState,
    CancellationReason,
    CardAction,
    CardState,
    CaseAction,
)
from talentsvc.core.errors import InvalidInput, NotAllowedNow

# Written down a second time, by hand: action, its actors, a "!" where a reason is needed,
# then each state it leaves and the state it reaches.
CASE_TABLE = """
submit applicant,clerk: draft>awaiting_endorsement endorsement_declined>awaiting_endorsement endorsement_expired>awaiting_endorsement
endorse agent,clerk: awaiting_endorsement>received
decline_endorsement! agent,clerk: awaiting_endorsement>endorsement_declined
expire_endorsement clock: awaiting_endorsement>endorsement_expired
request_correction clerk: received>correction_requested resubmitted>correction_requested
submit_correction applicant,clerk: correction_requested>resubmitted
lapse clock: correction_requested>lapsed
accept clerk: received>accepted resubmitted>accepted
accept_by_silence clock: received>accepted resubmitted>accepted
refuse_out_of_scope! clerk: received>not_accepted resubmitted>not_accepted
send_for_recognition! reviewer: accepted>special_recognition
record_recognition! recogniser: special_recognition>accepted
recommend reviewer: accepted>recommended
return_to_reviewer! decider: recommended>accepted
extend_decision! decider: accepted>accepted recommended>recommended
approve decider: recommended>public_notice
reject! decider: recommended>rejected
record_objection! clerk: public_notice>objection_open
uphold_objection! decider: objection_open>accepted
dismiss_objection! decider: objection_open>public_notice
issue clock: public_notice>issued
hand_over clerk: issued>delivered
withdraw applicant,clerk: draft>withdrawn awaiting_endorsement>withdrawn endorsement_declined>withdrawn endorsement_expired>withdrawn received>withdrawn correction_requested>withdrawn resubmitted>withdrawn accepted>withdrawn special_recognition>withdrawn recommended>withdrawn public_notice>withdrawn objection_open>withdrawn review_open>withdrawn
request_review! applicant,clerk: rejected>review_open
confirm_rejection! decider: review_open>rejected
overturn_rejection! decider: review_open>public_notice
"""
CARD_TABLE = """
report_loss applicant,clerk: active>suspended
suspend! clerk: active>suspended
reinstate! clerk: suspended>active
replace clerk: active>replaced suspended>replaced
cancel! clerk,decider: active>cancelled suspended>cancelled
expire clock: active>expired suspended>expired
"""


def read(table):
    """The table as {(state, action): target}, {action: actors} and the actions with a reason."""
    targets, actors, reasons = {}, {}, set()
    for line in table.strip().splitlines():
        head, _, moves = line.partition(": ")
        action, _, allowed = head.partition(" ")
        if action.endswith("!"):
            action = action[:-1]
            reasons.add(action)
        actors[action] = set(allowed.split(","))
        for move in moves.split():
            state, _, target = move.partition(">")
            targets[state, action] = target
    return targets, actors, reasons


CASE_TARGETS, CASE_WHO, CASE_REASONS = read(CASE_TABLE)
CARD_TARGETS, CARD_WHO, CARD_REASONS = read(CARD_TABLE)


def test_every_step_of_the_table_leads_where_it_should_for_those_who_may_take_it():
    for (state, action), target in CASE_TARGETS.items():
        for actor in CASE_WHO[action]:
            reached = next_state(
                ApplicationState(state),
                CaseAction(action),
                actor=ActorClass(actor),
                reason="stated in words",
            )
            assert reached == target, (state, action, actor)


@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_other_pair_of_state_and_action_is_refused_to_everybody(state):
    tried = 0
    for action, actor in product(CaseAction, ActorClass):
        if (state, action) in CASE_TARGETS and actor in CASE_WHO[action]:
            continue
        tried += 1
        with pytest.raises(NotAllowedNow):
            next_state(state, action, actor=actor, reason="stated in words")
    assert tried > len(CaseAction)


def test_the_table_holds_no_pair_beside_the_written_ones():
    assert {(str(s), str(a)) for s, a in APPLICATION_TRANSITIONS.pairs()} == set(CASE_TARGETS)
    assert {(str(s), str(a)) for s, a in CARD_TRANSITIONS.pairs()} == set(CARD_TARGETS)


def test_every_action_has_its_actors_so_that_none_is_open_to_all():
    assert {a: set(CASE_ACTORS[a]) for a in CaseAction if a is not CaseAction.START} == CASE_WHO
    assert {a: set(CARD_ACTORS[a]) for a in CardAction if a is not CardAction.ISSUE} == CARD_WHO


def test_only_the_clock_may_take_the_steps_of_time():
    for action in ("expire_endorsement", "lapse", "accept_by_silence", "issue"):
        assert CASE_ACTORS[CaseAction(action)] == {ActorClass.CLOCK}
    clock_steps = {a for a, who in CASE_ACTORS.items() if ActorClass.CLOCK in who}
    assert clock_steps == {"expire_endorsement", "lapse", "accept_by_silence", "issue"}


@pytest.mark.parametrize("blank", [None, "", "  \n　"])
def test_a_step_that_needs_a_reason_is_refused_with_a_blank_one(blank):
    assert REASON_REQUIRED == CASE_REASONS
    for state, action in CASE_TARGETS:
        if action not in CASE_REASONS:
            continue
        actor = ActorClass(sorted(CASE_WHO[action])[0])
        with pytest.raises(InvalidInput) as refusal:
            next_state(ApplicationState(state), CaseAction(action), actor=actor, reason=blank)
        assert (refusal.value.field, refusal.value.code) == ("reason", "reason_required")


def test_the_other_steps_need_none():
    for state, action in CASE_TARGETS:
        if action in CASE_REASONS:
            continue
        actor = ActorClass(sorted(CASE_WHO[action])[0])
        next_state(ApplicationState(state), CaseAction(action), actor=actor)


def test_an_ended_case_can_only_be_reopened_by_its_remedy():
    ends = ("delivered", "not_accepted", "withdrawn", "lapsed")
    assert all(not APPLICATION_TRANSITIONS.actions_from(ApplicationState(s)) for s in ends)
    rejected = APPLICATION_TRANSITIONS.actions_from(ApplicationState.REJECTED)
    assert rejected == (CaseAction.REQUEST_REVIEW,)


def test_the_buttons_of_a_page_are_the_steps_its_reader_may_take():
    received = ApplicationState.RECEIVED
    assert set(actions_open_to(received, ActorClass.CLERK)) == {
        "request_correction",
        "accept",
        "refuse_out_of_scope",
        "withdraw",
    }
    assert actions_open_to(received, ActorClass.APPLICANT) == (CaseAction.WITHDRAW,)
    assert actions_open_to(received, ActorClass.DECIDER) == ()


@pytest.mark.parametrize("state", list(CardState))
def test_a_card_moves_by_its_table_alone(state):
    for action, actor in product(CardAction, ActorClass):
        target = CARD_TARGETS.get((state, action))
        if target is None or actor not in CARD_WHO[action]:
            with pytest.raises(NotAllowedNow):
                next_card_state(state, action, actor=actor, reason="stated in words")
        else:
            reached = next_card_state(state, action, actor=actor, reason="stated in words")
            assert reached == target


def test_suspending_reinstating_and_cancelling_a_card_need_a_reason():
    assert CARD_REASON_REQUIRED == CARD_REASONS
    with pytest.raises(InvalidInput):
        next_card_state(CardState.ACTIVE, CardAction.SUSPEND, actor=ActorClass.CLERK, reason=" ")
    assert (
        next_card_state(CardState.ACTIVE, CardAction.REPORT_LOSS, actor=ActorClass.APPLICANT)
        is CardState.SUSPENDED
    )


def test_revoking_for_deceit_is_a_decision_and_the_other_ends_are_facts_for_the_window():
    assert who_may_cancel(CancellationReason.REVOKED) == {ActorClass.DECIDER}
    for reason in set(CancellationReason) - {CancellationReason.REVOKED}:
        assert ActorClass.CLERK in who_may_cancel(reason)
