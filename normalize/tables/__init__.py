"""Tables with their meaning: sheets, headers, grids, totals, tidy rows and the facts of their cells."""
