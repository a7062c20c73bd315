"""Photos that citizens send with a question: read by a process that may die, redrawn, kept beside the journal."""
