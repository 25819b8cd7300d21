"""A whole school year on a virtual clock: synthetic staff, the real service, the local tenant."""
