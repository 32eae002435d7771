"""The benchmark: a generated store, a peer beside the service, and what a request costs each of them."""
