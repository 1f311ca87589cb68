"""How a target stands: rules compiled to scales, figures chosen, statuses given, tallies added."""
