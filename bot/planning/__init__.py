"""A proposal for a school year, out of the database and into a file that ``load`` takes."""
