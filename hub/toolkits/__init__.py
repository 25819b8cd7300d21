"""Quick-reference toolkits and templates to print: the pages themselves, and what they are."""
