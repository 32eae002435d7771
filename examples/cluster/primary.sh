#!/bin/sh
# On the first start of the primary, as the image of PostgreSQL runs it: who may follow it, and a slot for each who does,
# by which the primary keeps what a standby has not taken yet.
set -eu

psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=ON_ERROR_STOP=1 --quiet --no-psqlrc <<'SQL'
\getenv password POSTGRES_PASSWORD
CREATE ROLE standby LOGIN REPLICATION PASSWORD :'password';
SELECT pg_create_physical_replication_slot(name) FROM unnest(ARRAY['standby_1', 'standby_2']) AS name \g /dev/null
SQL
echo "host replication standby all scram-sha-256" >>"$PGDATA/pg_hba.conf"
