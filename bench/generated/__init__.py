"""Generated records of any size: a register of quotes and meetings, and a data set of rows."""
