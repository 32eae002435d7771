"""Wording: names, labels in the languages of labels, and the lexemes by which words are found."""
