"""Kinds of message that events cause; their texts are in templates/notices/."""

from talentsvc.events.messages import halls

KINDS = (*halls.KINDS,)
