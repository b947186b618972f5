"""Charts of the statistics page: each answers one question about the archive.

`questions.py` lists them, one file per question beside it; `frame.py` is what their Vega-Lite
specifications share, `drawing.py` turns a specification into SVG. Nothing here asks the network,
and nothing is measured with the machine's fonts: every place in a drawing is computed beforehand.
"""
