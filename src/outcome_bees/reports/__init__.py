"""Plans, answers and findings as tables for people."""
