"""The benchmark: each module here is a command that measures something, such as `python -m bench.load`.

`harness/` has what the commands share, `generated/` the records that fill a store, and `peers/` the servers that the
service is compared with.
"""
