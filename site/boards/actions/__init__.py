"""What can be done in and for an advisory board. Each action asks for itself whether the person may."""
