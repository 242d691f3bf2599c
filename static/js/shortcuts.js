// The keyboard of a page with data-shortcuts (sign-off). Keys are named on the elements: data-key="j" on a link follows
// it, on a button presses it, on a field goes into it. 1-4 score the criterion one is at; ? shows what there is.

const typing = (element) => element.closest("input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]");

/** The criterion with the focus, else the first one without a score. */
function criterion() {
  const groups = [...document.querySelectorAll("[data-score]")];
  return document.activeElement.closest("[data-score]") ?? groups.find((group) => !group.querySelector(":checked")) ?? groups.at(-1);
}

function score(level) {
  const group = criterion();
  const radio = group?.querySelector(`input[type=radio][value="${level}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  // On to the next one without a score, so that 3 3 4 3 scores a whole rubric.
  const next = [...document.querySelectorAll("[data-score]")].find((other) => !other.querySelector(":checked"));
  (next?.querySelector("input[type=radio]") ?? radio).focus();
  return true;
}

function use(target) {
  if (target.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) target.focus();
  else target.click();
}

document.addEventListener("keydown", (event) => {
  // Out of the note and back to the keys.
  if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented && event.target.matches("textarea[data-key]")) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const help = document.querySelector("dialog[data-shortcuts-help]");
  if (key === "?" && help) {
    help.showModal();
    event.preventDefault();
    return;
  }
  if (/^[1-4]$/.test(key) && score(key)) {
    event.preventDefault();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled, [aria-disabled="true"])`);
  if (!target) return;
  event.preventDefault();
  use(target);
});

// In a queue longer than its pane one sees where one is. Only the queue scrolls, not the page, and only where it has to.
const here = document.querySelector("[data-shortcuts] .queue > [aria-current]");
const pane = here?.closest("section");
if (pane && here.offsetTop + here.offsetHeight > pane.clientHeight) pane.scrollTop = here.offsetTop - pane.clientHeight / 2;
