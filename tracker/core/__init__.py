"""The words of the field as values: dates, selections, links, problems. Standard library only."""
