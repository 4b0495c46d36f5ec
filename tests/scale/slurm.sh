#!/usr/bin/env bash
# A real Slurm on this machine alone: an array job of seven shares, and a last step that merges when
# all of them are done, give what one store says.
. "$srcdir/tests/scale/lib.sh"
for program in munged slurmctld slurmd sbatch scontrol; do
    PATH=$PATH:/usr/sbin command -v $program >"$folder/which" || skipped "$program is missing (slurm-wlm, munge)"
done
[ "$(id -u)" -eq 0 ] || skipped "only root starts slurmd"
PATH=$PATH:/usr/sbin

# Daemons are ended by their number, whatever happens.
daemons=()
away() {
    local pid
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null; done
    for pid in "${daemons[@]}"; do wait "$pid" 2>/dev/null; done
    rm -rf "$folder" "$place"
}
place=$(mktemp -d /tmp/caseaudit-slurm.XXXXXX) # sockets have short names
trap away EXIT
chmod 755 "$place"
mkdir "$place/state" "$place/spool"
dd if=/dev/urandom of="$place/key" bs=1 count=1024 status=none
chmod 600 "$place/key"
munged --foreground --force --socket="$place/munge" --key-file="$place/key" --pid-file="$place/munged.pid" \
    --log-file="$place/munged.log" --seed-file="$place/seed" 2>"$folder/err" &
daemons+=($!)
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
node=$(hostname -s)
cat >"$place/slurm.conf" <<END
ClusterName=caseaudit
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$place/munge
CryptoType=crypto/munge
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$place/slurm.conf
slurmctld -D -f "$SLURM_CONF" >"$place/ctld.out" 2>&1 &
daemons+=($!)
slurmd -D -f "$SLURM_CONF" -N "$node" >"$place/d.out" 2>&1 &
daemons+=($!)
ready=
for ((i = 0; i < 600 && ! ${ready:-0}; i++)); do # a minute
    scontrol show node "$node" 2>"$folder/err" | grep -q 'State=IDLE' && ready=1
    sleep 0.1
done
[ -n "$ready" ] || skipped "Slurm does not start here: $(tail -n 2 "$place/slurmctld.log" "$place/slurmd.log" "$folder/err" | tr '\n' ' ')"

make_shares 7
# As docs/scale.md has it: an array, and what is to be done after all of it.
cat >"$folder/array" <<END
#!/bin/sh
#SBATCH --array=0-6 --ntasks=1 --output=$folder/log-%a
exec '$folder/do-share' "\$SLURM_ARRAY_TASK_ID"
END
array=$(sbatch --parsable "$folder/array") || fail "sbatch"
sbatch --wait --dependency="afterok:$array" --output="$folder/log-merge" "$folder/do-merge" >"$folder/out" ||
    { fail "the last step"; cat "$folder"/log-* "$place/slurmctld.log" >&2; }
equal "shares that were done" 7 "$(ls "$folder"/part-* | wc -l)"
merged_is_one_run

# A share that fails keeps the last step from being run.
sed -i '3i [ "$SLURM_ARRAY_TASK_ID" != 4 ] || exit 1' "$folder/array"
rm -f "$folder"/part-* "$folder/merged"
array=$(sbatch --parsable --wait "$folder/array")
array=${array%%;*}
sbatch --parsable --kill-on-invalid-dep=yes --dependency="afterok:$array" "$folder/do-merge" >"$folder/out" 2>&1
[ ! -e "$folder/merged" ] || fail "shares were merged of which one is missing"
finish
