"""What can be asked about an advisory board."""
