"""The service: see README.md for where things are."""
