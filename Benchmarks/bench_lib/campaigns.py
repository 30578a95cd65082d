"""P11: first opens of links to 10 and 100 times as many campaigns, each with pictures of its own, asked for at random."""
import random
import statistics
import uuid

from . import demo, opening, wrk
from .memory import peak_megabytes
from .report import Row, grown
from .sink import certificates

CAMPAIGNS = (100, 1_000, 10_000)
# Memory for campaigns, in megabytes, that holds a fifth of the most of them; the default holds most of them.
SCANTY = {"CAMPAIGN_CACHE_MEGABYTES": "128"}
ROUNDS = 3
# Until each campaign was asked for.
WARMING = 4
SECONDS = 5
ORIGINAL = "many"


def measure(platform):
    """A row for each count beyond the first, and one for the most with memory for a fifth of them."""
    authority = certificates()
    with platform.running("pass-issuer", settings=opening.SETTINGS):
        demo.provide(platform, authority, ORIGINAL)
    first, last = CAMPAIGNS[0], CAMPAIGNS[-1]
    loads = []
    for count, behind in zip(CAMPAIGNS, (0, *CAMPAIGNS)):
        print(f"making {count:,} campaigns", flush=True)
        fill(platform, ORIGINAL, behind, count)
        loads.append((count, *_opens(platform, count, {})))
    (_, fewest, _), *more = loads
    rows = [
        grown(f"P11 first opens of links a second with {count:,} campaigns, against {first:,}", rate, fewest,
              f"at random; VmHWM {peak:.0f} MB")
        for count, rate, peak in more]
    rate, peak = _opens(platform, last, SCANTY)
    return [*rows, Row(
        f"The same with {last:,} campaigns and memory for a fifth of them", f"{rate / fewest:.2f}", "–", True,
        f"{rate:,.0f} of {fewest:,.0f}; {SCANTY['CAMPAIGN_CACHE_MEGABYTES']} MB; VmHWM {peak:.0f} MB")]


def _opens(platform, count, memory):
    """Opens a second, and the service's peak memory; it has nothing in memory before."""
    with platform.running("pass-issuer", settings=opening.SETTINGS | memory) as processes:
        rate = _rate(platform, count)
        peak = peak_megabytes(processes["pass-issuer"])
    print(f"{count:,} campaigns: {rate:,.0f} first opens a second, {peak:.0f} MB", flush=True)
    return rate, peak


def fill(platform, original, behind, count):
    """Makes more campaigns like one that is there, until there are so many.

    What follows a picture's last chunk makes it another one, and nobody reads it.
    """
    numbers = f"generate_series({behind + 1}, {count}) n"
    source = f"= '{original}'"
    # Several images of one campaign are told apart by their own bytes.
    picture = "p.bytes || convert_to(n::text, 'UTF8')"
    statements = f"""
        INSERT INTO issuer.campaigns
        SELECT (json_populate_record(c, json_build_object('id', '{original}-' || n))).*
        FROM issuer.campaigns c, {numbers} WHERE c.id {source};
        INSERT INTO issuer.campaign_versions
        SELECT (json_populate_record(v, json_build_object('campaign_id', '{original}-' || n))).*
        FROM issuer.campaigns c JOIN issuer.campaign_versions v ON v.campaign_id = c.id
            AND v.version = c.current_version, {numbers} WHERE c.id {source};
        INSERT INTO issuer.images (sha256, bytes, width, height, created_at)
        SELECT sha256({picture}), {picture}, p.width, p.height, p.created_at
        FROM issuer.campaigns c JOIN issuer.campaign_images i ON i.campaign_id = c.id AND i.version = c.current_version
            JOIN issuer.images p USING (sha256), {numbers} WHERE c.id {source};
        INSERT INTO issuer.campaign_images (campaign_id, version, file, sha256)
        SELECT '{original}-' || n, i.version, i.file, sha256({picture})
        FROM issuer.campaigns c JOIN issuer.campaign_images i ON i.campaign_id = c.id AND i.version = c.current_version
            JOIN issuer.images p USING (sha256), {numbers} WHERE c.id {source};
        """
    platform.execute(statements)
    platform.execute("VACUUM ANALYZE")


def _rate(platform, count):
    """The median rate; rounds more than count warm the caches up."""
    choice = random.Random(count)
    rates = []
    for _ in range(WARMING + ROUNDS):
        requests = opening.requests(platform, str(uuid.uuid4()), campaign=lambda: f"{ORIGINAL}-{choice.randint(1, count)}")
        rates.append(wrk.run(platform.urls["issuer"]["public"], requests, SECONDS,
                             connections=opening.CONNECTIONS).rate)
    return statistics.median(rates[WARMING:])
