"""What there is in the demo: without it every second answer would be that there is no such thing."""
import io
import json
import re
import urllib.request
import zipfile

AGENT = ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.0 Mobile/15E148 Safari/604.1")


def of(said):
    """Opens the link that `Scripts/sandbox start` prints as a phone does: values by the names that paths have for them, and
    the token of the pass."""
    link = re.search(r"a link for a phone or a browser: (\S+)", said).group(1)
    with urllib.request.urlopen(urllib.request.Request(link, headers={"User-Agent": AGENT})) as answer:
        package = zipfile.ZipFile(io.BytesIO(answer.read()))
    content = json.loads(package.read("pass.json"))
    values = {
        "id": ["demo"], "campaignId": ["demo"], "walletConfigurationId": ["demo"], "jwt": [link.rpartition("/")[2]],
        "serialNumber": [content["serialNumber"]], "passTypeIdentifier": [content["passTypeIdentifier"]],
        "name": ["hook"], "file": ["icon.png", "logo.png", "strip@2x.png", "console.css"], "language": ["de", "en"],
        "page": ["campaigns", "passes"], "deviceLibraryIdentifier": ["a" * 32],
    }
    return values, content["authenticationToken"]
