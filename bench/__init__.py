"""The benchmark: a generated store, a peer next to the service, and the cost of a request for each of them."""
