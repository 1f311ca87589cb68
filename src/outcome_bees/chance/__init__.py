"""How far chance alone reaches: intervals of figures, and whether a rule says the same at both ends of one."""
