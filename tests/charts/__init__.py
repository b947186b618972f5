"""Charts, from records written as people write them to the drawing in a browser."""
