"""Who may do what: the catalogue of permissions, roles, the route decorator and the current actor. No tables."""
