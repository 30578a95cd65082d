"""The demo campaign in the platform that is measured."""
import json

from sandbox_lib import keys, web
from sandbox_lib.layout import ROOT

SOURCE = ROOT / "Simulators" / "Demo"
IMAGES = ("icon.png", "logo.png", "strip.png")


def provide(platform, authority, campaign):
    """Makes the wallet configuration and a campaign; returns the campaign's content."""
    admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
    pem = {name: (authority / file).read_text(encoding="utf-8")
           for name, file in (("certificate", "pass.pem"), ("privateKey", "pass.key.pem"),
                              ("intermediate", "intermediate.pem"))}
    admin("PUT", "/admin/v1/wallet-configurations/bench", {
        "name": "Bench", "organizationName": "Bench Ltd", "apple": pem})
    content = json.loads((SOURCE / "campaign.json").read_text(encoding="utf-8"))
    content["walletConfigurationId"] = "bench"
    admin("PUT", f"/admin/v1/campaigns/{campaign}", content)
    for name in IMAGES:
        admin("PUT", f"/admin/v1/campaigns/{campaign}/images/{name}", (SOURCE / "images" / name).read_bytes(),
              "image/png")
    return content


def show(content, text):
    """Has every pass of a campaign's content show a text."""
    content["pass"]["storeCard"]["backFields"][0]["value"] = text
