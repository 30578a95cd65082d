// The form of a wallet configuration: its names, and the files that become its credentials.
import * as api from "../api.js";
import { h, notices, toast } from "../dom.js";
import { json, pem, wrapped } from "./credentials.js";

const pathOf = (id) => `/admin/v1/wallet-configurations/${api.part(id)}`;
let count = 0;

/** A field with the place of its value as a JSON Pointer. */
function field(label, pointer, properties = {}) {
  const id = `configuration-${++count}`;
  const input = h("input", { id, "data-pointer": pointer, "aria-describedby": `${id}-fault`, autocomplete: "off", ...properties });
  input.box = h("div", { class: "field" }, h("label", { for: id }, label), input,
    h("p", { class: "fault", id: `${id}-fault`, "data-fault": pointer }));
  return input;
}

const file = (label, pointer, accept, required = false) => field(label, pointer, { type: "file", accept, required });
const password = (label, pointer) => field(label, pointer, { type: "password", autocomplete: "new-password" });
const chosen = (input) => input.files[0];

/** Nothing, or a text that somebody typed. */
const typed = (input) => input.value || undefined;

/** The ways to give Apple's part; each has its inputs, and answers what to send. */
function appleWays(id, stored) {
  const certificate = file("Certificate (.cer or .pem)", "/apple/certificate", ".cer,.pem,.crt", true);
  const key = file("Private key (.pem or .key)", "/apple/privateKey", ".pem,.key,.der", true);
  const keyPassword = password("Password of the key, if it has one", "/apple/privateKeyPassword");
  const intermediate = file("Apple's intermediate (WWDR, .cer or .pem)", "/apple/intermediate", ".cer,.pem,.crt");
  const archive = file("PKCS#12 file (.p12)", "/apple/pkcs12", ".p12,.pfx", true);
  const archivePassword = password("Its password", "/apple/password");
  const archiveIntermediate = file("Apple's intermediate, if the file lacks it", "/apple/intermediate", ".cer,.pem,.crt");
  const signed = file("Certificate that Apple made of the request (.cer)", "/apple/certificate", ".cer,.pem,.crt", true);
  const signedIntermediate = file("Apple's intermediate (WWDR, .cer or .pem)", "/apple/intermediate", ".cer,.pem,.crt");
  const request = field("Id of the request", "/apple/signingRequest", { class: "mono", required: true });
  const keyId = field("Key id", "/apple/pushKey/keyId", { required: true });
  const teamId = field("Team id", "/apple/pushKey/teamId", { required: true });
  const pushKey = file("Key (.p8)", "/apple/pushKey/privateKey", ".p8,.pem", true);
  const certificateOf = async (input) => (chosen(input) ? pem(chosen(input), "CERTIFICATE") : undefined);
  const ways = [
    ["keep", stored ? "Leave it as it is" : "Add it later", [], async () => undefined],
    ["pem", "A certificate and its key", [certificate, key, keyPassword, intermediate], async () => ({
      certificate: await certificateOf(certificate), privateKey: chosen(key) ? await pem(chosen(key), "PRIVATE KEY") : undefined,
      privateKeyPassword: typed(keyPassword), intermediate: await certificateOf(intermediate) })],
    ["pkcs12", "A PKCS#12 file, as Keychain exports it", [archive, archivePassword, archiveIntermediate], async () => ({
      pkcs12: chosen(archive) ? await wrapped(chosen(archive)) : undefined, password: archivePassword.value,
      intermediate: await certificateOf(archiveIntermediate) })],
  ];
  if (id) {
    ways.push(["request", "The certificate of a signing request made here", [request, signed, signedIntermediate], async () => ({
      signingRequest: typed(request), certificate: await certificateOf(signed), intermediate: await certificateOf(signedIntermediate) })]);
    ways[3].before = signingRequest(id, request);
  }
  if (stored) {
    ways.push(["push", "A key for pushes (.p8) instead of the certificate", [keyId, teamId, pushKey], async () => ({
      pushKey: { keyId: keyId.value, teamId: teamId.value, privateKey: chosen(pushKey) ? await chosen(pushKey).text() : "" } })]);
    ways.push(["remove", "Remove it", [], async () => null]);
  }
  return ways;
}

/** Makes a key here and offers its request for Apple. */
function signingRequest(id, target) {
  const place = h("div", { "aria-live": "polite" });
  const make = async (event) => {
    event.target.disabled = true;
    try {
      const made = await api.post(`${pathOf(id)}/signing-requests`);
      target.value = made.id;
      const address = URL.createObjectURL(new Blob([made.csr], { type: "application/pkcs10" }));
      place.replaceChildren(h("p", {}, "The key stays here. ", h("a", { href: address, download: `${id}.csr` }, "Download the request"),
        ", give it to Apple's developer portal as a Pass Type ID certificate, and choose here what comes back."));
    } catch (error) {
      place.replaceChildren(h("p", { class: "fault" }, error.message));
    } finally {
      event.target.disabled = false;
    }
  };
  return h("div", {}, h("button", { type: "button", class: "quiet", onclick: make }, "Make a key and its request"), place);
}

