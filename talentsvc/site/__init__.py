"""The public front door: home page, language, health. A room beside `desk` (docs/decisions/0002)."""
