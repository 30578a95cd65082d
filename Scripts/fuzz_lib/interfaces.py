"""Every service's interface, tried by schemathesis against the running services: what openapi.json says, and what it forbids."""
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import known

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".local" / "fuzz" / "services"
REPORTS = ROOT / ".local" / "fuzz" / "reports"
VERSION = "4.32.5"
VENV = ROOT / ".build" / "fuzz" / f"schemathesis-{VERSION}"
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "ignored_auth", "unsupported_method"]
SHORT = {"pass-issuer": "issuer", "device-registry": "registry", "google-bridge": "bridge", "push-sender": "push"}
# What strangers reach, by service; the rest is on the internal listener.
PUBLIC = {"pass-issuer": "^/(api|images)/", "device-registry": "^/v1/", "google-bridge": "^/callbacks/"}
# Whose token opens which paths.
CALLERS = {
    "pass-issuer": {"^/pers/": "personalisation", "^/rpc/": "device-registry", "^/(admin|console)": "admin"},
    "device-registry": {"^/rpc/v1/push-tokens/": "push-sender", "^/rpc/v1/(?!push-tokens)": "pass-issuer",
                        "^/admin/": "admin"},
    "google-bridge": {"^/rpc/": "pass-issuer", "^/admin/": "admin"},
    "push-sender": {"^/rpc/v1/pushes$": "device-registry", "^/rpc/v1/(?!pushes$)": "pass-issuer", "^/admin/": "admin"},
}
# Otherwise the one address that there is here is soon told to wait.
SETTINGS = {"SANDBOX_FOLDER": str(FOLDER.relative_to(ROOT)), "SANDBOX_BUILD": "debug"} | {
    f"{name}_PER_ADDRESS": "1000000" for name in ("CREATE_RATE", "CREATE_BURST", "PERSONALIZATION_RATE",
                                                  "CALLBACK_RATE")}


def install():
    """The pinned schemathesis in a virtual environment of its own, made on the first call; returns its command."""
    command = VENV / "bin" / "schemathesis"
    if not command.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True, stdin=subprocess.DEVNULL)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check",
                        f"schemathesis=={VERSION}"], check=True, stdin=subprocess.DEVNULL)
    return command


def sandbox(command):
    result = subprocess.run([ROOT / "Scripts" / "sandbox", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, env=os.environ | SETTINGS)
    if result.returncode != 0:
        sys.exit(f"fuzz: Scripts/sandbox {command}: status {result.returncode}\n{result.stdout}")
    return result.stdout


def configuration(service, url, seconds, seed, report, values, pass_token):
    """The text of schemathesis.toml for one listener: three of four paths name what there is."""
    lines = [f"base-url = {json.dumps(url)}", f"seed = {seed}", f"max-time = {seconds}", "continue-on-failure = true",
             "max-redirects = 0", "request-timeout = 30", "[generation]", "with-security-parameters = false",
             "[cache]", "enabled = false",
             "[reports.json]", f"path = {json.dumps(str(report))}"]
    lines += ["[dictionaries]", *(f"{name} = {{ values = {json.dumps(found)} }}" for name, found in values.items())]
    lines += ["[parameters]", *(f'"path.{name}" = {{ dictionary = "{name}", probability = 0.75 }}' for name in values)]
    tokens = {pattern: "Bearer " + (FOLDER / "secrets" / f"{caller}-token").read_text(encoding="utf-8").strip()
              for pattern, caller in CALLERS[service].items()}
    if service == "device-registry":
        tokens["^/v1/"] = f"ApplePass {pass_token}"
    for pattern, authorization in tokens.items():
        lines += ["[[operations]]", f"include-path-regex = {json.dumps(pattern)}",
                  f"headers = {{ Authorization = {json.dumps(authorization)} }}"]
    return "\n".join(lines) + "\n"


def try_listener(command, service, listener, url, seconds, seed, found):
    """Tries one listener for some seconds; returns what schemathesis reports of it."""
    name = f"{service}-{listener}"
    settings, report, log = (REPORTS / f"{name}.{kind}" for kind in ("toml", "json", "log"))
    report.unlink(missing_ok=True)
    settings.touch(mode=0o600)
    settings.write_text(configuration(service, url, seconds, seed, report, *found), encoding="utf-8")
    choice = []
    if service in PUBLIC:
        choice = [f"--{'include' if listener == 'public' else 'exclude'}-path-regex", PUBLIC[service]]
    with open(log, "w", encoding="utf-8") as file:
        # The limit of time is schemathesis' own; ours is for one that hangs.
        subprocess.run([command, "--config-file", settings, "run", ROOT / "Services" / service / "openapi.json",
                        "--phases", "examples,coverage,fuzzing", "--checks", ",".join(CHECKS), "--warnings", "off",
                        *choice], stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, cwd=REPORTS,
                       timeout=seconds * 3 + 120,
                       env=os.environ | {"SCHEMATHESIS_HOOKS": str(Path(__file__).parent / "media_types.py")})
    if not report.exists():
        sys.exit(f"fuzz: schemathesis has not run:\n{log.read_text(encoding='utf-8')[-3000:]}")
    return json.loads(report.read_text(encoding="utf-8"))


def try_service(command, service, urls, seconds, seed, known_things):
    """Tries a service's listeners for some seconds together and prints a line for each; whether all held."""
    holds = True
    # Strangers first: what an administrator may do leaves little of the demo.
    listeners = sorted(urls, reverse=True)
    for listener in listeners:
        started = time.monotonic()
        share = max(1, seconds // 4 if listener == "public" else seconds - seconds // 4 * (len(listeners) - 1))
        report = try_listener(command, service, listener, urls[listener], share, seed, known_things)
        cases, operations = report["test_cases"], report["operations"]
        found = sorted(f"{failure['title']}: {operation}"
                       for failure in report["failures"] for operation in failure["operations"])
        faulty = bool(found or report["errors"] or cases["generated"] == 0)
        print(f"{'✘' if faulty else ' '} {service} {listener}: {cases['generated']} requests to "
              f"{operations['tested']} operations, {len(found)} findings in {time.monotonic() - started:.0f} s "
              f"(seed {seed})", flush=True)
        for title in found:
            print(f"    {title}", flush=True)
        for error in report["errors"]:
            print(f"    {re.sub(chr(10), ' ', str(error))[:300]}", flush=True)
        if faulty:
            print(f"    see {(REPORTS / f'{service}-{listener}.log').relative_to(ROOT)}", flush=True)
        holds = holds and not faulty
    return holds


def run(services, seconds, seed):
    """Starts all services with simulators and a demo campaign and tries those named; returns the ones that did not hold."""
    command = install()
    sandbox("reset")
    REPORTS.mkdir(parents=True, exist_ok=True)
    try:
        things = known.of(sandbox("start"))
        state = json.loads((FOLDER / "run.json").read_text(encoding="utf-8"))
        return [service for service in services
                if not try_service(command, service, state[SHORT[service]], seconds, seed, things)]
    finally:
        sandbox("reset")