function googleWays(stored) {
  const issuer = field("Issuer id", "/google/issuerId", { inputmode: "numeric", required: true, value: stored?.issuerId ?? "" });
  const account = file("Service account's key (.json)", "/google/serviceAccount", ".json,application/json", true);
  const ways = [
    ["keep", stored ? "Leave it as it is" : "Add it later", [], async () => undefined],
    ["key", "An issuer and its service account", [issuer, account], async () => ({
      issuerId: issuer.value, serviceAccount: chosen(account) ? await json(chosen(account)) : undefined })],
  ];
  if (stored) ways.push(["remove", "Remove it", [], async () => null]);
  return ways;
}

/** A choice of ways, which shows the inputs of the one that is chosen. */
function part(title, name, ways) {
  const place = h("div", { class: "field-columns" });
  const choose = h("select", { id: `way-of-${name}`, "data-pointer": `/${name}`, "aria-describedby": `way-of-${name}-fault` },
    ways.map(([value, text]) => h("option", { value }, text)));
  const current = () => ways.find(([value]) => value === choose.value);
  const draw = () => place.replaceChildren(...[current().before ?? [], current()[2].map((input) => input.box)].flat());
  choose.addEventListener("input", draw);
  return {
    element: h("fieldset", {}, h("legend", {}, title), h("div", { class: "field" },
      h("label", { for: choose.id }, "What to do"), choose,
      h("p", { class: "fault", id: `way-of-${name}-fault`, "data-fault": `/${name}` })), place),
    answer: () => current()[3](),
  };
}

/** What the form lacks before it is worth sending. */
const missing = (element) => [...element.querySelectorAll("input")].filter((input) => !input.checkValidity()).map((input) => ({
  pointer: input.dataset.pointer,
  detail: input.type === "file" ? "Choose a file." : input.value ? "Take 1 to 64 letters a–z, digits or hyphens." : "This is needed.",
}));

/** Puts faults where they belong, at an outer place when the inner one is not shown; returns the rest. */
function mark(element, errors) {
  for (const place of element.querySelectorAll("[data-fault]")) place.textContent = "";
  for (const input of element.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  return errors.filter(({ pointer, detail }) => {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
      const place = element.querySelector(`[data-fault="${CSS.escape(at)}"]`);
      if (!place) continue;
      place.textContent = `${place.textContent} ${detail}`.trim();
      element.querySelector(`[data-pointer="${CSS.escape(at)}"]`)?.setAttribute("aria-invalid", "true");
      return false;
    }
    return true;
  });
}

/** The form of a stored configuration, or of a new one when there is no id. */
export function form(id, stored, go) {
  const name = field("Name, among administrators", "/name", { required: true, value: stored?.name ?? "" });
  const organization = field("Organisation, shown on passes", "/organizationName", { value: stored?.organizationName ?? "" });
  const newId = field("Id, for campaigns and programs", "/id", { pattern: "[a-z0-9\\-]{1,64}", required: true, placeholder: "acme" });
  const apple = part("Apple Wallet", "apple", appleWays(id, stored?.apple));
  const google = part("Google Wallet", "google", googleWays(stored?.google));
  const rest = h("div", { role: "status", "aria-live": "polite" });
  const save = h("button", { type: "submit" }, id ? "Save" : "Create");
  const element = h("form", { novalidate: true, class: "narrow" },
    h("fieldset", {}, h("legend", {}, id ? "Change it" : "Name"), h("div", { class: "field-columns" },
      id ? "" : newId.box, name.box, organization.box)), apple.element, google.element, rest, h("div", { class: "bar" }, save));
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lacks = missing(element);
    mark(element, lacks);
    if (lacks.length) return element.querySelector("[aria-invalid]").focus();
    save.disabled = true;
    try {
      const answer = await api.put(pathOf(id ?? newId.value), {
        name: name.value, organizationName: organization.value || null, apple: await apple.answer(), google: await google.answer() });
      toast("Saved.");
      go(`/console/wallet-configurations/${api.part(answer.id)}`);
    } catch (error) {
      const others = mark(element, error.errors ?? []);
      rest.replaceChildren(notices(error.errors?.length && !others.length ? [] : [error.message, ...others.map((fault) => fault.detail)],
        "bad", "Faults") ?? "");
      element.querySelector("[aria-invalid]")?.focus();
    } finally {
      save.disabled = false;
    }
  });
  return element;
}
