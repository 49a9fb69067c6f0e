from flask import Flask

from talentsvc.cards.terms import ApplicationState
from tests.cards import world


def test_states(app: Flask) -> None:
    for make, state in (
        (world.make_filed_case, ApplicationState.AWAITING_ENDORSEMENT),
        (world.make_received_case, ApplicationState.RECEIVED),
        (world.make_case_to_correct, ApplicationState.CORRECTION_REQUESTED),
        (world.make_accepted_case, ApplicationState.ACCEPTED),
    ):
        case = make(app)
        with app.app_context():
            assert world.application_of(case).state is state
