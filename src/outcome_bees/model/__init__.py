"""The classes of a plan (bees, ambitions, priorities, measures, targets, comparators) and of observations."""
