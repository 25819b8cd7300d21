"""Subject access and erasure from the command line, and the hourly tidying up."""
