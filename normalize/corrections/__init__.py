"""Decisions of reviewers on the rows of a report."""
