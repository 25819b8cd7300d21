"""What people see: domain values in, a typed Adaptive Card out."""
