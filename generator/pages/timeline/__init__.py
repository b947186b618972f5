"""The timeline: calendar and rail of everything, and one page per month."""
