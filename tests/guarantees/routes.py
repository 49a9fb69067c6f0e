"""Every route of the product: the permission it needs and what it is about, written out a second time.

A route that is missing here fails the matrix, and so does one whose permission was changed: whoever
adds or opens a route says so in two places.
"""

from dataclasses import dataclass

from tests.guarantees.routes_events_halls import HALL_ROUTES


@dataclass(frozen=True)
class Route:
    """What a route needs, and which thing of `things.py` its address names."""

    permission: str
    thing: str = "nothing"


def _all(permission: str, thing: str, *endpoints: str) -> dict[str, Route]:
    return dict.fromkeys(endpoints, Route(permission, thing))


ROUTES: dict[str, Route] = {
    # Anybody.
    **_all(
        "public",
        "nothing",
        "site.home",
        "site.healthz",
        "site.readyz",
        "policy.precheck",
        "cards.privacy_notice",
        "cards.public_notices",
        "cards.verify_form",
        "cards.verify_typed",
        "accounts.enter_code",
        "accounts.send_code_once_more",
        "accounts.register",
        "accounts.reset",
        "accounts.reset_by_code",
        "accounts.new_password",
        "accounts.reset_sent",
        "accounts.sign_in",
        "accounts.sign_in_by_code",
        "accounts.second_step",
    ),
    "site.set_language": Route("public", "language"),
    "cards.public_notice": Route("public", "public notice"),
    "cards.verify": Route("public", "nonce"),
    # Outside the demonstration these are not there at all.
    "demo.index": Route("public", "absent"),
    "demo.sign_in_as": Route("public", "absent account"),
    # One's own account.
    **_all(
        "account.manage",
        "nothing",
        "accounts.home",
        "accounts.password",
        "accounts.second_factor",
        "accounts.sign_ins",
        "accounts.sign_out",
        "accounts.sign_out_everywhere",
        "employers.home",
    ),
    "accounts.end_sign_in": Route("account.manage", "sign-in"),
    **_all("inbox.read", "nothing", "accounts.inbox", "accounts.read_all_messages"),
    **_all("inbox.read", "message", "accounts.message", "accounts.read_message"),
    # One's own cases and cards.
    **_all("applications.own", "nothing", "cards.my_applications", "cards.start"),
    **_all(
        "applications.own",
        "own case",
        "cards.application",
        "cards.check",
        "cards.send",
        "cards.correction",
        "cards.send_correction",
        "cards.evidence",
        "cards.review_request",
        "cards.send_review_request",
        "cards.withdraw",
    ),
    **_all("applications.own", "own step", "cards.step", "cards.send_step", "cards.save_step"),
    **_all(
        "applications.own",
        "own item",
        "cards.add_evidence",
        "cards.pledge_paper",
        "cards.withdraw_pledge",
    ),
    **_all("applications.own", "own paper", "cards.evidence_file", "cards.remove_evidence"),
    "cards.evidence_bytes": Route("applications.own", "own picture"),
    "cards.receipt": Route("applications.own", "own receipt"),
    "cards.my_cards": Route("cards.own"),
    **_all(
        "cards.own",
        "own card",
        "cards.card_document",
        "cards.card_photo",
        "cards.report_my_loss",
    ),
    # Companies and their agents.
    **_all(
        "employers.register",
        "nothing",
        "employers.identity",
        "employers.join",
        "employers.register",
    ),
    **_all(
        "employers.register",
        "own company",
        "employers.company",
        "employers.licence",
        "employers.mend",
        "employers.renew",
    ),
    "employers.leave": Route("employers.register", "own agency"),
    "employers.letter": Route("employers.register", "own colleague"),
    **_all(
        "employers.manage",
        "own colleague",
        "employers.confirm",
        "employers.end",
        "employers.refuse",
    ),
    "employers.change": Route("employers.manage", "own company"),
    "cards.endorsements": Route("endorsements.decide"),
    **_all(
        "endorsements.decide",
        "question",
        "cards.endorsement",
        "cards.endorse",
        "cards.decline",
    ),
    # One's own events, and invitations.
    **_all("public", "nothing", "events.calendar", "events.feed"),
    **_all("public", "public event", "events.event", "events.event_calendar", "events.event_code"),
    "events.my_visits": Route("visits.own"),
    **_all("visits.own", "own visit", "events.visit", "events.cancel_my_visit"),
    "events.send_feedback": Route("visits.own", "own past visit"),
    **_all("visits.own", "session", "events.visit_session", "events.register_for_session"),
    **_all(
        "public",
        "invitation",
        "events.invitation",
        "events.accept_invitation",
        "events.decline_invitation",
    ),
    # A company's registrations for fairs.
    "events.registrations": Route("registrations.manage", "own company"),
    "events.choose_sessions": Route("registrations.manage", "own company's fair"),
    **_all(
        "registrations.manage",
        "own registration",
        "events.registration",
        "events.save",
        "events.confirm_place",
        "events.withdraw",
    ),
    # The desk: cases.
    "desk.home": Route("desk.open"),
    "cards_desk.board": Route("cases.read"),
    "cards_desk.case": Route("cases.read", "case"),
    "cards_desk.assignment": Route("cases.assign", "case"),
    "cards_desk.note": Route("cases.note", "case"),
    **_all(
        "cases.take_in",
        "case",
        "cards_desk.accept",
        "cards_desk.in_person",
        "cards_desk.pledge",
        "cards_desk.correction",
        "cards_desk.refuse",
        "cards_desk.objection",
    ),
    "cards_desk.fulfil": Route("cases.take_in", "pledge"),
    "cards_desk.hand_over": Route("cases.hand_over", "case"),
    **_all(
        "cases.recommend", "case", "cards_desk.recommendation", "cards_desk.send_to_talent_office"
    ),
    "cards_desk.recognition": Route("cases.recognise", "case"),
    **_all(
        "cases.decide",
        "case",
        "cards_desk.approve",
        "cards_desk.reject",
        "cards_desk.extend",
        "cards_desk.send_back",
        "cards_desk.objection_decision",
        "cards_desk.review",
    ),
    **_all("evidence.open", "paper", "cards_desk.evidence_file", "cards_desk.evidence_preview"),
    # The desk: cards.
    "cards_desk.cards": Route("cards.read"),
    **_all("cards.read", "card", "cards_desk.card", "cards_desk.card_photo"),
    **_all(
        "cards.manage",
        "card",
        "cards_desk.card_document",
        "cards_desk.cancel",
        "cards_desk.reinstate",
        "cards_desk.replace",
        "cards_desk.report_card_loss",
        "cards_desk.suspend",
    ),
    # The desk: persons and employers.
    "people_desk.search": Route("cases.read"),
    **_all("cases.read", "person", "people_desk.person", "people_desk.declare_my_kin"),
    "people_desk.reveal": Route("persons.reveal", "person's number"),
    "people_desk.reveal_document": Route("persons.reveal", "document"),
    "people_desk.looks": Route("audit.read", "looks"),
    **_all("employers.read", "nothing", "employers_desk.board", "employers_desk.authorisations"),
    "employers_desk.employer": Route("employers.read", "employer"),
    **_all("employers.verify", "employer", "employers_desk.refuse", "employers_desk.verify"),
    **_all(
        "employers.verify",
        "agent",
        "employers_desk.confirm_agent",
        "employers_desk.end_agent",
        "employers_desk.refuse_agent",
    ),
    **_all(
        "employers.verify",
        "correction",
        "employers_desk.accept_change",
        "employers_desk.refuse_change",
    ),
    "employers_desk.change_licence": Route("evidence.open", "correction"),
    "employers_desk.licence": Route("evidence.open", "employer"),
    "employers_desk.letter": Route("evidence.open", "agent"),
    # The desk: policy, calendar, messages, tasks.
    "policy_desk.rule_sets": Route("policy.read"),
    "policy_desk.rule_set": Route("policy.read", "rule set"),
    "calendar_desk.years": Route("calendar.read"),
    "calendar_desk.year_page": Route("calendar.read", "year"),
    "calendar_desk.edit_year": Route("calendar.edit", "year"),
    "desk.notice_kinds": Route("notices.preview"),
    "desk.notice_kind": Route("notices.preview", "kind of message"),
    "desk.deliveries_page": Route("notices.read"),
    "desk.send_again": Route("tasks.settle", "sent message"),
    "desk.tasks": Route("tasks.settle"),
    "desk.settle": Route("tasks.settle", "clerk's task"),
    # Events.
    "events_desk.visitors": Route("registrations.read", "any session"),
    "events_desk.board": Route("events.read"),
    "events.fill_in": Route("registrations.manage", "own draft"),
    **_all("registrations.manage", "own confirmed", "events.attendees", "events.send_proof"),
    "events.own_staff_proof": Route("registrations.manage", "own proof"),
    **_all("registrations.audit", "any session", "events_desk.many", "events_desk.decide_many"),
    "events_desk.progress": Route("registrations.read", "work"),
    "events_desk.attendees": Route("registrations.read", "confirmed"),
    "events_desk.judge": Route("registrations.audit", "confirmed"),
    "events_desk.staff_proof": Route("registrations.audit", "proof"),
    "events_desk.session_registrations": Route("registrations.read", "any session"),
    "events_desk.run_selection": Route("registrations.audit", "choice"),
    "events_desk.company_registration": Route("registrations.read", "registration"),
    "events_desk.audit": Route("registrations.audit", "registration"),
    "events_desk.event": Route("events.read", "event"),
    "events_desk.new_event": Route("events.edit"),
    **_all(
        "events.edit",
        "event",
        "events_desk.change_event",
        "events_desk.publish",
        "events_desk.cancel",
        "events_desk.copy",
        "events_desk.new_session",
    ),
    **_all("events.edit", "any session", "events_desk.change_session", "events_desk.call_off"),
    "events_desk.invitations": Route("events.edit", "event"),
    # The three administrators.
    "accounts_desk.grants": Route("accounts.grant"),
    **_all(
        "accounts.grant",
        "account",
        "accounts_desk.account",
        "accounts_desk.reset_factor",
        "accounts_desk.sign_account_out",
    ),
    "accounts_desk.end_grant": Route("accounts.grant", "grant"),
    "desk.operation": Route("system.operate"),
    "desk.record": Route("audit.read"),
}
for _permission, _thing, _endpoints in HALL_ROUTES:
    ROUTES |= _all(_permission, _thing, *_endpoints)
