"""One SQLite file: schema, migrations, writing, reading as frames, forgetting."""
