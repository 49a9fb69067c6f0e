"""Everything around the product: bootstrap, private servers, checks, vendored files."""
