// Tables one fills in row by row: add, remove, move. Rows are named <field>-<index>-<column>, their number stands in
// <field>-rows. Without this script the server offers a few empty rows and leaves empty ones out.
//
// <table data-rows="budget" data-rows-max="60"> … <tbody> … </tbody></table>
// <template data-rows-template="budget"><tr> … name="budget-__row__-title" … </tr></template>
// <button type="button" data-rows-add="budget"> · in a row: data-row-remove, data-row-up, data-row-down

const table = (field) => document.querySelector(`table[data-rows="${CSS.escape(field)}"]`);
const bodyOf = (element) => element.tBodies[0];

function renumber(element) {
  const field = element.dataset.rows;
  const rows = [...bodyOf(element).rows];
  const pattern = new RegExp(`(^|_)(${field.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})-\\d+-`);
  rows.forEach((row, index) => {
    for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = part.getAttribute(attribute);
        if (value) part.setAttribute(attribute, value.replace(pattern, `$1$2-${index}-`));
      }
    }
    for (const number of row.querySelectorAll("[data-row-number]")) number.textContent = index + 1;
    for (const up of row.querySelectorAll("[data-row-up]")) up.disabled = index === 0;
    for (const down of row.querySelectorAll("[data-row-down]")) down.disabled = index === rows.length - 1;
  });
  const form = element.closest("form");
  const count = form?.elements[`${field}-rows`];
  if (count) count.value = rows.length;
  const add = document.querySelector(`[data-rows-add="${CSS.escape(field)}"]`);
  if (add && element.dataset.rowsMax) add.disabled = rows.length >= Number(element.dataset.rowsMax);
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-rows-add]");
  if (add) {
    const element = table(add.dataset.rowsAdd);
    const template = document.querySelector(`template[data-rows-template="${CSS.escape(add.dataset.rowsAdd)}"]`);
    const row = template.content.querySelector("tr").cloneNode(true);
    const index = bodyOf(element).rows.length;
    for (const part of row.querySelectorAll("*")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = part.getAttribute(attribute);
        if (value) part.setAttribute(attribute, value.replace("__row__", index));
      }
    }
    bodyOf(element).append(row);
    renumber(element);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    event.preventDefault();
    return;
  }
  const act = event.target.closest("[data-row-remove], [data-row-up], [data-row-down]");
  const element = act?.closest("table[data-rows]");
  if (!element) return;
  const row = act.closest("tr");
  if (act.matches("[data-row-remove]")) {
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    renumber(element);
    (beside?.querySelector("input:not([type=hidden]), select, textarea") ?? document.querySelector(`[data-rows-add="${CSS.escape(element.dataset.rows)}"]`))?.focus();
  } else {
    if (act.matches("[data-row-up]")) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    renumber(element);
    act.focus();
  }
  event.preventDefault();
});

for (const hidden of document.querySelectorAll("[data-rows-add][hidden], [data-row-remove][hidden], [data-row-up][hidden], [data-row-down][hidden]")) hidden.hidden = false;
