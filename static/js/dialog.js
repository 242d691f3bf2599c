// Questions before what cannot be undone. A form or button with data-confirm asks in the page's one dialog;
// data-dialog="<id>" opens a dialog that the page brings along. Without this script the form is simply sent.

let asked = null;

function ask(source, yes) {
  asked?.remove();
  const template = document.getElementById("confirm-template");
  if (!template) return yes();
  asked = template.content.firstElementChild.cloneNode(true);
  const { confirm, confirmText = "", confirmAct, confirmTone } = source.dataset;
  asked.querySelector("[data-confirm-title]").textContent = confirm;
  asked.querySelector("[data-confirm-text]").textContent = confirmText;
  const button = asked.querySelector("[data-confirm-yes]");
  if (confirmAct) button.textContent = confirmAct;
  if (confirmTone === "danger") button.className = "btn is-danger is-solid";
  asked.querySelector("[data-confirm-no]").addEventListener("click", () => asked.close());
  button.addEventListener("click", () => {
    asked.close();
    yes();
  });
  document.body.append(asked);
  asked.showModal();
}

document.addEventListener("submit", (event) => {
  const source = event.submitter?.dataset.confirm ? event.submitter : event.target;
  if (!source.dataset.confirm || source.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(source, () => {
    source.dataset.confirmed = "yes";
    event.target.requestSubmit(submitter);
    delete source.dataset.confirmed;
  });
}, true);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  if (event.target.matches("dialog.dialog")) event.target.close(); // a press on the veil
});

// A dialog whose form was refused comes back open.
for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
