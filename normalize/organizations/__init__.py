"""The bodies that reports name, whatever their spellings."""
