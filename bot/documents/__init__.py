"""Toolkits and templates as Word documents: words in, the bytes of a file out."""
