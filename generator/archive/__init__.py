"""The whole archive as one immutable value, its statistics, and what others have claimed."""
