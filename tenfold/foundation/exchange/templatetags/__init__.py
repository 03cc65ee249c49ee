"""Tags of the importer."""
