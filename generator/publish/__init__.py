"""From pages to a site: frames, stamping, search, sitemap, audit, and the swap that publishes it."""
