"""The store: tables, connections, migrations and the loading of seeds. Only this package opens database connections."""
