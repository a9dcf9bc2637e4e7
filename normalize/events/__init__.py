"""Dated happenings: kind, title, days, place, host and how many came."""
