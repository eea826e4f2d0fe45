"""What can be asked about ideas."""
