#!/bin/bash
# A PostgreSQL server of its own on 127.0.0.1, as a user that is not root.   postgres.sh start FOLDER PORT | stop FOLDER | again FOLDER
# Debian: apt-get install -y --no-install-recommends postgresql-15
# As root it runs itself again as the user postgres, so the folders above FOLDER must be passable for that user.
# It is for tests: nothing is safe on disk (fsync=off), and the folder is thrown away.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
self=$(readlink -f "$0"); command=$1; mkdir -p "$2"; folder=$(cd "$2" && pwd); port=${3:-15432}
if [ "$(id -u)" = 0 ]; then
  chown postgres: "$folder"; cd "$folder"
  exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$folder" bash -s -- "$command" "$folder" "$port" <"$self"
fi
case $command in
  start)
    (umask 077; head -c 18 /dev/urandom | base64 | tr '+/' '%@' >"$folder/password")
    "$binaries/initdb" -D "$folder/data" -U mlflow --auth=scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log"
    printf "listen_addresses='127.0.0.1'\nport=%s\nunix_socket_directories=''\nfsync=off\nsynchronous_commit=off\nfull_page_writes=off\nmax_connections=60\n" "$port" >>"$folder/data/postgresql.conf"
    "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -w -s start ;;
  again) "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -w -s start ;;
  stop) "$binaries/pg_ctl" -D "$folder/data" -m fast -w -s stop ;;
esac
