"""Review: what was changed and proposed, for a person to say yes, no or something else, at the terminal or in a browser."""
