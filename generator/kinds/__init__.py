"""The record types, one file each: fields, rules, and their own problem codes.

`registry.py` lists them; a new record type is one new file and one new line there.
"""
