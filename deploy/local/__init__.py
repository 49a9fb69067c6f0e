"""The whole service on one machine, for a demonstration: `python -m deploy.local`."""
