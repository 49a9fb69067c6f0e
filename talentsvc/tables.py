"""Every table of the product, so that the metadata is whole wherever one of them is used."""

from __future__ import annotations

from talentsvc.accounts import models as accounts
from talentsvc.audit import models as audit
from talentsvc.calendar import models as calendar
from talentsvc.cards import models as cards
from talentsvc.employers import models as employers
from talentsvc.events import models as events
from talentsvc.extensions import key_proof, receipts
from talentsvc.extensions.database import Base
from talentsvc.files import models as files
from talentsvc.jobs import models as jobs
from talentsvc.notices import models as notices
from talentsvc.people import models as people
from talentsvc.policy import models as policy
from talentsvc.talent_facts import models as talent_facts
from talentsvc.tasks import models as tasks

ROOMS_WITH_TABLES = (
    key_proof,
    receipts,
    audit,
    notices,
    files,
    jobs,
    tasks,
    calendar,
    accounts,
    people,
    talent_facts,
    employers,
    policy,
    cards,
    events,
)

metadata = Base.metadata
