"""An address for everything: stored operations, and forms of their answers."""
