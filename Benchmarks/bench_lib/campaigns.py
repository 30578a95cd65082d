"""P11: first opens of links to 10 and 100 times as many campaigns, each with pictures of its own, asked for at random."""
import random
import statistics
import subprocess
import urllib.parse
import uuid

from . import demo, opening, wrk
from .memory import peak_megabytes
from .report import Row
from .sink import certificates

CAMPAIGNS = (100, 1_000, 10_000)
# Memory that holds the most of them, in megabytes.
ROOMY = {"CAMPAIGN_CACHE_MEGABYTES": "2048"}
ROUNDS = 3
# Until each campaign was asked for.
WARMING = 4
SECONDS = 5
LINKS = 20_000
GOAL = 0.7
ORIGINAL = "many"


def measure(platform, counts=CAMPAIGNS):
    """A row for each count beyond the first, and one for the most with memory for all of them."""
    authority = certificates()
    with platform.running("pass-issuer", settings=opening.SETTINGS):
        demo.provide(platform, authority, ORIGINAL)
    fewest, behind, rows = None, 0, []
    for count, memory in [*((count, {}) for count in counts), (counts[-1], ROOMY)]:
        _fill(platform, behind, count)
        behind = count
        rate, peak = _opens(platform, count, opening.SETTINGS | memory)
        if fewest is None:
            fewest = rate
        else:
            rows.append(_row(count, rate, counts[0], fewest, peak, memory, is_kept=bool(memory) or count < counts[-1]))
    return rows


def _row(count, rate, first, fewest, peak, memory, is_kept):
    """More than are kept are read anew, which costs the same however many there are: no goal says how much."""
    words = ", ".join(f"{name}={value}" for name, value in memory.items()) or "memory as it is by default"
    return Row(
        f"P11 first opens of links a second with {count:,} campaigns, against {first:,}", f"{rate / fewest:.2f}",
        f"≥ {GOAL:.2f}" if is_kept else "–", rate / fewest >= GOAL or not is_kept,
        f"{rate:,.0f} of {fewest:,.0f}, at random; {words}; VmHWM {peak:.0f} MB")


def _opens(platform, count, settings):
    """Opens a second, and the service's peak memory; it has nothing in memory before."""
    with platform.running("pass-issuer", settings=settings) as processes:
        rate = _rate(platform, count)
        peak = peak_megabytes(processes["pass-issuer"])
    print(f"{count:,} campaigns: {rate:,.0f} first opens a second, {peak:.0f} MB", flush=True)
    return rate, peak


def _fill(platform, behind, count):
    """Makes more campaigns like the first; what follows a picture's last chunk makes it another one, and nobody reads it."""
    if count == behind:
        return
    print(f"making {count:,} campaigns", flush=True)
    numbers = f"generate_series({behind + 1}, {count}) n"
    source = f"= '{ORIGINAL}'"
    # Several images of one campaign are told apart by their own bytes.
    picture = "p.bytes || convert_to(n::text, 'UTF8')"
    statements = f"""
        INSERT INTO issuer.campaigns
        SELECT (json_populate_record(c, json_build_object('id', '{ORIGINAL}-' || n))).*
        FROM issuer.campaigns c, {numbers} WHERE c.id {source};
        INSERT INTO issuer.campaign_versions
        SELECT (json_populate_record(v, json_build_object('campaign_id', '{ORIGINAL}-' || n))).*
        FROM issuer.campaigns c JOIN issuer.campaign_versions v ON v.campaign_id = c.id
            AND v.version = c.current_version, {numbers} WHERE c.id {source};
        INSERT INTO issuer.images (sha256, bytes, width, height, created_at)
        SELECT sha256({picture}), {picture}, p.width, p.height, p.created_at
        FROM issuer.campaigns c JOIN issuer.campaign_images i ON i.campaign_id = c.id AND i.version = c.current_version
            JOIN issuer.images p USING (sha256), {numbers} WHERE c.id {source};
        INSERT INTO issuer.campaign_images (campaign_id, version, file, sha256)
        SELECT '{ORIGINAL}-' || n, i.version, i.file, sha256({picture})
        FROM issuer.campaigns c JOIN issuer.campaign_images i ON i.campaign_id = c.id AND i.version = c.current_version
            JOIN issuer.images p USING (sha256), {numbers} WHERE c.id {source};
        """
    for statement in (statements, "VACUUM ANALYZE"):
        subprocess.run(["psql", "--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement,
                        platform.database["SUPERUSER_DATABASE_URL"]], check=True, stdin=subprocess.DEVNULL)


def _rate(platform, count):
    """The median rate; rounds more than count warm the caches up."""
    choice = random.Random(count)
    rates = []
    for number in range(WARMING + ROUNDS):
        urls = opening.mint(platform, f"{uuid.uuid4()}", LINKS, lambda: f"{ORIGINAL}-{choice.randint(1, count)}")
        requests = [["GET", urllib.parse.urlsplit(url).path] for url in urls]
        rates.append(wrk.run(platform.urls["issuer"]["public"], requests, SECONDS,
                             connections=opening.CONNECTIONS).rate)
    return statistics.median(rates[WARMING:])

