"""Documents of the corpus: their sentences, the addresses in them, and how much of them is cited."""
