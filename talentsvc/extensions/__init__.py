"""What features share: database, unit of work, requests, forms, language, headers, waking."""
