"""Tables of the card room: cases, their papers, decisions, public notices, and cards."""

from talentsvc.cards.models.application import (
    Application,
    ApplicationCopy,
    ApplicationDraft,
    CaseEvent,
    CaseNote,
)
from talentsvc.cards.models.card import Card, CardEvent
from talentsvc.cards.models.decision import (
    Decision,
    Finding,
    Objection,
    PublicNotice,
    StoredEvaluation,
)
from talentsvc.cards.models.papers import (
    CorrectionItem,
    CorrectionNotice,
    Endorsement,
    Evidence,
    InPersonCheck,
)
from talentsvc.cards.models.pledge import Pledge

__all__ = [
    "Application",
    "ApplicationCopy",
    "ApplicationDraft",
    "Card",
    "CardEvent",
    "CaseEvent",
    "CaseNote",
    "CorrectionItem",
    "CorrectionNotice",
    "Decision",
    "Endorsement",
    "Evidence",
    "Finding",
    "InPersonCheck",
    "Objection",
    "Pledge",
    "PublicNotice",
    "StoredEvaluation",
]
