"""Where the documents of a batch are worked on: here and now, or in many processes. The outcome is the same."""
