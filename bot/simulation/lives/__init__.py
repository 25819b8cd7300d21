"""What synthetic staff and leads do in a year, by seeded chance; one side of it a file.

What somebody chooses is worked out from what is true and from chance; the doing goes through the
store, as dialogs do it.
"""
