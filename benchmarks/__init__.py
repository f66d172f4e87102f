"""What the book claims of its speed, each claim measured by one command."""
