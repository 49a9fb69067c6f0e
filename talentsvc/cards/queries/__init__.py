"""Reads of cases and cards for pages and lists."""
