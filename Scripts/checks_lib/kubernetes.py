"""Deploy/kubernetes: it builds, it is what Kubernetes takes, and it gives each service what compose.yaml gives it."""
import re
import tempfile
from pathlib import Path

from . import images, tools
from .tools import ROOT

FOLDER = "Deploy/kubernetes"
SERVICES = ("pass-issuer", "device-registry", "google-bridge", "push-sender")
PEER = re.compile(r"^ {12}matchLabels: \{ app: (\S+) \}", re.MULTILINE)
# Removed fields and versions are found by the newest, missing ones by the oldest that is promised.
VERSIONS = ("1.31", "1.34")


def check_kubernetes(find):
    check_structure(find)
    if not tools.has("kubectl", FOLDER):
        return
    status, built = tools.run(["kubectl", "kustomize", FOLDER])
    if status != 0:
        find(FOLDER, built)
        return
    check_secrets(find)
    if not tools.has("kubernetes-validate", f"{FOLDER} against the API's schemas"):
        return
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(built)
        file.flush()
        for version in VERSIONS:
            status, said = tools.run(["kubernetes-validate", "--quiet", "--strict", "-k", version, file.name])
            if status != 0:
                find(f"{FOLDER} ({version})", said)


def check_structure(find):
    """What can be seen without any tool: every file has its place, and every service its four parts."""
    listed = (ROOT / FOLDER / "kustomization.yaml").read_text(encoding="utf-8")
    for path in sorted((ROOT / FOLDER).iterdir()):
        if path.name != "kustomization.yaml" and path.name not in listed:
            find(f"{FOLDER}/{path.name}", "kustomization.yaml does not name it")
    policies = (ROOT / FOLDER / "network-policies.yaml").read_text(encoding="utf-8")
    scaling = (ROOT / FOLDER / "autoscaling.yaml").read_text(encoding="utf-8")
    check_policies(find, policies)
    for service in SERVICES:
        text = (ROOT / FOLDER / f"{service}.yaml").read_text(encoding="utf-8")
        for kind in ("Deployment", "Service", "PodDisruptionBudget"):
            if f"kind: {kind}\n" not in text:
                find(f"{FOLDER}/{service}.yaml", f"no {kind}")
        for name, where in (("network-policies", policies), ("autoscaling", scaling)):
            if not re.search(rf"^  name: {service}$", where, re.MULTILINE):
                find(f"{FOLDER}/{name}.yaml", f"nothing for {service}")


def check_policies(find, policies):
    """Each service may call those whose URL is a setting of its, and is called by no other."""
    calls, permitted = set(), set()
    for service in SERVICES:
        source = "".join(path.read_text(encoding="utf-8")
                         for path in (ROOT / "Services" / service / "Sources").rglob("Configuration.swift"))
        calls |= {(service, name.lower().replace("_", "-"))
                  for name in re.findall(r'"(PASS_ISSUER|DEVICE_REGISTRY|GOOGLE_BRIDGE|PUSH_SENDER)_URL"', source)}
    for document in policies.split("---\n"):
        service = re.search(r"^  name: (\S+)$", document, re.MULTILINE).group(1)
        incoming, _, outgoing = document.partition("  egress:\n")
        permitted |= {(caller, service, "in") for caller in PEER.findall(incoming)}
        permitted |= {(service, callee, "out") for callee in PEER.findall(outgoing)}
    for caller, callee, side in sorted({(*call, side) for call in calls for side in ("in", "out")} ^ permitted):
        find(f"{FOLDER}/network-policies.yaml", f"{caller} → {callee} ({side}) is not as the services' settings say")


def check_secrets(find):
    """Scripts/kubernetes-secrets gives each service the files that compose.yaml gives it."""
    expected = images.secrets_in_compose()
    if expected is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in re.findall(r"file: \.secrets/(\S+) \}", (ROOT / "compose.yaml").read_text(encoding="utf-8")):
            (Path(folder) / name).write_text("x", encoding="utf-8")
        status, said = tools.run(["Scripts/kubernetes-secrets", folder])
    if status != 0:
        find("Scripts/kubernetes-secrets", said)
        return
    for document in said.split("---\n"):
        if name := re.search(r"^  name: (\S+)$", document, re.MULTILINE):
            service, keys = name.group(1), set(re.findall(r"^  (\S+): eA==$", document, re.MULTILINE))
            if keys != expected[service]:
                find("Scripts/kubernetes-secrets",
                     f"{service} gets {sorted(keys)}, and {sorted(expected[service])} in compose.yaml")
