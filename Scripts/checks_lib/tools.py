"""Programs that check what this project only writes down. One that is not installed is said once, not failed."""
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def run(command, text=None):
    """Status and output."""
    result = subprocess.run(command, cwd=ROOT, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            **({} if text else {"stdin": subprocess.DEVNULL}))
    return result.returncode, result.stdout.strip()


def has(name, what):
    """Whether a program is here; says what is not checked without it."""
    if shutil.which(name):
        return True
    print(f"note: {what} not checked: {name} is not installed here")
    return False


def compose():
    """The words that call docker compose, or None."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and run([*command, "version"])[0] == 0:
            return command
    return None
