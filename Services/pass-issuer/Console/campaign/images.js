// The images of a campaign, to be dropped in; and packages that become one.
import * as api from "../api.js";
import { h, toast } from "../dom.js";

export async function images(id, changed) {
  const place = h("ul", { class: "images" });
  const fault = h("p", { class: "fault", role: "alert" });
  const state = h("p", { class: "note", role: "status" });
  const path = (file) => `/admin/v1/campaigns/${api.part(id)}/images/${api.part(file)}`;
  const draw = async () => {
    const { items } = await api.get(`/admin/v1/campaigns/${api.part(id)}/images`, { limit: 500 });
    place.replaceChildren(...items.map((item) => h("li", { "data-file": item.file },
      h("img", { src: `${path(item.file)}?${item.sha256.slice(0, 8)}`, alt: item.file }),
      h("span", {}, item.file, h("small", {}, `${item.width} × ${item.height}`)),
      h("button", {
        type: "button", class: "quiet icon", "aria-label": `Delete ${item.file}`, title: "Delete",
        onclick: () => attempt(() => api.remove(path(item.file))),
      }, "×"))));
  };
  const attempt = async (body) => {
    fault.textContent = "";
    try {
      await body();
    } catch (error) {
      fault.textContent = [error.message, ...error.faults ?? []].join(" ");
    }
    state.textContent = "";
    await draw();
    changed();
  };
  const send = (files) => attempt(async () => {
    for (const file of files) {
      state.textContent = `Sending ${file.name}…`;
      await api.put(path(file.name), file, "image/png");
    }
  });
  const choose = h("input", { id: "image-files", type: "file", accept: "image/png", multiple: true });
  choose.addEventListener("change", () => send(choose.files));
  const zone = h("div", { class: "drop" }, h("label", { for: "image-files" }, "Drop PNG files here, or choose them"), choose,
    h("p", { class: "note" }, "Their names say what they are: icon.png, logo@2x.png, strip.png, thumbnail.png, background.png, footer.png."));
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name === "drop") send(event.dataTransfer.files);
    });
  }
  await draw();
  return h("section", { class: "card", "aria-label": "Images" }, h("h2", {}, "Images"), zone, state, fault, place);
}

export function importer(id, wallet, go) {
  const fault = h("p", { class: "fault", role: "alert" });
  const choose = h("input", { id: "package", type: "file", accept: ".pkpass,.json" });
  choose.addEventListener("change", async () => {
    fault.textContent = "";
    if (!id()) {
      fault.textContent = "Give the campaign an id first.";
      return;
    }
    choose.disabled = true;
    try {
      const campaign = await api.post(`/admin/v1/campaigns/${api.part(id())}/import?walletConfigurationId=${api.part(wallet())}`,
        choose.files[0], { type: "application/vnd.apple.pkpass" });
      toast(`Imported ${campaign.name}.`);
      go(`/console/campaigns/${api.part(campaign.id)}`);
    } catch (error) {
      fault.textContent = [error.message, ...error.faults].join(" ");
    } finally {
      choose.disabled = false;
    }
  });
  return h("section", { class: "card", "aria-label": "Import" }, h("h2", {}, "Or import a pass that you have"),
    h("label", { for: "package" }, "A .pkpass becomes the campaign, with its images and translations"), choose, fault);
}
