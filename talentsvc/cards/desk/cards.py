"""Desk pages of cards."""
