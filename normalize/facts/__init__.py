"""Numbers of prose with their meaning: metric, measure, period, scope, comparison, parts, confidence."""
