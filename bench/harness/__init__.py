"""What the commands share: servers, client, operations, stores and the cost of a request."""
