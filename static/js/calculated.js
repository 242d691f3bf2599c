// Cells that are worked out from others of their row, anew with every key: <output data-calc="product:a,b">. The server
// works them out again when it reads the form (rules/field_calculations.py); what stands here is only to look at.

const number = (text) => {
  const plain = text.normalize("NFKC").trim().replaceAll(",", "");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
};
const say = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 4 });

function selection(difficulty, importance, frequency) {
  if (![difficulty, importance, frequency].every((score) => Number.isInteger(score) && score >= 1 && score <= 5)) return "";
  const rare = frequency <= 2;
  if (importance <= 2) return "none";
  if (difficulty >= 4) return rare ? "train_and_retrain" : "train";
  if (difficulty === 3) return "train";
  return rare ? "job_aid" : "none";
}

function workOut(output, row) {
  const [form, columns] = output.dataset.calc.split(":");
  const numbers = columns.split(",").map((column) => number(row.querySelector(`[name$="-${CSS.escape(column.trim())}"]`)?.value ?? ""));
  if (numbers.some(Number.isNaN)) return "–";
  if (form === "product") return say(numbers.reduce((product, one) => product * one, 1));
  if (form === "difference") return say(numbers[0] - numbers[1]);
  return JSON.parse(output.dataset.words ?? "{}")[selection(...numbers)] ?? "–";
}

document.addEventListener("input", (event) => {
  const row = event.target.closest("table[data-rows] tr");
  for (const output of row?.querySelectorAll("output[data-calc]") ?? []) output.textContent = workOut(output, row);
});
