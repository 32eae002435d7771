"""Search analysis: words by language, queries, and the documents they are matched with. It opens no connection."""
