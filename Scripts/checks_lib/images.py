"""compose.yaml and the Dockerfiles: they parse, they agree on versions, they share what they build."""
import json
import re

from . import tools
from .tools import ROOT

DOCKERFILES = [f"Services/{name}/Dockerfile" for name in ("device-registry", "google-bridge", "pass-issuer",
                                                          "push-sender")] + ["Simulators/Dockerfile"]
SANDBOX = "Deploy/compose/sandbox.env"


def check_compose(find):
    command = tools.compose()
    if command is None:
        print("note: compose.yaml not parsed: docker compose is not installed here")
        return
    for settings in ([], ["--env-file", SANDBOX, "--profile", "phone"]):
        status, said = tools.run([*command, *settings, "-f", "compose.yaml", "config", "--quiet"])
        if status != 0:
            find("compose.yaml", said)


def check_dockerfiles(find):
    builds = {}
    for path in DOCKERFILES:
        text = (ROOT / path).read_text(encoding="utf-8")
        builds[re.search(r"^ARG SWIFT_IMAGE.*?(?=^FROM \S+ AS runtime)", text, re.DOTALL | re.MULTILINE).group(0)] = path
        if "USER 10001:10001" not in text:
            find(path, "does not leave root")
    package = (ROOT / "Package.swift").read_text(encoding="utf-8")
    for target in re.findall(r'path: "((?:Tests|Benchmarks)/[\w-]+)"', package):
        if not all(target in re.findall(r"[\w/-]+", stage) for stage in builds):
            find("Services/*/Dockerfile", f"the stage `build` leaves out no {target}, which Package.swift names")
    if len(builds) != 1:
        find(", ".join(builds.values()), "the stage `build` differs, so its layers are made more than once")
    if tools.has("hadolint", "Dockerfiles"):
        status, said = tools.run(["hadolint", *DOCKERFILES, "Deploy/edge/Dockerfile"])
        if status != 0:
            find("hadolint", said)
    if tools.has("caddy", "Deploy/edge/*.caddyfile"):
        for name in ("edge", "gateway"):
            path = f"Deploy/edge/{name}.caddyfile"
            status, said = tools.run(["env", "EDGE_HOST=wallet.test", "EDGE_TLS=internal", "caddy", "validate",
                                      "--adapter", "caddyfile", "--config", path])
            if status != 0 or "not formatted" in said:
                find(path, said)


def check_versions(find):
    """compose.yaml names every version; the rest follows it."""
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    arguments = dict(re.findall(r"^  (SWIFT_IMAGE|DEBIAN_IMAGE|VERSION): (\S+)$", compose, re.MULTILINE))
    version = arguments["VERSION"]
    for image, tag in re.findall(r"&\S+-image (wallet/[a-z-]+):(\S+)", compose):
        if tag != version:
            find("compose.yaml", f"{image} is {tag}, and VERSION is {version}")
    for path in [*DOCKERFILES, "Deploy/edge/Dockerfile"]:
        for name, value in re.findall(r"^ARG (\w+)=(\S+)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE):
            if name in arguments and value != arguments[name]:
                find(path, f"{name} is {value}, and {arguments[name]} in compose.yaml")
    for path, pattern in (("Deploy/kubernetes/kustomization.yaml", r"newTag: (\S+) \}"),
                          ("Libraries/ServiceKit/Lifecycle/ServiceVersion.swift", r'current = "(.*)"')):
        for value in re.findall(pattern, (ROOT / path).read_text(encoding="utf-8")):
            if value != version:
                find(path, f"is {value}, and {version} in compose.yaml")


def secrets_in_compose():
    """What each service of compose.yaml finds in /run/secrets; None without docker compose."""
    command = tools.compose()
    if command is None:
        return None
    status, said = tools.run([*command, "-f", "compose.yaml", "config", "--format", "json"])
    if status != 0:
        return None
    services = json.loads(said[said.index("{"):])["services"]
    return {name: {each.get("target", each["source"]).rpartition("/")[2] for each in service.get("secrets", [])}
            for name, service in services.items()}
