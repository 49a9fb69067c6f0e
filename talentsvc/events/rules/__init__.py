"""Pure decisions about events: phases, admission, waiting list, deadlines."""
