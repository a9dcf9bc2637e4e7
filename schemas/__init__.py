"""The ground floor: records that travel, table declarations and vocabularies, with strict loaders."""
