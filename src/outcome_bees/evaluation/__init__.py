"""How a target is doing: rules compiled to scales, figures chosen, statuses given, tallies added."""
