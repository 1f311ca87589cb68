"""What a plan says: bees, ambitions, priorities, measures, targets; and what was observed."""
