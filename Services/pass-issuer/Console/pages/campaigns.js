import * as api from "../api.js";
import { badge, empty, h, link, number, paged, row, when } from "../dom.js";

export default async function page() {
  const create = link("/console/campaigns/_new", "New campaign");
  create.className = "button";
  const list = await paged("Campaigns", ["Name", "State", "Passes", "Google", "Changed"],
    (cursor) => api.get("/admin/v1/campaigns", { cursor, limit: 25 }),
    (campaign) => row(
      h("span", {}, link(`/console/campaigns/${api.part(campaign.id)}`, campaign.name), h("small", {}, campaign.id)),
      badge(campaign.state), number(campaign.passes), badge(campaign.googleClass?.state ?? "none"),
      when(campaign.updatedAt)),
    empty("No campaign yet", "A campaign holds what its passes show. Make one, or import a pass that you have."));
  return { title: "Campaigns", content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Campaigns"), create), list) };
}
