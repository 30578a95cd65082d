"""P1: packages made in the library against raw RSA. P3: links minted in the library against a loop in C."""
import shutil

from . import limits
from .demo import SOURCE
from .report import against
from .sink import FOLDER, RELEASE, certificates, pinned

PAIRS = 5
SECONDS = 3
PACKAGES = 4_000
LINKS = 300_000
# 110 KB of PNG in all.
IMAGES = {"icon.png": "icon.png", "icon@2x.png": "icon@2x.png", "logo.png": "logo.png", "strip@2x.png": "strip@2x.png"}


def measure():
    """The rows of P1 and of P3's library, each on one core."""
    authority = certificates()
    images = FOLDER / "images"
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir(parents=True)
    for name, source in IMAGES.items():
        shutil.copy(SOURCE / "images" / source, images / name)
    kilobytes = sum(file.stat().st_size for file in images.iterdir()) / 1e3

    def ours(what, count):
        return limits.rate(pinned(0, [RELEASE / "issuer-library-benchmark", what, count, SOURCE / "campaign.json",
                                      images, authority]))

    ours("packages", 100)
    return [
        against("P1 packages made and signed a second in the library, one core, against raw RSA-2048", 0.90,
             [(limits.rsa_signatures(SECONDS), ours("packages", PACKAGES)) for _ in range(PAIRS)],
             f"storeCard, 8 fields, QR, {len(IMAGES)} PNGs of {kilobytes:.0f} KB"),
        against("P3 links minted a second in the library, one core, against a loop in C", 0.25,
             [(limits.links_in_c(LINKS), ours("links", LINKS)) for _ in range(PAIRS)], "HS256"),
    ]
