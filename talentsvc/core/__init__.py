"""Tools any civic system needs. Nothing here knows a card, a fair or a benefit.

No module imports Flask, a model or a session; what needs a database session takes it as an
argument.
"""
