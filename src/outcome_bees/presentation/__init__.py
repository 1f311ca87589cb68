"""How statuses, numbers and tables look to people: words and shapes beside colours."""
