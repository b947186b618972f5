"""Photographs: from the originals of the archive to the derivatives a page can show.

A recipe and an original enter; upright sRGB pictures in three widths, without any metadata but
the archive's own words, leave. Nothing here knows what a record or a page is.
"""
