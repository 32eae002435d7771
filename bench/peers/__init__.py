"""The servers that the service is compared with: Strawberry, PostGraphile and a constant body."""
