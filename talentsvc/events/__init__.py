"""Recruitment and talent events: who meets whom, where and when, and what came of it."""
