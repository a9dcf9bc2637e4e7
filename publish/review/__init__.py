"""Review pages: an output folder as pages that a person checks the numbers on, beside the text they were read in."""
