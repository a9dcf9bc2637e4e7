"""What is written as numbers and days, each by itself: numerals, quantities, years, dates, holidays."""
