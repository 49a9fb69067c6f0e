"""Use cases of events that write, one a file."""
