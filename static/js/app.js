// Loads each behaviour when the page first has something for it. Every page is whole without any of them.

const behaviours = [
  ["[data-menu]", () => import("./menu.js")],
  ["[data-toast]", () => import("./toast.js")],
  ["[data-theme-form]", () => import("./theme.js")],
  ["[data-confirm], [data-dialog]", () => import("./dialog.js")],
  ["form[data-draft-url]", () => import("./draft.js")],
  ["[data-rows]", () => import("./rows.js")],
  ["[data-calc]", () => import("./calculated.js")],
  ["select[data-combobox]", () => import("./combobox.js")],
  ["[data-upload]", () => import("./upload.js")],
  ["[data-scores]", () => import("./scores.js")],
  ["[data-weights]", () => import("./weights.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["form[data-unsaved]", () => import("./unsaved.js")],
  ["[data-shortcuts], [data-key]", () => import("./shortcuts.js")],
];
const waiting = new Set(behaviours);

function load(root = document) {
  for (const behaviour of waiting) {
    const [selector, module] = behaviour;
    if (root.matches?.(selector) || root.querySelector(selector)) {
      waiting.delete(behaviour);
      module();
    }
  }
}

load();
document.addEventListener("htmx:load", (event) => load(event.target));

// A form is sent once: its button says that it works, and a second press does nothing.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method !== "post") return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
  button.setAttribute("aria-busy", "true");
});
// Back in history shows the page as it was; its forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) settle(form);
});

function settle(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// htmx: an answer that is the sign-in page never lands in a fragment; a failure is said, and nothing typed is lost.
const words = document.getElementById("words")?.dataset ?? {};

async function say(text) {
  const { toast } = await import("./toast.js");
  toast(text);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href);
  if (answered.pathname.startsWith("/accounts/") && !location.pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    say(words.signedOut);
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) settle(form);
});
document.addEventListener("htmx:sendError", () => say(words.offline));
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status === 401 ? words.signedOut : words.refused));
