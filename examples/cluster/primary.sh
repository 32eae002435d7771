#!/bin/sh
# On the first start of the primary, as the image of PostgreSQL runs it: who may follow it.
set -eu

psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=ON_ERROR_STOP=1 --quiet --no-psqlrc <<'SQL'
\getenv password POSTGRES_PASSWORD
CREATE ROLE standby LOGIN REPLICATION PASSWORD :'password';
SQL
echo "host replication standby all scram-sha-256" >>"$PGDATA/pg_hba.conf"
