"""How long a program takes, and how much memory all its processes hold."""

import os
import subprocess
import threading
import time

SAMPLE_SECONDS = 0.004


class Failed(Exception):
    """A program did not do what was to be measured."""


def start(command):
    """The program, running; its output goes where the command says, its messages nowhere."""
    with open(command.output, "wb") as output:
        return subprocess.Popen(command.argv, cwd=command.cwd, env=command.environment,
                                stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.DEVNULL)


def finish(process, command):
    """Waits; the use of resources of the program and of those it waited for."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.statuses:
        raise Failed("exit status %d of: %s" % (process.returncode, " ".join(command.argv[:12])))
    return usage


def timed(command):
    """Seconds by the clock on the wall from before the start to after the end, and of
    processors: user and system, workers included."""
    before = time.perf_counter()
    process = start(command)
    usage = finish(process, command)
    return time.perf_counter() - before, usage.ru_utime + usage.ru_stime


# ---- memory ----

def family(pid):
    """The process and all below it."""
    found = [pid]
    for parent in found:
        try:
            with open("/proc/%d/task/%d/children" % (parent, parent)) as file:
                found += [int(child) for child in file.read().split()]
        except OSError:
            pass  # gone meanwhile
    return found


def field(pid, file, name):
    """A field of a file in /proc in KiB; 0 if the process has gone."""
    try:
        with open("/proc/%d/%s" % (pid, file)) as lines:
            for line in lines:
                if line.startswith(name):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def watch(pid, over, peaks):
    while not over.is_set():
        pids = family(pid)
        together = sum(field(each, "smaps_rollup", "Pss:") for each in pids)
        peaks["pss"] = max(peaks["pss"], together)
        for each in pids:
            peaks["high"][each] = max(peaks["high"].get(each, 0), field(each, "status", "VmHWM:"))
        over.wait(SAMPLE_SECONDS)


def peak_memory(command):
    """MiB: the highest sum of the proportional set sizes (Pss) of all processes that a sample
    saw, and an upper bound, the sum of the highest resident sets of each that ever ran."""
    peaks, over = {"pss": 0, "high": {}}, threading.Event()
    process = start(command)
    watcher = threading.Thread(target=watch, args=(process.pid, over, peaks))
    watcher.start()
    # Looked at until it has ended, but not yet waited for: its number stays its own.
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    over.set()
    watcher.join()
    finish(process, command)
    return peaks["pss"] / 1024, sum(peaks["high"].values()) / 1024
