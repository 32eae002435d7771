"""Search analysis: words by language, queries, and the documents that they are matched with. It opens no connection."""
