// Files: names what was chosen, takes what is dropped, and shows how far the sending is. Without this script the
// browser's own field does it. A form with data-upload-form is sent with progress; its answer replaces the page.

const words = document.getElementById("words")?.dataset ?? {};
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

document.addEventListener("change", (event) => {
  const root = event.target.matches("input[type=file]") && event.target.closest("[data-upload]");
  const names = root && root.querySelector("[data-upload-names]");
  if (names) names.textContent = [...event.target.files].map((file) => `${file.name} · ${size(file.size)}`).join("\n");
});

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const drop = event.target.closest?.(".drop");
    if (!drop) return;
    drop.classList.toggle("is-over", name === "dragover");
    if (name !== "dragleave") event.preventDefault();
    if (name !== "drop") return;
    const input = drop.querySelector("input[type=file]");
    const files = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const busy = form.matches("[data-upload-form]") && [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (!busy || event.defaultPrevented) return;
  event.preventDefault();
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  const said = document.createElement("p");
  said.className = "meta";
  said.setAttribute("role", "status");
  (form.querySelector("[data-upload]") ?? form).append(bar, said);
  const request = new XMLHttpRequest();
  request.open("POST", event.submitter?.formAction || form.action);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.round((loaded / total) * 100);
    said.textContent = (words.uploading ?? "{percent}").replace("{percent}", `${bar.value}%`);
  });
  const stop = () => {
    bar.remove();
    said.textContent = words.offline ?? "";
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-busy");
  };
  request.addEventListener("error", stop);
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL) location.assign(request.responseURL);
    else if (request.status === 422) {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const [now, next] = [document.getElementById("main"), page.getElementById("main")];
      if (!now || !next) return stop();
      now.replaceWith(next);
      globalThis.htmx?.process(next);
      next.querySelector("[autofocus]")?.focus();
    } else stop();
  });
  request.send(new FormData(form, event.submitter));
});
