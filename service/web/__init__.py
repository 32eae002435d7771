"""HTTP: the endpoint, what lies beside it, and how mistakes and failures are answered; it knows no SQL."""
