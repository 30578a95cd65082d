"""What Linux says of a process' memory, in megabytes."""


def resident_megabytes(process):
    """What it holds now."""
    return _megabytes(process, "VmRSS:")


def peak_megabytes(process):
    """The most that it ever held."""
    return _megabytes(process, "VmHWM:")


def _megabytes(process, name):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / 1e6
    raise SystemExit(f"bench: process {process.pid} has no {name[:-1]}")
