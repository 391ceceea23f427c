#!/bin/bash
# One-node Slurm (munged + slurmctld + slurmd) on 127.0.0.1, for tests of a job submitter. Run as root. Settings that make tests quick: cred_expire (a job
# that is put back into the queue waits so long), KillWait, and more CPUs than there are.
#   slurm-one-node.sh start DIR [CTLD_PORT [SLURMD_PORT [CPUS]]]   returns when the node is idle; prints SLURM_CONF=... (also DIR/env)
#   slurm-one-node.sh stop  DIR                                    cancels jobs, then stops by DIR/pid/*.pid
# Packages (Debian 12): apt-get install -y --no-install-recommends slurmctld slurmd munge slurm-client
# Own munge key and socket in DIR: nothing in /etc or /var is read or written. Every client command needs SLURM_CONF.
set -euo pipefail
usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
cmd=$1; mkdir -p "$2"; D=$(cd "$2" && pwd)

alive() { [ -f "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

stop() {
  local n p i
  export SLURM_CONF=$D/slurm.conf
  if alive "$D/pid/slurmctld.pid"; then
    timeout 10 scancel -p test 2>/dev/null || true
    for i in $(seq 100); do [ -n "$(timeout 5 squeue -h 2>/dev/null || true)" ] || break; sleep 0.1; done
  fi
  for n in slurmd slurmctld munged; do
    p=$D/pid/$n.pid
    if alive "$p"; then
      kill "$(cat "$p")"
      for i in $(seq 100); do alive "$p" || break; sleep 0.1; done
      if alive "$p"; then kill -9 "$(cat "$p")"; fi
    fi
    rm -f "$p"
  done
}

fail() { echo "slurm-one-node: $1" >&2; tail -n 15 "$D"/log/* >&2 || true; stop; exit 1; }

spawn() {  # NAME COMMAND...: in its own session, output to DIR/log, its pid to DIR/pid/NAME.pid
  local n=$1; shift
  setsid nohup "$@" >"$D/log/$n.out" 2>&1 </dev/null &
  echo $! >"$D/pid/$n.pid"
}

listeners() {  # PORT: the local addresses (hex) listening on it
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p="$(printf ':%04X$' "$1")" '$4 == "0A" && $2 ~ p { sub(/:.*/, "", $2); print $2 }' | sort -u
}

free_port() {  # PORT...: refuse a port where something answers already
  local p
  for p in "$@"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; then echo "$0: port $p is in use" >&2; exit 1; fi
  done
}

start() {
  local ctld=${1:-16817} slurmd=${2:-16818} cpus=${3:-$(nproc)} host mem i n
  host=$(hostname -s); mem=$(awk '$1 == "MemTotal:" { print int($2 / 1024) - 512 }' /proc/meminfo)
  [ ! -e "$D/slurm.conf" ] || { echo "slurm-one-node: $D is in use, give a new directory" >&2; exit 1; }
  # Slurm listens on every address unless told otherwise, and then on what the host name resolves to
  [ "$(getent ahostsv4 "$host" | awk '{print $1}' | sort -u)" = 127.0.0.1 ] \
    || { echo "slurm-one-node: $host must resolve to 127.0.0.1 alone (/etc/hosts), or Slurm would listen elsewhere" >&2; exit 1; }
  free_port "$ctld" "$slurmd"
  mkdir -p "$D"/{log,pid,state,spool,munge}
  chmod 755 "$D"; chmod 700 "$D/munge"
  (umask 077; head -c 128 /dev/urandom >"$D/munge/key")
  # munged insists on a key others cannot read; --force lets the socket's directory be any
  mkdir -p "$D/run"; chmod 755 "$D/run"
  spawn munged munged --foreground --force --num-threads=2 --key-file="$D/munge/key" --socket="$D/run/munge.sock" \
    --pid-file="$D/munge/pid" --seed-file="$D/munge/seed" --log-file="$D/log/munged.log"
  cat >"$D/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$ctld
SlurmdPort=$slurmd
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$D/run/munge.sock,cred_expire=5
CredType=cred/munge
StateSaveLocation=$D/state
SlurmdSpoolDir=$D/spool
SlurmctldPidFile=$D/state/slurmctld.pid
SlurmdPidFile=$D/state/slurmd.pid
SlurmctldLogFile=$D/log/slurmctld.log
SlurmdLogFile=$D/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
ReturnToService=2
EnforcePartLimits=ALL
KillWait=2
SlurmdParameters=config_overrides
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$mem State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$D/slurm.conf
  for i in $(seq 50); do [ -S "$D/run/munge.sock" ] && break; alive "$D/pid/munged.pid" || fail "munged ended"; sleep 0.1; done
  spawn slurmctld slurmctld -D -f "$D/slurm.conf"
  spawn slurmd slurmd -D -f "$D/slurm.conf"
  for i in $(seq 300); do
    for n in munged slurmctld slurmd; do alive "$D/pid/$n.pid" || fail "$n ended"; done
    [ "$(timeout 5 sinfo -h -o %T 2>/dev/null || true)" = idle ] && break
    [ "$i" -lt 300 ] || fail "the node is not idle: $(sinfo -h -o '%T %E' 2>&1)"
    sleep 0.1
  done
  for i in "$ctld" "$slurmd"; do
    [ "$(listeners "$i")" = 0100007F ] || fail "port $i listens on $(listeners "$i"), not on 127.0.0.1 alone"
  done
  echo "SLURM_CONF=$SLURM_CONF" | tee "$D/env"
}

case $cmd in
  start) shift 2; start "$@" ;;
  stop) stop ;;
  *) usage ;;
esac
