"""The values floor: dates, quantities, units, identifiers, text."""
