"""Kinds of message that events cause; their texts are in templates/notices/."""

from talentsvc.events.messages import halls, registrations, visits

KINDS = (*visits.KINDS, *registrations.KINDS, *halls.KINDS)
