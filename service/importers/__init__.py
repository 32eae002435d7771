"""What turns downloaded data sets into sets of seeds."""
