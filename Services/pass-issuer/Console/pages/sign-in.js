import * as api from "../api.js";
import { h } from "../dom.js";

export default async function page({ signedIn }) {
  const fault = h("p", { class: "fault", id: "token-fault", role: "alert" });
  const token = h("input", {
    id: "token", type: "password", autocomplete: "current-password", required: true, "aria-describedby": "token-fault",
  });
  const button = h("button", { type: "submit" }, "Sign in");
  const form = h("form", { class: "sign-in card" }, h("h1", {}, "Wallet console"),
    h("label", { for: "token" }, "Admin token"), token, fault, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    fault.textContent = "";
    try {
      await api.signIn(token.value);
      await signedIn();
    } catch (error) {
      fault.textContent = error.status === 429 ? "Too many tries. Wait a little, then try again." : error.message;
      token.setAttribute("aria-invalid", "true");
      token.focus();
    } finally {
      button.disabled = false;
    }
  });
  return { title: "Sign in", content: form };
}
