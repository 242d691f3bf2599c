// Asks before one leaves a form with something typed in it: form[data-unsaved="…"]. Without this script the browser
// simply leaves, as everywhere.

const changed = new Set();
const words = () => [...changed].find((form) => form.isConnected && form.dataset.unsaved)?.dataset.unsaved;

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-unsaved]");
  if (form) changed.add(form);
});
// Rows added, removed or moved.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-unsaved]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
window.addEventListener("beforeunload", (event) => {
  if (words()) event.preventDefault();
});
// A link that htmx follows replaces the form without leaving the page.
document.addEventListener("htmx:confirm", (event) => {
  const text = words();
  if (!text) return;
  event.preventDefault();
  if (window.confirm(text)) {
    changed.clear();
    event.detail.issueRequest(true);
  }
});
