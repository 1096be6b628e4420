"""Changes of the database, each frozen once it is merged."""
