"""Forms of employers and their agents."""
