"""How things are worded: names, labels in the languages of labels, and the lexemes that words are found by."""
