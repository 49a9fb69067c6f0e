"""Background work: thin tasks that open a unit of work and call one action."""
