"""The Content-Security-Policy of every page, as a meta tag (W3C CSP Level 3, section 3.3).

Only files of the site itself are loaded, nothing stands inline but style attributes (photographs'
proportions and colours) and `data:` pictures (icons in the theme's style sheet), forms lead nowhere
else. It works from `file://` too, where `'self'` means the same folder tree.
"""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
PREVIEW_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
"""The same for the live preview, whose server puts a script of its own into each page."""
