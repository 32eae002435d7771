#!/bin/sh
# A standby of the primary at PGHOST, whose data are copied on the first start, wholly or not at all. What it is called
# with goes to PostgreSQL.
set -eu

if [ ! -d "$PGDATA" ]; then
    mkdir -p "$(dirname "$PGDATA")"
    rm -rf "$PGDATA.unfinished"
    pg_basebackup --pgdata="$PGDATA.unfinished" --slot="$SLOT" --write-recovery-conf --checkpoint=fast
    mv "$PGDATA.unfinished" "$PGDATA"
fi
exec postgres "$@"
