// A <select data-combobox>, single or multiple, that one can search. The select stays in the form and keeps the value;
// what one sees is an ARIA combobox over it.

const words = document.getElementById("words")?.dataset ?? {};
let made = 0;

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

class Combobox {
  constructor(select) {
    this.select = select;
    // The field one sees takes over the id, so that labels and links to errors lead to it.
    this.id = select.id || `combo-${++made}`;
    select.id = `${this.id}-value`;
    this.active = -1;
    this.input = make("input", {
      type: "text", role: "combobox", id: this.id, autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-controls": `${this.id}-list`, "aria-autocomplete": "list",
      placeholder: select.dataset.placeholder ?? words.search ?? "",
    });
    for (const attribute of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(attribute)) this.input.setAttribute(attribute, select.getAttribute(attribute));
    }
    this.chips = make("span", { class: "combo-chips" });
    this.box = make("div", { class: "input combo-box" }, this.chips, this.input);
    this.list = make("ul", { class: "menu combo-list", role: "listbox", id: `${this.id}-list` });
    this.list.hidden = true;
    if (select.multiple) this.list.setAttribute("aria-multiselectable", "true");
    const root = make("div", { class: "combo" }, this.box, this.list);
    // A hidden field that is required would stop the form without a word; the server says it instead.
    select.required = false;
    select.hidden = true;
    select.after(root);
    root.addEventListener("focusout", (event) => {
      if (!root.contains(event.relatedTarget)) this.close();
    });
    this.box.addEventListener("click", (event) => {
      if (event.target.closest("button")) return;
      this.input.focus();
      this.open();
    });
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[data-index]");
      if (item) this.choose(this.select.options[item.dataset.index]);
    });
    select.form?.addEventListener("reset", () => setTimeout(() => this.draw()));
    this.draw();
  }

  draw() {
    this.chips.replaceChildren();
    if (!this.select.multiple) {
      const chosen = this.select.selectedOptions[0];
      this.input.value = chosen?.value ? chosen.text : "";
      return;
    }
    for (const option of this.select.selectedOptions) {
      const remove = make("button", { type: "button", "aria-label": (words.remove ?? "{label}").replace("{label}", option.text) }, "×");
      remove.addEventListener("click", () => this.choose(option));
      this.chips.append(make("span", { class: "chip is-on" }, option.text, remove));
    }
    this.input.value = "";
  }

  open() {
    const wish = this.input.value.trim().toLowerCase();
    const shownAll = !this.select.multiple && this.select.selectedOptions[0]?.text.toLowerCase() === wish;
    const hits = [...this.select.options].filter((option) => option.value && !option.disabled
      && (shownAll || `${option.text} ${option.dataset.words ?? ""}`.toLowerCase().includes(wish)));
    this.list.replaceChildren(...hits.slice(0, 60).map((option) => {
      const item = make("li", { role: "option", id: `${this.id}-${option.index}`, "data-index": option.index, "aria-selected": String(option.selected) }, option.text);
      if (option.dataset.note) item.append(make("small", { class: "meta" }, option.dataset.note));
      return item;
    }));
    if (!hits.length) this.list.append(make("li", { class: "is-none" }, words.none ?? "–"));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(wish && hits.length ? 0 : -1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    // An emptied single choice is no choice.
    if (!this.select.multiple && !this.input.value.trim() && this.select.value && this.select.options[0]?.value === "") {
      this.select.value = "";
      this.tell();
    }
    this.draw();
  }

  mark(index) {
    const items = this.list.querySelectorAll("[role=option]");
    items[this.active]?.classList.remove("is-active");
    this.active = items.length ? (index + items.length) % items.length : -1;
    if (index < 0) this.active = -1;
    const item = items[this.active];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    item.classList.add("is-active");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  choose(option) {
    if (this.select.multiple) option.selected = !option.selected;
    else this.select.value = option.value;
    this.tell();
    this.draw();
    this.input.focus();
    if (this.select.multiple) this.open();
    else this.close();
  }

  tell() {
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(event) {
    if (event.isComposing) return; // Chinese input: Enter and arrows belong to the input method
    const items = this.list.querySelectorAll("[role=option]");
    const last = this.select.selectedOptions[this.select.selectedOptions.length - 1];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) this.open();
      else this.mark(this.active < 0 && event.key === "ArrowUp" ? items.length - 1 : this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !this.list.hidden) {
      if (items[this.active]) this.choose(this.select.options[items[this.active].dataset.index]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
    } else if (event.key === "Backspace" && this.select.multiple && !this.input.value && last) {
      this.choose(last);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

const known = new WeakSet();
const start = () => {
  for (const select of document.querySelectorAll("select[data-combobox]")) {
    if (known.has(select)) continue;
    known.add(select);
    new Combobox(select);
  }
};
start();
document.addEventListener("htmx:load", start);
