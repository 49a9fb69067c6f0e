"""Forms of cases and cards: the shape of what is typed, and the sentences for what is wrong."""
