"""The running host of each dialogue: one command at a time, disk before memory, memory before the world."""
