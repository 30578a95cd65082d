"""The demo campaign in the platform that is measured."""
import json

from sandbox_lib import keys, web
from sandbox_lib.layout import ROOT

SOURCE = ROOT / "Simulators" / "Demo"
IMAGES = ("icon.png", "logo.png", "strip.png")


def provide(platform, authority, campaign, more=None):
    """Makes the wallet configuration and a campaign; returns the campaign's content.

    `more` is content beside the demo's; of a pass as well.
    """
    pem = {name: (authority / file).read_text(encoding="utf-8")
           for name, file in (("certificate", "pass.pem"), ("privateKey", "pass.key.pem"),
                              ("intermediate", "intermediate.pem"))}
    return _provide(platform, "bench", {"apple": pem}, campaign, more or {})


def provide_google(platform, issuer, account, campaign):
    """The same for Google Wallet, under a configuration of its own."""
    return _provide(
        platform, "bench-google", {"google": {"issuerId": issuer, "serviceAccount": account}}, campaign, {})


def _provide(platform, wallet, keys_of_wallet, campaign, more):
    admin = web.Caller(platform.urls["issuer"]["internal"], keys.token("admin"))
    admin("PUT", f"/admin/v1/wallet-configurations/{wallet}", {
        "name": "Bench", "organizationName": "Bench Ltd"} | keys_of_wallet)
    content = json.loads((SOURCE / "campaign.json").read_text(encoding="utf-8"))
    content |= more | {"walletConfigurationId": wallet, "pass": content["pass"] | more.get("pass", {})}
    admin("PUT", f"/admin/v1/campaigns/{campaign}", content)
    for name in IMAGES:
        admin("PUT", f"/admin/v1/campaigns/{campaign}/images/{name}", (SOURCE / "images" / name).read_bytes(),
              "image/png")
    return content


def show(content, text):
    """Has every pass of a campaign's content show a text."""
    content["pass"]["storeCard"]["backFields"][0]["value"] = text
