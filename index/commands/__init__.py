"""The command line's commands: each opens the archive, does one thing, and prints it."""
