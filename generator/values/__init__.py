"""The values floor: dates, quantities, units, identifiers and text as small frozen values.

Text as a person wrote it enters, values that compare, add up and show themselves leave. Nothing
here knows of records, files, clocks or pages, and nothing here imports another floor.
"""
