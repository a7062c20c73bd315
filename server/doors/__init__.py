"""Where people and machines come in: requests and sockets become seats and commands, and nothing else does."""
