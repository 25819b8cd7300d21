"""The conversations that need words, one a file."""
