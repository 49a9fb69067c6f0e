"""Sentences for what events refuse."""
