"""From pages to a site: frames, stamping, search, audit, and the swap that publishes."""
