// What a campaign's passes will look like: both wallets side by side, in a language, with sample or given values.
import * as api from "../api.js";
import { h } from "../dom.js";
import { apple } from "../wallet/apple.js";
import { google } from "../wallet/google.js";

const token = /\{\{\s*((?:contact|voucher)\.[^{}\s]+)\s*\}\}/g;

/** The tokens of a campaign's content, in the order of their places. */
const tokensOf = (content) => [...new Set(
  [...JSON.stringify([content.pass, content.localizations, content.google]).matchAll(token)].map((match) => match[1]))];

/** `contact.address.city` in an object of objects; numbers stay numbers. */
function set(object, path, text) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) object = object[key] ??= {};
  object[last] = text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function choice(id, label, choices, changed) {
  const select = h("select", { id }, choices.map(([value, text]) => h("option", { value }, text)));
  select.addEventListener("input", changed);
  return [h("div", { class: "field" }, h("label", { for: id }, label), select), select];
}

/** Languages that a campaign or its images have. */
function languagesOf(content, pictures) {
  const ofImages = pictures.map((item) => /^(.+)\.lproj\//.exec(item.file)?.[1]).filter(Boolean);
  return [...new Set([...Object.keys(content.localizations ?? {}), ...ofImages])].sort();
}

export class Preview {
  constructor(id, content) {
    this.id = id;
    this.content = content;
    this.values = new Map();
    this.pictures = [];
    this.turn = 0;
    const renew = () => this.renew();
    const [languageField, language] = choice("preview-language", "Language of the phone", [["", "As it is written"]], renew);
    const [sampleField, sample] = choice("preview-sample", "Sample values", [["typical", "Typical"], ["longest", "As long as they come"]], renew);
    Object.assign(this, { language, sample });
    this.tokens = h("div", { class: "tokens" });
    this.places = { apple: h("div", { class: "stage", "data-wallet": "apple" }), google: h("div", { class: "stage", "data-wallet": "google" }) };
    this.element = h("aside", { class: "previews", "aria-label": "Preview" },
      h("section", { class: "card controls", "aria-label": "Values of the preview" }, languageField, sampleField,
        h("details", {}, h("summary", {}, "Values of the tokens"), this.tokens)),
      h("section", {}, h("h2", {}, "Apple Wallet"), this.places.apple),
      h("section", {}, h("h2", {}, "Google Wallet"), this.places.google));
  }

  /** Shows the content as it is now. */
  async renew(asksForImages = false) {
    if (asksForImages) {
      this.pictures = (await api.get(`${this.path}/images`, { limit: 500 }).catch(() => ({ items: [] }))).items;
    }
    this.offerLanguages();
    this.offerTokens();
    const language = this.language.value || null;
    const mine = ++this.turn;
    await Promise.all([
      this.show("apple", mine, (pass) => apple(pass, (role) => this.image(role, language), language)),
      this.show("google", mine, (answer) => google(answer, (sha256) => this.byHash(sha256), language))]);
  }

  get path() { return `/admin/v1/campaigns/${api.part(this.id())}`; }

  async show(platform, mine, make) {
    const place = this.places[platform];
    place.setAttribute("aria-busy", "true");
    let made;
    try {
      const language = platform === "apple" && this.language.value ? this.language.value : undefined;
      made = make(await api.post(`${this.path}/preview`, {
        platform, content: this.content(), sample: this.sample.value, language, ...this.given() }));
    } catch (error) {
      const isFaulty = error.status === 422;
      const faults = error.faults ?? [];
      made = h("div", { class: "quiet-text" }, h("p", {}, isFaulty ? "It can be shown once the faults are mended." : error.message),
        faults.length ? h("ul", {}, faults.slice(0, 3).map((fault) => h("li", {}, fault))) : "");
    }
    if (mine !== this.turn) return;
    place.replaceChildren(made);
    place.removeAttribute("aria-busy");
  }

  /** The values that somebody typed, in the form of a link's. */
  given() {
    const values = { contact: {}, voucher: {} };
    for (const [path, text] of this.values) if (text !== "") set(values, path, text);
    return values;
  }

  offerLanguages() {
    const wanted = ["", ...languagesOf(this.content(), this.pictures)];
    if (wanted.join() === [...this.language.options].map((option) => option.value).join()) return;
    const chosen = this.language.value;
    const names = new Intl.DisplayNames(undefined, { type: "language", fallback: "code" });
    const name = (code) => { try { return names.of(code); } catch { return code; } };
    this.language.replaceChildren(...wanted.map((code) =>
      h("option", { value: code, selected: code === chosen }, code ? `${name(code)} (${code})` : "As it is written")));
  }

  offerTokens() {
    const wanted = tokensOf(this.content());
    if (this.shownTokens === wanted.join()) return;
    this.shownTokens = wanted.join();
    let timer;
    this.tokens.replaceChildren(...wanted.length ? wanted.map((path, index) => {
      const input = h("input", { id: `token-${index}`, "data-token": path, value: this.values.get(path) ?? "", placeholder: "a sample" });
      input.addEventListener("input", () => {
        this.values.set(path, input.value);
        clearTimeout(timer);
        timer = setTimeout(() => this.renew(), 300);
      });
      return h("div", { class: "field" }, h("label", { for: `token-${index}`, class: "mono" }, path), input);
    }) : [h("p", { class: "note" }, "Write {{contact.firstName}} or {{voucher.code}} where each pass has its own value.")]);
  }

  /** Where the best picture of a role is, that of the language before the others. */
  image(role, language) {
    const files = ["@3x", "@2x", ""].map((scale) => `${role}${scale}.png`);
    const wanted = [...language ? files.map((file) => `${language}.lproj/${file}`) : [], ...files];
    const item = wanted.map((file) => this.pictures.find((item) => item.file === file)).find(Boolean);
    return item ? this.url(item) : null;
  }

  byHash(sha256) {
    const item = this.pictures.find((item) => item.sha256 === sha256);
    return item ? this.url(item) : null;
  }

  url(item) { return `${this.path}/images/${api.part(item.file)}?${item.sha256.slice(0, 8)}`; }
}
