"""The reports of one library side by side: the panel, and what its years prove or disprove."""
