"""Deploy/observability: alerts and dashboard name metrics that a service exposes, and Prometheus takes them."""
import json
import re
import tempfile

from . import tools
from .tools import ROOT

FOLDER = "Deploy/observability"
DECLARATION = re.compile(r'\b(gauge|counter|histogram|reading|family\(MetricFamily)\(\s*(?:\.\w+,\s*)?"([a-z_]+)"')
NAME = re.compile(r"\b(?:wallet|push|http|database|process)_[a-z_]+\b")
# What prometheus-adapter makes of metrics for autoscaling.
MADE = {"wallet_outbox_messages_pass_issuer", "wallet_outbox_messages_device_registry"}


def declared_metrics():
    """The names of all metrics that services expose, as Prometheus sees them."""
    names = set()
    for folder in ("Libraries", "Services"):
        for path in (ROOT / folder).rglob("*.swift"):
            for kind, name in DECLARATION.findall(path.read_text(encoding="utf-8")):
                names |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    return names


def used_metrics():
    """The names of all metrics that files here use, with the file."""
    files = [ROOT / FOLDER / name for name in ("alerts.yaml", "adapter.yaml", "dashboard.json")]
    return {(name, path.name) for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}


def dashboard_expressions():
    dashboard = json.loads((ROOT / FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]


def check_observability(find):
    declared = declared_metrics() | MADE
    for name, file in sorted(used_metrics()):
        if name not in declared:
            find(f"{FOLDER}/{file}", f"{name} is exposed by no service")
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/operations.md").read_text(encoding="utf-8"),
                                re.MULTILINE))
    alerts = set(re.findall(r"alert: (\w+)", (ROOT / FOLDER / "alerts.yaml").read_text(encoding="utf-8")))
    for alert in sorted(alerts - documented):
        find("docs/operations.md", f"does not say what to do about {alert}")
    if not tools.has("promtool", f"{FOLDER} by Prometheus"):
        return
    rules = [{"record": f"panel:{number}", "expr": expression.replace("$__rate_interval", "5m")}
             for number, expression in enumerate(dashboard_expressions())]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
        file.flush()
        for command in (["check", "config", f"{FOLDER}/prometheus.yaml"], ["check", "rules", file.name],
                        ["test", "rules", f"{FOLDER}/alerts.test.yaml"]):
            status, said = tools.run(["promtool", *command])
            if status != 0:
                find(FOLDER, said)
