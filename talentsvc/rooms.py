"""What the rooms bring to the application: their pages and their kinds of message. Only `create_app` reads this."""

from __future__ import annotations

from talentsvc.accounts import messages as account_messages
from talentsvc.accounts import views as accounts
from talentsvc.accounts.desk import blueprint as accounts_desk
from talentsvc.cards import messages as card_messages
from talentsvc.cards.desk import blueprint as cards_desk
from talentsvc.cards.views import blueprint as cards
from talentsvc.demo.views import blueprint as demo
from talentsvc.desk.calendar_views import blueprint as calendar_desk
from talentsvc.desk.views import blueprint as desk
from talentsvc.employers import messages as employer_messages
from talentsvc.employers.desk import blueprint as employers_desk
from talentsvc.employers.views import blueprint as employers
from talentsvc.events import messages as event_messages
from talentsvc.events.desk import blueprint as events_desk
from talentsvc.events.views import blueprint as events
from talentsvc.people.desk import blueprint as people_desk
from talentsvc.policy.desk import blueprint as policy_desk
from talentsvc.policy.views import blueprint as policy
from talentsvc.site.views import blueprint as site
from talentsvc.tables import metadata

BLUEPRINTS = (
    site,
    accounts.blueprint,
    policy,
    employers,
    cards,
    events,
    desk,
    accounts_desk,
    people_desk,
    employers_desk,
    calendar_desk,
    policy_desk,
    cards_desk,
    events_desk,
    demo,
)

NOTICE_KINDS = (
    *account_messages.KINDS,
    *employer_messages.KINDS,
    *card_messages.KINDS,
    *event_messages.KINDS,
)

#: Named here so that every table is known before the first query.
METADATA = metadata
