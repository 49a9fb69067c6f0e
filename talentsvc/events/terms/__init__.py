"""Words of recruitment and talent events, by what they are about: event, registration, hall."""
