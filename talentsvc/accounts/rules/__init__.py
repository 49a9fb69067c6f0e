"""Pure decisions of accounts: what identifies somebody, which passwords are taken, which codes hold."""
