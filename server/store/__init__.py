"""What is kept on disk: tables, the one writer, the journal with its chain, people and backups."""
