"""No code reaches a reader of the desk: whatever can be stored has its words."""

import pytest

from talentsvc.access.roles import Role
from talentsvc.audit.terms import LookKind, SealPeriod, SubjectKind
from talentsvc.cards.desk.words import DECISION_WORDS
from talentsvc.cards.terms import CardAction, CaseAction, DecisionKind, DecisionOutcome
from talentsvc.core.clock import now
from talentsvc.desk import labels, record_words
from talentsvc.desk.doctor import CHECKS
from talentsvc.desk.message_titles import TITLES
from talentsvc.events.terms.event import EventStep
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.events.terms.visit import VisitStep
from talentsvc.files.terms import FilePurpose
from talentsvc.notices.terms import Channel, NoticeState, Trouble
from talentsvc.rooms import NOTICE_KINDS
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind

pytestmark = pytest.mark.usefixtures("app_context")


def test_every_kind_of_message_has_a_title_and_every_title_a_kind() -> None:
    assert set(TITLES) == {kind.code for kind in NOTICE_KINDS}
    assert {kind.audience for kind in NOTICE_KINDS} <= set(labels.AUDIENCES)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (labels.CHANNELS, Channel),
        (labels.NOTICE_STATES, NoticeState),
        (labels.TROUBLES, Trouble),
        (labels.FILE_PURPOSES, FilePurpose),
        (labels.TASK_KINDS, TaskKind),
        (labels.TASK_WHAT_TO_DO, TaskKind),
        (record_words.SUBJECTS, SubjectKind),
        (record_words.SEAL_PERIODS, SealPeriod),
        (record_words.LOOKS, LookKind),
    ],
)
def test_every_code_has_words(words: dict[str, object], codes: type[Channel]) -> None:
    assert set(words) == set(codes)


def test_every_decision_has_words_for_both_ways_it_can_go() -> None:
    assert set(DECISION_WORDS) == {(k, o) for k in DecisionKind for o in DecisionOutcome}


def test_what_the_doctor_finds_has_words() -> None:
    assert {check(now()).code for check in CHECKS} == set(labels.FINDINGS)


def test_steps_of_cases_and_cards_and_roles_are_never_shown_as_codes() -> None:
    for subject, actions in (
        (SubjectKind.APPLICATION, CaseAction),
        (SubjectKind.CARD, CardAction),
        (SubjectKind.EVENT, EventStep),
        (SubjectKind.EVENT_REGISTRATION, RegistrationStep),
        (SubjectKind.EVENT_REGISTRATION, VisitStep),
    ):
        for action in actions:
            assert record_words.action_words(subject, action.value) != action.value
    for role in (*Role, "applicant", "agent", "visitor", "clock", "system"):
        assert record_words.capacity_name(str(role)) != str(role)


def test_what_no_version_knows_is_shown_as_it_is() -> None:
    assert record_words.action_words(SubjectKind.SYSTEM, "something_new") == "something_new"
    assert labels.trouble_words(None) == "-"


def test_the_servers_number_stays_beside_the_sentence() -> None:
    assert labels.trouble_words("refused 550").endswith("(550)")


def test_a_task_tells_its_cause_in_words_and_keeps_what_only_machines_read_to_itself() -> None:
    task = Task(params={"kind": "card_issued", "error": "refused 550", "account_id": "x"})
    facts = {str(name): str(value) for name, value in labels.task_facts(task)}
    assert len(facts) == 2
    assert str(TITLES["card_issued"]) in facts.values()


def test_a_paper_that_was_opened_is_named() -> None:
    papers = {"degree": "学位证书"}
    for detail in ("preview of degree 1", "degree/original"):
        assert record_words.look_words(LookKind.FILE, detail, papers).endswith("学位证书")
    assert "degree" not in record_words.look_words(LookKind.FILE, "degree/original")
