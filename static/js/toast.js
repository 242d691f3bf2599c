// Toasts: can be closed; what went well leaves by itself, a problem stays until it is closed.

const READING_MS = 7000;

function arm(item) {
  if (item.dataset.armed) return;
  item.dataset.armed = "yes";
  const close = item.querySelector("[data-toast-close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => item.remove());
  }
  if (item.matches(".is-error, .is-warning")) return;
  let timer;
  const start = () => (timer = setTimeout(() => item.remove(), READING_MS));
  const stop = () => clearTimeout(timer);
  item.addEventListener("pointerenter", stop);
  item.addEventListener("pointerleave", start);
  item.addEventListener("focusin", stop);
  item.addEventListener("focusout", start);
  start();
}

/** Say something that the server could not say. */
export function toast(text) {
  const template = document.getElementById("toast-template");
  const region = document.getElementById("messages");
  if (!text || !template || !region) return;
  for (const shown of region.querySelectorAll("[data-toast-text]")) if (shown.textContent === text) return;
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector("[data-toast-text]").textContent = text;
  region.append(item);
  arm(item);
}

const armAll = () => document.querySelectorAll("[data-toast]").forEach(arm);
armAll();
document.addEventListener("htmx:load", armAll);
document.addEventListener("htmx:oobAfterSwap", armAll);
