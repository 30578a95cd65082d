"""compose.yaml with the simulators, as Deploy/compose/sandbox.env sets it."""
import json
import os
import subprocess

from sandbox_lib.layout import ROOT, SCRIPTS, Failure

SETTINGS = ROOT / "Deploy" / "compose" / "sandbox.env"
SECRETS = ROOT / ".secrets"
AUTHORITY = SECRETS / "sandbox"
PROJECT = "wallet-test"
SERVICES = ["pass-issuer", "device-registry", "google-bridge", "push-sender"]
# Scripts that call compose themselves mean the same project. A user's own project is left alone.
ENVIRONMENT = os.environ | {"COMPOSE_ENV_FILES": str(SETTINGS), "COMPOSE_PROJECT_NAME": PROJECT}


def run(*command, quiet=True, check=True):
    """Runs a command for the project and returns its output; without `quiet` the user sees it instead."""
    output = subprocess.PIPE if quiet else None
    result = subprocess.run([str(word) for word in command], cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                            stdout=output, stderr=subprocess.STDOUT if quiet else None, text=True)
    if check and result.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))}: status {result.returncode}\n{(result.stdout or '')[-4000:]}")
    return result.stdout or ""


def compose(*arguments, check=True):
    return run("docker", "compose", *arguments, check=check)


def compose_bytes(*arguments, standard_input=b""):
    """The same with bytes in and out."""
    command = ["docker", "compose", *arguments]
    result = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, input=standard_input, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    if result.returncode != 0:
        raise Failure(f"{' '.join(command)}: status {result.returncode}\n{result.stderr.decode()[-4000:]}")
    return result.stdout


def prepare():
    """Secrets, and a settings file that a user's own settings can't reach."""
    run(SCRIPTS / "compose-secrets", "--sandbox")


def up(*arguments):
    compose("up", "--detach", "--wait", *arguments)


def down():
    compose("--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "10", check=False)


def replace(service):
    run(SCRIPTS / "compose-replace", service)


def token(name):
    return (SECRETS / f"{name}-token").read_text(encoding="utf-8").strip()


def read_file(service, path):
    """A file inside a container."""
    return compose("exec", "-T", service, "cat", path)


def containers(*services):
    """The ids of the running containers of services."""
    return compose("ps", "--quiet", *services).split()


def facts():
    """What the engine says of each container of the project, by the service's name."""
    found = json.loads(run("docker", "inspect", *containers()))
    return {each["Name"].removeprefix(f"/{PROJECT}-"): each for each in found}
