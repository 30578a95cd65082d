"""How long the console's pages take to be seen, with a thousand campaigns and a million passes behind them."""
import statistics

from sandbox_lib import keys
from sandbox_lib.browser import Browser

from . import demo
from .report import Row
from .sink import PASS_TYPE, certificates

CAMPAIGNS, PASSES, ROLLOUTS, LOGS, ENTRIES, DAYS = 1_000, 1_000_000, 10_000, 100_000, 100_000, 90
ROUNDS = 7
GOAL = 200
CAMPAIGN = "console"
# Below /console, with what is there once the page shows what was asked for.
PAGES = [
    ("overview", "", ".plot"), ("overview of 90 days", "?days=90", ".plot"), ("campaigns", "/campaigns", "tbody tr"), ("a campaign", "/campaigns/console-500", ".editor fieldset"),
    ("a new campaign", "/campaigns/_new", ".editor fieldset"), ("a campaign's passes", "/campaigns/console-500/passes", "tbody tr"),
    ("rollouts", "/rollouts", "tbody tr"), ("a rollout", "/rollouts/{rollout}", "progress"),
    ("passes", "/passes", "#search"), ("passes by contact", "/passes?q=contact-77", "tbody tr"),
    ("a pass", "/passes/console-500500", ".timeline li"), ("wallet configurations", "/wallet-configurations", "tbody tr"),
    ("a wallet configuration", "/wallet-configurations/bench", ".facts"), ("a new wallet configuration", "/wallet-configurations/_new", "form"),
    ("Google classes", "/google", "tbody tr, .empty"), ("queues", "/queues", "tbody tr, .empty"), ("device logs", "/device-logs", "tbody tr"),
    ("audit log", "/audit-log", "tbody tr"), ("audit log of an actor", "/audit-log?actor=token:00000077", "tbody tr"),
]
# What whoever is not signed in sees.
SIGN_IN = ("signing in", "/sign-in", "#token")
# Notes when the page's own content is painted; what Chromium calls the first contentful paint may be a word before it.
WATCH = """
window.shownAt = null;
new MutationObserver((_, observer) => {
  if (!document.querySelector("main h1")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.shownAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""


def measure(platform):
    """A row for each page: the median first contentful paint, and when its content is there."""
    authority = certificates()
    with platform.running("pass-issuer", "device-registry", "push-sender", "google-bridge"):
        demo.provide(platform, authority, CAMPAIGN)
        print(f"filling {CAMPAIGNS:,} campaigns and {PASSES:,} passes", flush=True)
        _fill(platform)
        return _rows(platform.urls["issuer"]["internal"])


def _rows(base):
    rows = []
    with Browser() as browser:
        browser.command("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        rows.append(_row(browser, base, *SIGN_IN))
        browser.sign_in(base, keys.token("admin"))
        rollout = browser.evaluate("return fetch('/admin/v1/rollouts?limit=1').then((answer) => answer.json())")["items"][0]["id"]
        rows += [_row(browser, base, name, path.format(rollout=rollout), sign) for name, path, sign in PAGES]
    return rows


def _row(browser, base, name, path, sign):
    paints, contents = zip(*(_open(browser, f"{base}/console{path}", sign) for _ in range(ROUNDS)))
    paint, content = statistics.median(paints[1:]), statistics.median(contents[1:])
    row = Row(f"{name}: first contentful paint", f"{paint:.0f} ms", f"≤ {GOAL} ms", paint <= GOAL,
              f"its content after {content:.0f} ms; median of {ROUNDS - 1}")
    print(f"{row.mark} {name}: painted after {paint:.0f} ms, its content after {content:.0f} ms", flush=True)
    return row


def _open(browser, url, sign):
    """Milliseconds from the start of a navigation to its first contentful paint, and to its content."""
    browser.open(url)
    browser.wait("its content", f"window.shownAt && document.querySelector({sign!r})")
    return browser.evaluate(
        "return [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.shownAt]")


def _fill(platform):
    kid = keys.key_ring("pass-token-keys").read_text(encoding="utf-8").split(":", 1)[0]
    platform.execute(f"""
        INSERT INTO issuer.campaigns (id, name, wallet_configuration_id, current_version, activated_at, created_at, updated_at)
        SELECT '{CAMPAIGN}-' || n, name || ' ' || n, wallet_configuration_id, 1, now(), now(), now()
        FROM issuer.campaigns, generate_series(1, {CAMPAIGNS}) n WHERE id = '{CAMPAIGN}';
        INSERT INTO issuer.campaign_versions (campaign_id, version, content, created_at)
        SELECT '{CAMPAIGN}-' || n, 1, v.content, now() FROM issuer.campaigns c
        JOIN issuer.campaign_versions v ON v.campaign_id = c.id AND v.version = c.current_version,
            generate_series(1, {CAMPAIGNS}) n WHERE c.id = '{CAMPAIGN}';
        INSERT INTO issuer.campaign_images (campaign_id, version, file, sha256)
        SELECT '{CAMPAIGN}-' || n, 1, i.file, i.sha256 FROM issuer.campaigns c
        JOIN issuer.campaign_images i ON i.campaign_id = c.id AND i.version = c.current_version,
            generate_series(1, {CAMPAIGNS}) n WHERE c.id = '{CAMPAIGN}';
        INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, campaign_version,
            version, token_key_id, data_at, last_modified, created_at, updated_at)
        SELECT '{CAMPAIGN}-' || n, '{CAMPAIGN}-' || (1 + n % {CAMPAIGNS}), n::text, '{{apple}}',
            json_build_object('id', 'contact-' || n % 250000, 'firstName', 'Ada', 'lastName', 'Lovelace'),
            json_build_object('points', n), 1, 1, '{kid}', now(), extract(epoch FROM now())::bigint,
            now() - (n % {DAYS}) * interval '1 day', now()
        FROM generate_series(1, {PASSES}) n;
        INSERT INTO issuer.activity (campaign_id, day, shard, issued, updates)
        SELECT '{CAMPAIGN}-' || n, current_date - d, 100 + s, 0, 5
        FROM generate_series(1, {CAMPAIGNS}) n, generate_series(0, {DAYS - 1}) d, generate_series(1, 3) s;
        INSERT INTO issuer.pass_events (serial_number, at, kind, detail)
        SELECT '{CAMPAIGN}-' || n, now(), 'downloaded', '' FROM generate_series(1, {PASSES}) n;
        INSERT INTO issuer.rollouts (campaign_id, cause, campaign_version, state, total, notified, started_at, finished_at,
            paced_at, updated_at)
        SELECT '{CAMPAIGN}-' || (1 + n % {CAMPAIGNS}), 'campaignChanged', 1, 'done', 1000, 1000, now(), now(), now(), now()
        FROM generate_series(1, {ROLLOUTS}) n;
        INSERT INTO issuer.rollout_campaigns (campaign_id, rollout_id) SELECT campaign_id, id FROM issuer.rollouts;
        INSERT INTO issuer.audit_log (at, actor, method, route, ids, request_id, status)
        SELECT now() - ({ENTRIES} - n) * interval '1 minute', 'token:' || lpad((n % 1000)::text, 8, '0'), 'PATCH', '/admin/v1/passes/{{serialNumber}}',
            json_build_object('serialNumber', '{CAMPAIGN}-' || n), md5(n::text), 200
        FROM generate_series(1, {ENTRIES}) n;
        INSERT INTO registry.devices (device_library_identifier, push_token)
        SELECT 'console-' || n, encode(sha256(('console' || n)::bytea), 'hex') FROM generate_series(1, {PASSES}) n;
        INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number, tag)
        SELECT 'console-' || n, '{PASS_TYPE}', '{CAMPAIGN}-' || n, 0 FROM generate_series(1, {PASSES}) n;
        INSERT INTO registry.device_logs (line, kind, pass_type_identifier, serial_number)
        SELECT 'A line of a phone', 'other', '{PASS_TYPE}', '{CAMPAIGN}-' || n FROM generate_series(1, {LOGS}) n;
        """)
    platform.execute("VACUUM ANALYZE")
