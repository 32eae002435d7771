"""The store: tables, connections, migrations and the loading of seeds; the only room that opens a connection."""
