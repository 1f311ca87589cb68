"""Periods in other people's notations, both ways. Each module reads text into a plain ``Run`` and writes one."""
