"""What one report states for an indicator, and what does not fit together within it."""
