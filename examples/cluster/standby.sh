#!/bin/sh
# A standby of PRIMARY. It has the slot SLOT there, by which the primary keeps what the standby has not taken yet. On the first
# start its data are copied, wholly or not at all, and again on a start after the primary has given up the slot. What the script
# is called with goes to PostgreSQL.
set -eu

on_the_primary() {
    PGCONNECT_TIMEOUT=10 psql --host="$PRIMARY" --username=standby --dbname=postgres --no-psqlrc \
        --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=slot="$SLOT"
}

if [ -d "$PGDATA" ]; then
    # if the primary does not answer, the standby starts with what it has
    kept=$(on_the_primary <<'SQL'
SELECT wal_status FROM pg_replication_slots WHERE slot_name = :'slot'
SQL
    ) || kept=
    if [ "$kept" = lost ]; then
        echo "The primary no longer has what this standby lacks: its data are copied again." >&2
        rm -rf "$PGDATA"
    fi
fi
if [ ! -d "$PGDATA" ]; then
    mkdir -p "$(dirname "$PGDATA")"
    rm -rf "$PGDATA.unfinished"
    on_the_primary <<'SQL'
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = :'slot'
SQL
    pg_basebackup --host="$PRIMARY" --username=standby --pgdata="$PGDATA.unfinished" --create-slot --slot="$SLOT" \
        --write-recovery-conf --checkpoint=fast
    mv "$PGDATA.unfinished" "$PGDATA"
fi
exec postgres "$@"
